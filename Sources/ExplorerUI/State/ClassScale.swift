/// The colours of the classes view: all values of all classes go into them, so they are kept from frame to frame.
struct ClassScale: Sendable {
  /// All that the colours depend on.
  ///
  /// Two are compared in no time where nothing has changed: the arrays are the same ones then.
  struct Subject: Equatable, Sendable {
    /// The mean of T over each class, by layer.
    var classMeans: [[Float]]
    /// The mean of T over all samples, by layer.
    var means: [[Float]]
    var samplesByClass: [Int]
    var against: Int?
    var isFitted: Bool
    var arrangement: UnitArrangement?
    /// How many layers, and units, a cell of the heatmap shows.
    var rowStep: Int
    var columnStep: Int
  }

  let subject: Subject
  let scale: ColorScale
}
