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
