extension HighwayConvention {
  /// BiDAFs in PyTorch with lists `normal_layer` and `gate_layer`.
  static let jojonki = HighwayConvention(
    name: "normal-gate", programs: "BiDAF in PyTorch",
    patterns: [.separate("normal_layer.{k}", "gate_layer.{k}")])
}
