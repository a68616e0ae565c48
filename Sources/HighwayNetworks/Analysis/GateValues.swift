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

  /// Whether C is 1 − T.
  var isCoupled: Bool { layer.gating.couplesCarryGate }

  /// T of the first example; `[units]`.
  var transformGate: [Float] {
    layer.gating.learnsTransformGate ? part(1).array : layer.constantTransformGate
  }

  /// Appends H, T and, unless it is coupled, C of the one example that there is.
  func append(to values: inout [Float]) {
    if layer.gating.learnsTransformGate {
      cache.append(to: &values)
    } else {
      part(0).append(to: &values)
      values += layer.constantTransformGate
      if layer.gating.learnsCarryGate { part(1).append(to: &values) }
    }
    if !layer.gating.learnsCarryGate && !isCoupled {
      values += layer.constantCarryGate
    }
  }

  /// A part of the first example.
  private func part(_ part: Int) -> FloatSlice {
    cache[part * layer.units..<(part + 1) * layer.units]
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
