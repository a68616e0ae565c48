/// Examples that go through a network together.
struct Batch: Sendable {
  /// The examples where they follow each other.
  let range: Range<Int>?
  /// The examples.
  let examples: [Int]
  /// Whether each goes on where the one in its place in the batch before ended.
  let isContinued: Bool
  /// The group of layers that the batch is run for, where they are divided.
  var group = 0

  /// Takes examples that follow each other and begin by themselves.
  init(_ range: Range<Int>) {
    self.range = range
    examples = Array(range)
    isContinued = false
  }

  /// Takes any examples.
  init(_ examples: [Int], isContinued: Bool) {
    range = nil
    self.examples = examples
    self.isContinued = isContinued
  }
}

/// The segments of a text as streams that are read beside each other, each from its beginning to its end.
///
/// The segments are divided among them in their order; the first streams may be longer than the others by one.
struct Streams: Sendable {
  /// The number of streams.
  let count: Int
  private let shortest: Int
  private let longer: Int

  /// Divides segments among at most so many streams.
  init(segments: Int, atMost limit: Int) {
    count = max(1, min(limit, segments))
    (shortest, longer) = segments.quotientAndRemainder(dividingBy: count)
  }

  /// The streams of an evaluation: of few segments few, since each begins without what was before.
  init(evaluating segments: Int) {
    self.init(segments: segments, atMost: min(Self.limit, max(1, segments / 10)))
  }

  /// How many streams an evaluation has at the most.
  private static let limit = 20
  /// How many of them an accumulator takes at the most.
  static let mostOfPart = limit / Shards.limit

  /// The number of segments of the longest stream.
  var length: Int { shortest + (longer > 0 ? 1 : 0) }

  /// The segments that some streams come to at a step; those whose end is passed are left out.
  func batch(step: Int, of streams: Range<Int>) -> Batch {
    let own = step < shortest ? streams : streams.clamped(to: 0..<longer)
    return Batch(
      own.map { $0 * shortest + min($0, longer) + step }, isContinued: step > 0)
  }

  /// The segments in the order in which training meets them, those of all streams at a step together; what one stream
  /// has more than another is left out.
  var trainingOrder: [Int] {
    (0..<shortest).flatMap { step in (0..<count).map { $0 * shortest + step } }
  }
}
