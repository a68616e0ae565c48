extension HighwayConvention {
  /// TensorFlow's Tacotrons: dense layers `H` and `T`.
  static let tacotron = HighwayConvention(
    name: "tacotron", programs: "Tacotron in TensorFlow",
    patterns: [.separate("{k}.H", "{k}.T", weight: ".kernel")], orientation: .inputsFirst)
}
