extension Architecture {
  /// The networks of Highway Networks §3.1: one plain layer that changes the width, then `depth` − 1
  /// highway layers of equal width.
  ///
  /// - Precondition: Depth, units and classes are positive.
  public init(
    input: Shape, classes: Int, depth: Int, units: Int, activation: Activation, gating: Gating,
    gateBias: Float
  ) {
    let layer = Layer.highway(
      units: units, activation: activation, gating: gating,
      gateBias: gating.learnsGates ? gateBias : nil)
    self.init(
      input: input, classes: classes,
      layers: [.dense(units: units, activation: activation)]
        + Array(repeating: layer, count: depth - 1))
  }
}

extension Gating {
  /// The number of affine maps of a layer: one for H, one for each learned gate.
  package var parts: Int { 1 + (learnsTransformGate ? 1 : 0) + (learnsCarryGate ? 1 : 0) }

  /// The width at which a layer has as many parameters as a coupled one of `units` units, as nearly as
  /// can be: 71 for a plain layer beside 50 coupled units (Highway Networks §3.1).
  ///
  /// - Precondition: `units` is positive and at most 100,000.
  public func width(matchingCoupled units: Int) -> Int {
    precondition(1...100_000 ~= units, "a width")
    let budget = 2 * (units * units + units)
    func parameters(_ width: Int) -> Int { parts * (width * width + width) }
    // The greatest width within the budget, or the next one where that is nearer.
    var width = Int((Double(budget) / Double(parts)).squareRoot())
    while width > 1 && parameters(width) > budget { width -= 1 }
    return parameters(width + 1) - budget < budget - parameters(width) ? width + 1 : max(1, width)
  }
}
