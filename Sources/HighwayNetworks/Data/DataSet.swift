/// Images, in memory as bytes, or vectors or sequences of vectors of numbers, with or without labels.
public struct DataSet: Sendable {
  /// One part of a data set.
  public struct Split: Sendable {
    /// The pixels, 0–255, channels before positions; `[examples] + shape.extents`, nothing where ``vectors`` are there.
    public let pixels: [UInt8]
    /// Vectors or pixels that are no bytes, which reach a network as they are, or sequences, 0 behind their ends;
    /// `[examples, features]`, `[examples] + shape.extents` or `[examples, steps, features]`, nil where there are bytes.
    public let vectors: [Float]?
    /// What stands at the steps of segments of a text; nil where examples are none.
    public let text: TextSteps?
    /// The number of steps of each example, at least 1; `[examples]`, nil where examples are no sequences.
    public let lengths: [Int32]?
    /// The class of each example, or of each step, each at least 0 and less than the number of classes, but −1 behind
    /// the end of a sequence; `[examples]` or `[examples, steps]`, or nil where nobody knows.
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
      text = nil
      lengths = nil
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
      text = nil
      lengths = nil
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
      text = nil
      lengths = nil
      self.labels = labels
      self.count = count
    }

    /// Creates a split of sequences, `[lengths.count, steps, features]`.
    ///
    /// - Precondition: There is a label for each example, or one for each step and −1 behind its end, if there are
    ///   labels.
    public init(sequences: [Float], lengths: [Int32], labels: [Int32]? = nil) {
      precondition(
        (labels ?? []).allSatisfy { $0 >= -1 } && lengths.allSatisfy { $0 >= 1 },
        "classes and lengths")
      pixels = []
      vectors = sequences
      text = nil
      self.lengths = lengths
      self.labels = labels
      count = lengths.count
    }

    /// Creates a split of segments of a text, each with the label of what follows each of its steps.
    ///
    /// - Precondition: There are so many steps of each, with a label, −1 behind the end.
    init(text: TextSteps, lengths: [Int32], labels: [Int32]) {
      precondition(text.types.count == labels.count, "a label for each step")
      pixels = []
      vectors = nil
      self.text = text
      self.lengths = lengths
      self.labels = labels
      count = lengths.count
    }

    /// The same with other labels, as many.
    ///
    /// - Precondition: There is a label for each example.
    func labelled(_ labels: [Int32]) -> Split {
      precondition(labels.count == count && lengths == nil, "a class for each example")
      return vectors.map { Split(vectors: $0, count: count, labels: labels) }
        ?? Split(pixels: pixels, labels: labels)
    }

    /// The number of values of all examples.
    var valueCount: Int {
      text.map { $0.types.count * $0.lexicon.features } ?? vectors?.count ?? pixels.count
    }

    /// The number of classes, from the greatest label; 0 where nobody knows.
    public var labelCount: Int { (labels?.max()).map { Int($0) + 1 } ?? 0 }

    /// Whether each step has a class of its own.
    public var isTagged: Bool { labels.map { $0.count != count } ?? false }

    /// The number of classes that each example has: 1, or one for each step there is room for.
    var labelsPerExample: Int { count > 0 ? (labels?.count ?? count) / count : 1 }

    /// The classes of consecutive examples; none where nobody knows.
    func labels(of examples: Range<Int>) -> ArraySlice<Int32> {
      let each = labelsPerExample
      return labels?[examples.lowerBound * each..<examples.upperBound * each] ?? []
    }

    /// The class of an example; nil where nobody knows, or each step has its own.
    public func label(of example: Int) -> Int? {
      isTagged ? nil : labels.map { Int($0[example]) }
    }
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
  /// What is to be said of how the files were read.
  package let remarks: [DataRemark]
  /// The images by which training decides, where there are some beside those for testing; empty for most.
  public private(set) var validation = Split.empty
  /// The text that the data set is made of, and how it is told apart; nil where it is none.
  public private(set) var text: EncodedText?

  /// The words that the one value of each step numbers, from files; none where steps are no words.
  public internal(set) var words: [String] = []

  /// What a network tells apart: the words of a vocabulary, or classes.
  public var outputs: Int { text?.encoding.vocabulary.words.count ?? classNames.count }

  /// The groupings that the tokens of a text have; none where examples are none.
  public var tokenGroupings: [TokenGrouping] {
    [test, train].lazy.compactMap(\.text).first?.lexicon.groupings ?? []
  }

  /// Creates a data set.
  ///
  /// - Precondition: Each split holds `shape.count` pixels per example, and each label has a class name.
  public init(name: String, shape: Shape, classNames: [String], train: Split, test: Split) {
    self.init(
      name: name, shape: shape, classNames: classNames, train: train, test: test, remarks: [])
  }

  init(
    name: String, shape: Shape, classNames: [String], train: Split, test: Split,
    remarks: [DataRemark]
  ) {
    for split in [train, test] {
      precondition(split.valueCount == split.count * shape.count, "one image for each label")
      precondition(
        (split.lengths ?? []).allSatisfy { $0 <= shape.positionCount }
          && [1, shape.positionCount].contains(split.labelsPerExample), "room for each sequence")
      precondition(
        (split.labels ?? []).allSatisfy { $0 < classNames.count }, "one name for each class")
    }
    self.name = name
    self.shape = shape
    self.classNames = classNames
    self.train = train
    self.test = test
    self.remarks = remarks
  }

  /// Whether values reach a network as they are, with no normalization.
  ///
  /// Those are vectors, pixels that are standardized already, and numbers of words; other sequences are normalized.
  public var isTakenAsItIs: Bool {
    !words.isEmpty
      || [train, test].contains { $0.vectors != nil && $0.lengths == nil }
  }

  /// Cuts a text into segments, whose steps are grouped by the kinds of their tokens.
  init(name: String, _ text: EncodedText) {
    self.name = name
    let lexicon = Lexicon(text)
    let steps = text.encoding.steps
    shape = .sequence(steps: steps, features: lexicon.features)
    classNames = lexicon.groupings[0].groupNames
    let isByLines = text.encoding.vocabulary.isByLines
    func split(_ tokens: [Int32]) -> Split {
      isByLines
        ? Split(linesOf: tokens, lexicon, atMost: steps) : Split(tokens, lexicon, steps: steps)
    }
    train = split(text.corpus.train)
    test = split(text.corpus.test)
    validation = split(text.corpus.validation)
    self.text = text
    remarks = []
  }
}
