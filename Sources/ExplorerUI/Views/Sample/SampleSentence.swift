import HighwayNetworks

extension SampleView {
  /// What the network predicts for the sample, how many of its gates are open and where, and what the unit does.
  static func sentence(_ state: ExplorerState) -> [String] {
    if state.showsWalk, let start = state.walkStart { return state.walkSentence(from: start) }
    let place = "sample \(state.selection.sample)"
    guard let record = state.sample.value else { return [place, state.sample.note ?? ""] }
    var parts = [place + verdict(record, state)]
    guard state.has(\.gates) else { return parts + ["no gates in this network"] }
    if let words = state.constantGateWords { parts.append(words) }
    guard state.has(\.learnedGates) else { return parts }
    if state.shownGate.isGate {
      parts.append(openGates(record.trace, rows: state.rowNumbers, state.rowWord))
    }
    if let words = unit(state, record.trace) { parts.append(words) }
    return parts
  }

  /// How many gates are open, and in which layers most of them are.
  static func openGates(
    _ trace: SampleTrace, rows: [Int]? = nil, _ word: String = "layer"
  ) -> String {
    let counts = trace.layers.map { layer in layer.transformGate.count { $0 > 0.5 } }
    let total = counts.reduce(0, +)
    guard total > 0 else { return "no gate is open" }
    let words = total == 1 ? "1 gate open" : "\(NumberFormat.count(total)) gates open"
    guard let most = shortestRun(of: counts, holding: (total * 3 + 3) / 4),
      most.count * 2 <= counts.count
    else { return words }
    let numbers = rows ?? trace.layers.map(\.layer)
    let (first, last) = (numbers[most.lowerBound], numbers[most.upperBound])
    let adverb = counts[most].reduce(0, +) == total ? "all" : "mostly"
    return words + ", \(adverb) in "
      + (first == last ? "\(word) \(first)" : "\(word)s \(first)–\(last)")
  }

  /// The shortest run of neighbours that add up to so much, the first of several.
  private static func shortestRun(of counts: [Int], holding total: Int) -> ClosedRange<Int>? {
    var best: ClosedRange<Int>?
    var (start, sum) = (0, 0)
    for end in counts.indices {
      sum += counts[end]
      while start < end, sum - counts[start] >= total {
        sum -= counts[start]
        start += 1
      }
      if sum >= total, end - start < best.map({ $0.count - 1 }) ?? Int.max { best = start...end }
    }
    return best
  }

  /// What the unit under the cursor does in this sample, and how far that is from its mean.
  private static func unit(_ state: ExplorerState, _ trace: SampleTrace) -> String? {
    let (index, unit) = (state.selection.block, state.selection.unit)
    guard trace.layers.indices.contains(index),
      unit < trace.layers[index].units
    else { return nil }
    let gate = trace.layers[index].unitMeans(.transformGate)[unit]
    let number = NumberFormat.fixed(gate, 2)
    let place =
      "\(state.hasMaps ? "mean " : "")\(state.gateLetter) of \(state.unitWord) \(unit) in \(state.layerName(index)) is "
    if state.heldValue(index, unit) != nil { return place + heldWords(gate) }
    let words = place + number
    return state.cursorDeviation.map { words + ", " + $0.words } ?? words
  }
}
