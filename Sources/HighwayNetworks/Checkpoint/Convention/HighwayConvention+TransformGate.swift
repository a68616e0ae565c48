extension HighwayConvention {
  /// Layers with parts `transform` (H) and `gate`, or `nonlinear` and `gate`.
  static let transformGate = HighwayConvention(
    name: "transform-gate", programs: "character language models in PyTorch",
    patterns: [.separate("{k}.transform", "{k}.gate"), .separate("transform.{k}", "gate.{k}")],
    isPeculiar: false)
}
