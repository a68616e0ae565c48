import TensorFiles

/// Looks for stacks of highway layers among named arrays.
struct StackFinder {
  /// A mean bias that speaks for what it belongs to; untrained ones are ±1 or more, or about 0.
  static let speakingBias: Float = 0.3

  private let arrays: NamedArrays

  /// Finds the stacks of a convention.
  ///
  /// - Throws: What reading biases throws.
  static func stacks(
    in arrays: NamedArrays, of convention: HighwayConvention, isSaid: Bool
  ) throws(ReadError) -> [FoundStack] {
    let finder = StackFinder(arrays)
    var stacks: [FoundStack] = []
    for pattern in convention.patterns {
      for stack in finder.stacks(of: convention, pattern) {
        let isSupported =
          if isSaid || !pattern.needsSupport { true } else { try finder.isSupported(stack) }
        if isSupported { stacks.append(stack) }
      }
    }
    return stacks
  }

  private init(_ arrays: NamedArrays) { self.arrays = arrays }

  private func isSupported(_ stack: FoundStack) throws(ReadError) -> Bool {
    let name = stack.name.lowercased()
    if ["highway", "hw"].contains(where: name.contains) { return true }
    let gates = stack.layers.map(\.gate)
    guard let mean = try FoundStack.meanBias(of: gates, in: arrays.file) else { return false }
    return stack.convention.gate == .carry
      ? mean > Self.speakingBias : mean < -Self.speakingBias
  }

  private func stacks(of convention: HighwayConvention, _ pattern: StackPattern) -> [FoundStack] {
    let first: String
    switch pattern.maps {
    case .separate(let state, _): first = state.weight
    case .rows(let map): first = map.weight
    case .positions(let prefix): return positional(prefix, convention)
    }
    let before = first.firstRange(of: "{k}").map { String(first[..<$0.lowerBound]) } ?? ""
    var prefixes: [String] = []
    var layers: [String: [Int: (layer: FoundStack.Layer, used: [String])]] = [:]
    for entry in arrays.entries {
      guard let match = PatternMatch(entry.name, first),
        let found = layer(match, pattern.maps), !isOwn(match.prefix, convention)
      else { continue }
      if layers[match.prefix] == nil { prefixes.append(match.prefix) }
      layers[match.prefix, default: [:]][match.layer ?? 0] = found
    }
    return prefixes.compactMap { prefix in
      let found = (layers[prefix] ?? [:]).sorted { $0.key < $1.key }.map(\.value)
      guard let width = found.first?.layer.state.rows.count,
        found.allSatisfy({ $0.layer.state.rows.count == width })
      else { return nil }
      let name = NamedArrays.shortened(prefix + before)
      return FoundStack(
        name: name.isEmpty ? convention.name : name, convention: convention,
        layers: found.map(\.layer), width: width, used: Set(found.flatMap(\.used)))
    }
  }

  /// Whether a stack is one that Tollgate wrote, whose description is missing.
  private func isOwn(_ prefix: String, _ convention: HighwayConvention) -> Bool {
    convention.name == HighwayConvention.transformGate.name && prefix == "layers."
      && arrays["output.weight"] != nil
  }

  private func layer(
    _ match: PatternMatch, _ maps: StackPattern.Maps
  ) -> (layer: FoundStack.Layer, used: [String])? {
    func tensor(_ pattern: String, _ shape: [Int]) -> (String, StoredTensor)? {
      let name = match.name(pattern)
      guard let tensor = arrays[name], tensor.shape == shape else { return nil }
      return (name, tensor)
    }
    switch maps {
    case .positions: return nil
    case .separate(let state, let gate):
      guard let weight = arrays[match.name(state.weight)], let width = weight.shape.first,
        width > 0, weight.shape == [width, width],
        let gateWeight = tensor(gate.weight, weight.shape)
      else { return nil }
      let bias = tensor(state.bias, [width])
      let gateBias = tensor(gate.bias, [width])
      let used = [match.name(state.weight), gateWeight.0] + [bias, gateBias].compactMap { $0?.0 }
      return (
        FoundStack.Layer(
          state: .init(weight: weight, bias: bias?.1, rows: 0..<width),
          gate: .init(weight: gateWeight.1, bias: gateBias?.1, rows: 0..<width)), used
      )
    case .rows(let map):
      guard let weight = arrays[match.name(map.weight)], weight.shape.count == 2,
        weight.shape[1] > 0, weight.shape[0] / 2 == weight.shape[1], weight.shape[0] % 2 == 0
      else { return nil }
      let width = weight.shape[1]
      let bias = tensor(map.bias, [2 * width])
      return (
        FoundStack.Layer(
          state: .init(weight: weight, bias: bias?.1, rows: 0..<width),
          gate: .init(weight: weight, bias: bias?.1, rows: width..<2 * width)),
        [match.name(map.weight)] + (bias.map { [$0.0] } ?? [])
      )
    }
  }

  /// The first run of arrays that are, by fours, two square weights of one width with a bias behind each.
  private func positional(_ prefix: String, _ convention: HighwayConvention) -> [FoundStack] {
    var arrays: [(name: String, tensor: StoredTensor)] = []
    while let tensor = self.arrays[prefix + String(arrays.count)] {
      arrays.append((prefix + String(arrays.count), tensor))
    }
    func width(_ start: Int) -> Int? {
      guard start + 4 <= arrays.count, let width = arrays[start].tensor.shape.first, width > 0,
        arrays[start..<start + 4].map(\.tensor.shape)
          == [[width, width], [width], [width, width], [width]]
      else { return nil }
      return width
    }
    guard let start = arrays.indices.first(where: { width($0) != nil }),
      let units = width(start)
    else { return [] }
    var layers: [FoundStack.Layer] = []
    var position = start
    while width(position) == units {
      let four = arrays[position..<position + 4].map(\.tensor)
      layers.append(
        FoundStack.Layer(
          state: .init(weight: four[0], bias: four[1], rows: 0..<units),
          gate: .init(weight: four[2], bias: four[3], rows: 0..<units)))
      position += 4
    }
    return [
      FoundStack(
        name: "arrays \(start)-\(position - 1)", convention: convention, layers: layers,
        width: units, used: Set(arrays[start..<position].map(\.name)))
    ]
  }
}
