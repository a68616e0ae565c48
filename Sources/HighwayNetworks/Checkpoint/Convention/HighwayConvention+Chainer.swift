extension HighwayConvention {
  /// Chainer's `Highway`: `plain` is H, `transform` the gate.
  static let chainer = HighwayConvention(
    name: "chainer", programs: "Chainer",
    patterns: [.separate("{k}.plain", "{k}.transform", weight: ".W", bias: ".b")],
    remark: "transform is the gate, plain is H")
}
