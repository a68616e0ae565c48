extension HighwayConvention {
  /// fairseq's `Highway`, packed as AllenNLP's.
  static let fairseq = HighwayConvention(
    name: "fairseq", programs: "fairseq", patterns: [.rows("layers.{k}", needsSupport: true)],
    gate: .carry, isPeculiar: false)
}
