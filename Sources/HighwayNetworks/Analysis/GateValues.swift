/// H, T and C of one highway layer after a forward pass, whichever of them the layer learns.
struct GateValues {
  let layer: HighwayLayer
  /// The layer's parts side by side; `[examples, parts · units]`.
  private let cache: FloatSlice

  init(_ layer: HighwayLayer, cache: FloatSlice, examples: Int) {
    precondition(cache.count == examples * layer.cachePerExample, "the extents agree")
    self.layer = layer
    self.cache = cache
  }

  /// T from the first example on and how far rows are apart, or nil where it is a constant.
  var transformGates: (FloatSlice, stride: Int)? {
    layer.gating.learnsTransformGate ? column(1) : nil
  }

  /// C from the first example on and how far rows are apart, or nil where it is a constant or coupled.
  var carryGates: (FloatSlice, stride: Int)? {
    layer.gating.learnsCarryGate ? column(layer.gating.parts - 1) : nil
  }

  /// H of one example; `[units]`.
  func blockState(_ example: Int) -> [Float] { part(example, 0) }

  /// T of one example; `[units]`.
  func transformGate(_ example: Int) -> [Float] {
    layer.gating.learnsTransformGate
      ? part(example, 1) : layer.constantTransformGate
  }

  /// C of one example; `[units]`.
  func carryGate(_ example: Int) -> [Float] {
    if layer.gating.learnsCarryGate { return part(example, layer.gating.parts - 1) }
    guard layer.gating == .coupled else { return layer.constantCarryGate }
    var gate = transformGate(example)
    for unit in gate.indices { gate[unit] = 1 - gate[unit] }
    return gate
  }

  private func part(_ example: Int, _ part: Int) -> [Float] {
    let start = example * layer.cachePerExample + part * layer.units
    return cache[start..<start + layer.units].array
  }

  private func column(_ part: Int) -> (FloatSlice, stride: Int)? {
    cache.count > 0
      ? (cache[part * layer.units..<cache.count], layer.cachePerExample) : nil
  }
}

extension HighwayLayer {
  /// T of each unit where it is not learned: the gating's constant, or what it is held at. `[units]`
  var constantTransformGate: [Float] {
    let constant = [Float](repeating: gating.constantT, count: units)
    guard let held else { return constant }
    return zip(held.array, constant).map { $0.isNaN ? $1 : $0 }
  }

  /// C of each unit where it is neither learned nor coupled to a learned T. `[units]`
  var constantCarryGate: [Float] {
    gating.couplesCarryGate
      ? constantTransformGate.map { 1 - $0 }
      : [Float](repeating: gating.constantC, count: units)
  }
}
