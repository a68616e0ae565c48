extension HighwayConvention {
  /// The `Highway` layer of Keras 1 and of the legacy layers of Keras 2: what is named carry is the transform gate.
  static let keras = HighwayConvention(
    name: "keras", programs: "Keras 1 Highway",
    patterns: [
      StackPattern(
        maps: .separate(
          state: .init(weight: "{k}_W", bias: "{k}_b"),
          gate: .init(weight: "{k}_W_carry", bias: "{k}_b_carry"))),
      StackPattern(
        maps: .separate(
          state: .init(weight: "{k}.W", bias: "{k}.b"),
          gate: .init(weight: "{k}.W_carry", bias: "{k}.b_carry"))),
    ], orientation: .inputsFirst, activation: .linear,
    remark: "W_carry is the transform gate, whatever its name")
}
