extension HighwayConvention {
  /// Arrays without names as Lasagne's recipes save them: for each layer the weight and bias of H, then of the gate.
  static let lasagne = HighwayConvention(
    name: "lasagne", programs: "Lasagne",
    patterns: [StackPattern(maps: .positions(prefix: "arr_"), needsSupport: true)],
    orientation: .inputsFirst, isPeculiar: false)
}
