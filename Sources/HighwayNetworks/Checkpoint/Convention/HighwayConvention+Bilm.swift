extension HighwayConvention {
  /// ELMo's own files: `carry·transform + (1 − carry)·x`, so that what is named carry is the transform gate.
  static let bilm = HighwayConvention(
    name: "bilm", programs: "bilm-tf (ELMo)",
    patterns: [
      StackPattern(
        maps: .separate(
          state: .init(weight: "CNN_high_{k}.W_transform", bias: "CNN_high_{k}.b_transform"),
          gate: .init(weight: "CNN_high_{k}.W_carry", bias: "CNN_high_{k}.b_carry")))
    ], orientation: .inputsFirst,
    remark: "W_carry is the transform gate, whatever its name")
}
