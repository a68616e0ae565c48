extension GateClamps {
  /// Creates clamps that hold every transform gate at its mean T, so that no gate depends on its input.
  public init(meansOf statistics: GateStatistics) {
    self.init(
      statistics.layers.flatMap { layer in
        layer.meanT.enumerated().map { unit, mean in
          (Target(layer: layer.layer, unit: unit), min(max(mean, 0), 1))
        }
      })
  }
}
