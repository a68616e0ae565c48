extension Convention {
  /// The encoder of Stanford's CS224N: lists `transforms` and `gates`.
  static let cs224n = Convention(
    name: "cs224n", programs: "Stanford CS224N",
    patterns: [.separate("transforms.{k}", "gates.{k}")]
  )
}
