/// Labelled images, in memory as bytes.
public struct DataSet: Sendable {
  /// One part of a data set.
  public struct Split: Sendable {
    /// The pixels, 0–255; `[examples] + shape.extents`.
    public let pixels: [UInt8]
    /// The class of each example; `[examples]`, each less than the number of classes.
    public let labels: [UInt8]

    /// The number of examples.
    public var count: Int { labels.count }

    /// Creates a split.
    public init(pixels: [UInt8], labels: [UInt8]) {
      self.pixels = pixels
      self.labels = labels
    }
  }

  /// The data set's name, such as `MNIST` or `Fashion-MNIST`; from files, so not to be trusted as text.
  public let name: String
  /// The shape of one image: `[channels, height, width]`.
  public let shape: Shape
  /// The names of the classes.
  public let classNames: [String]
  /// The images for training; may be empty.
  public let train: Split
  /// The images for testing; may be empty.
  public let test: Split

  /// Creates a data set.
  ///
  /// - Precondition: Each split holds `shape.count` pixels per label, and each label has a class name.
  public init(name: String, shape: Shape, classNames: [String], train: Split, test: Split) {
    for split in [train, test] {
      precondition(split.pixels.count == split.count * shape.count, "one image for each label")
      precondition(split.labels.allSatisfy { $0 < classNames.count }, "one name for each class")
    }
    self.name = name
    self.shape = shape
    self.classNames = classNames
    self.train = train
    self.test = test
  }
}
