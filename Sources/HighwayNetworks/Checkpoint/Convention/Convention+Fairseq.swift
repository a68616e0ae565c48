extension Convention {
  /// fairseq's `Highway`, packed as AllenNLP's.
  static let fairseq = Convention(
    name: "fairseq", programs: "fairseq", patterns: [.rows("layers.{k}", needsSupport: true)],
    gate: .carry, isPeculiar: false)
}
