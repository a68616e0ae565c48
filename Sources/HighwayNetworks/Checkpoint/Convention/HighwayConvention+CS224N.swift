extension HighwayConvention {
  /// The encoder of Stanford's CS224N: lists `transforms` and `gates`.
  static let cs224n = HighwayConvention(
    name: "cs224n", programs: "Stanford CS224N",
    patterns: [.separate("transforms.{k}", "gates.{k}")]
  )
}
