import HighwayNetworks

/// What typed words stand for.
extension ExplorerState {
  /// The index of a highway layer from its number in the checkpoint, such as `3`, or of a micro-step, such as `1.3`.
  func blockIndex(_ text: String) throws(LookupError) -> Int {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    if parts.count == 2, let number = Int(parts[0]), gatedLayers.contains(number),
      let step = Int(parts[1])
    {
      let count = blocks.first { $0.number == number }?.microStep?.count ?? 0
      guard
        let index = blocks.firstIndex(where: {
          $0.number == number && $0.microStep?.number == step - 1
        })
      else {
        throw .outside(
          what: "micro-step", found: text, first: min(1, count), last: count)
      }
      return index
    }
    guard let number = Int(text), let index = gatedLayers.firstIndex(of: number) else {
      throw .outside(
        what: "highway layer", found: text, first: gatedLayers.first ?? 0,
        last: gatedLayers.last ?? -1)
    }
    return index
  }

  /// A unit of a highway layer, which is named by its index.
  func unit(_ text: String, inBlock index: Int) throws(LookupError) -> Int {
    guard let unit = Int(text), unit >= 0, unit < units(at: index) else {
      throw .outside(
        what: "unit", found: "\(text) in \(layerName(index))", first: 0, last: units(at: index) - 1)
    }
    return unit
  }

  /// A class from its name, its number, or letters that stand for one name only.
  func label(_ text: String) throws(LookupError) -> Int {
    let labels = 0..<max(0, classCount)
    if let exact = labels.first(where: { className($0).lowercased() == text.lowercased() }) {
      return exact
    }
    if let number = Int(text) {
      guard labels.contains(number) else {
        throw .outside(what: "class", found: text, first: 0, last: classCount - 1)
      }
      return number
    }
    let scored = labels.compactMap { label in
      FuzzyMatch.score(text, in: className(label)).map { (label: label, score: $0) }
    }
    guard !text.isEmpty, let best = scored.max(by: { $0.score < $1.score }) else {
      throw .unknown(
        what: "class", found: text, expected: "a name, or a number from 0 to \(classCount - 1)")
    }
    return best.label
  }

  /// The number of a sample of the split that is chosen.
  func sampleNumber(_ text: String) throws(LookupError) -> Int {
    if let problem = problem(\.samples) { throw .unavailable(reason: problem) }
    guard let number = Int(text), number >= 0, number < sampleCount else {
      throw .outside(
        what: "\(splitName) sample", found: text, first: 0, last: sampleCount - 1)
    }
    return number
  }

  /// The index in the timeline of an epoch, the latest where training began anew and there are two.
  func epochIndex(_ text: String) throws(LookupError) -> Int {
    if let number = Int(text),
      let index = timeline.entries.lastIndex(where: { $0.id.number == number })
    {
      return index
    }
    let numbers = timeline.entries.map(\.id.number)
    guard let number = Int(text), let first = numbers.min(), let last = numbers.max(),
      (first...last).contains(number)
    else {
      throw .outside(
        what: "epoch", found: text, first: numbers.min() ?? 0, last: numbers.max() ?? -1)
    }
    let nearest = numbers.min { abs($0 - number) < abs($1 - number) } ?? first
    throw .unknown(
      what: "recorded epoch", found: text, expected: "one that was saved; the nearest is \(nearest)"
    )
  }

  /// Places and the value to hold them at, such as `12:3=0`, `12=0.5` or `20-30=0`.
  func clamps(
    _ text: String
  ) throws(LookupError) -> (targets: [GateClamps.Target], value: Float) {
    let expected =
      "LAYER:UNIT=VALUE with a value from 0 to 1, such as 12:3=0, 12=0.5 or 20-30=0"
    let sides = text.split(separator: "=", omittingEmptySubsequences: false)
    guard sides.count == 2, let value = Float(sides[1]), (0...1).contains(value) else {
      throw .malformed(what: "clamp", found: text, expected: expected)
    }
    let place = sides[0].split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard let layer = place.first, place.count <= 2 else {
      throw .malformed(what: "clamp", found: text, expected: expected)
    }
    let ends = layer.split(whereSeparator: { "-–".contains($0) }).map(String.init)
    if ends.count == 2, place.count == 1 {
      let (first, last) = (try blockIndex(ends[0]), try blockIndex(ends[1]))
      guard first <= last else {
        throw .malformed(what: "clamp", found: text, expected: "the lower layer of a range first")
      }
      return ((first...last).map { layerTarget($0) }, value)
    }
    let index = try blockIndex(layer)
    let unit = place.count == 2 ? try unit(place[1], inBlock: index) : nil
    if let unit { return ([unitTarget(index, unit)], value) }
    // The number of a layer alone holds all of its micro-steps.
    return (
      [layer.contains(".") ? layerTarget(index) : GateClamps.Target(layer: gatedLayers[index])],
      value
    )
  }

  /// The two thresholds of cells; one alone gives the two-way split.
  func thresholds(_ words: [String]) throws(LookupError) -> Thresholds {
    var values: [Float] = []
    for word in words {
      guard let value = Float(word), (0...1).contains(value) else {
        throw .malformed(what: "threshold", found: word, expected: "a number from 0 to 1")
      }
      values.append(value)
    }
    guard let low = values.first, let high = values.last else {
      throw .missing(expected: "LOW HIGH, such as 0.1 0.9")
    }
    guard low <= high else {
      throw .malformed(
        what: "threshold", found: words.joined(separator: " "), expected: "LOW at most HIGH")
    }
    return Thresholds(low: low, high: high)
  }
}
