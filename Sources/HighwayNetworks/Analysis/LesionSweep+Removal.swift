extension LesionSweep {
  /// A change of the error by at most so much, a tenth of a percentage point, counts as little.
  package static let littleChange = 0.001

  /// The layers whose lesions by themselves change the error by at most ``littleChange``.
  ///
  /// One sample of 1,000 is just as much, whatever the rounding.
  package var dispensable: [Int] {
    layers.filter { ($0.outcome.error - baseline.error).magnitude <= Self.littleChange + 1e-9 }
      .map(\.layer)
  }
}

extension GateClamps {
  /// Creates clamps that lesion layers.
  package init(lesioning layers: [Int]) {
    self.init(layers.map { (Target(layer: $0), 0) })
  }
}
