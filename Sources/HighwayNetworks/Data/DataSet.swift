/// Images, in memory as bytes, or vectors of numbers, with or without labels.
public struct DataSet: Sendable {
  /// One part of a data set.
  public struct Split: Sendable {
    /// The pixels, 0–255, channels before positions; `[examples] + shape.extents`, nothing where examples are vectors.
    public let pixels: [UInt8]
    /// The vectors, which reach a network as they are; `[examples, features]`, nil where examples are images.
    public let vectors: [Float]?
    /// The class of each example, each at least 0 and less than the number of classes; `[examples]`, or
    /// nil where nobody knows.
    public let labels: [Int32]?
    /// The number of examples.
    public let count: Int

    /// Creates a split with a label for each example.
    ///
    /// - Precondition: Labels are at least 0 and fit 32 bits.
    public init(pixels: [UInt8], labels: some Sequence<some BinaryInteger>) {
      let labels = labels.map { Int32($0) }
      precondition(labels.allSatisfy { $0 >= 0 }, "a label is a class")
      self.pixels = pixels
      vectors = nil
      self.labels = labels
      count = labels.count
    }

    /// A split without examples.
    public static let empty = Split(pixels: [], labels: [Int32]())

    /// Creates a split without labels.
    public init(unlabelled pixels: [UInt8], count: Int) {
      precondition(count >= 0, "a count is not negative")
      self.pixels = pixels
      vectors = nil
      labels = nil
      self.count = count
    }

    /// Creates a split of vectors, `[count, features]`.
    ///
    /// - Precondition: There is a label for each example, at least 0, if there are labels.
    public init(vectors: [Float], count: Int, labels: [Int32]? = nil) {
      precondition(
        labels.map { $0.count == count && $0.allSatisfy { $0 >= 0 } } ?? true,
        "a class for each vector")
      pixels = []
      self.vectors = vectors
      self.labels = labels
      self.count = count
    }

    /// The number of values of all examples.
    var valueCount: Int { vectors?.count ?? pixels.count }

    /// The class of an example; nil where nobody knows.
    public func label(of example: Int) -> Int? { labels.map { Int($0[example]) } }
  }

  /// The data set's name, such as `MNIST` or `Fashion-MNIST`; from files, so not to be trusted as text.
  public let name: String
  /// The shape of one image.
  public let shape: Shape
  /// The names of the classes; none where nothing is labelled.
  public let classNames: [String]
  /// The images for training; may be empty.
  public let train: Split
  /// The images for testing; may be empty.
  public let test: Split

  /// Creates a data set.
  ///
  /// - Precondition: Each split holds `shape.count` pixels per example, and each label has a class name.
  public init(name: String, shape: Shape, classNames: [String], train: Split, test: Split) {
    for split in [train, test] {
      precondition(split.valueCount == split.count * shape.count, "one image for each label")
      precondition(
        (split.labels ?? []).allSatisfy { $0 < classNames.count }, "one name for each class")
    }
    self.name = name
    self.shape = shape
    self.classNames = classNames
    self.train = train
    self.test = test
  }
}
