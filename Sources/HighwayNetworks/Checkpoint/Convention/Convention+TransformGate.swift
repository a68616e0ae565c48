extension Convention {
  /// Layers with parts `transform` (H) and `gate`, or `nonlinear` and `gate`.
  static let transformGate = Convention(
    name: "transform-gate", programs: "character language models in PyTorch",
    patterns: [.separate("{k}.transform", "{k}.gate"), .separate("transform.{k}", "gate.{k}")],
    isPeculiar: false)
}
