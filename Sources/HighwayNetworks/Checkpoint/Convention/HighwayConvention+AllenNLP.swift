extension HighwayConvention {
  /// AllenNLP's `Highway`, also in its ELMo, in BiDAF and in CharacterBERT: one map of 2n rows, H before the gate,
  /// `y = g·x + (1 − g)·H`; gate biases begin at +1 or +2.
  static let allenNLP = HighwayConvention(
    name: "allennlp", programs: "AllenNLP, CharacterBERT",
    patterns: [.rows("_layers.{k}")], gate: .carry)
}
