extension HighwayConvention {
  /// Character language models whose highway layer has `fc1` for the gate and `fc2` for H.
  static let charLM = HighwayConvention(
    name: "charlm", programs: "character language models in PyTorch",
    patterns: [.separate("{k}.fc2", "{k}.fc1", needsSupport: true)], isPeculiar: false,
    remark: "fc1 is the gate, fc2 is H")
}
