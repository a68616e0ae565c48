/// Sequences of vectors as a reader finds them, before it is known how long the longest is.
struct SequenceList {
  /// The most values that are kept, with those behind the ends of sequences.
  static let maximumCount = 1 << 30

  /// The number of values of a step.
  let features: Int
  /// The steps of all sequences one after the other; `[steps, features]`.
  private(set) var values: [Float] = []
  /// The number of steps of each.
  private(set) var lengths: [Int] = []
  /// The class of each sequence, or of each step where there are more; none where nobody knows.
  private(set) var labels: [Int32] = []

  init(features: Int) { self.features = features }

  /// The number of steps of the longest.
  var longest: Int { lengths.max() ?? 0 }

  /// Adds a sequence, `[steps, features]`, with its class, those of its steps, or none.
  mutating func append(_ steps: some Collection<Float>, labels own: some Collection<Int32>) {
    values += steps
    lengths.append(steps.count / features)
    labels += own
  }

  /// The sequences with room for so many steps each.
  func split(steps: Int) -> DataSet.Split {
    var padded = [Float](repeating: 0, count: lengths.count * steps * features)
    let isTagged = labels.count > lengths.count
    var classes = [Int32](repeating: -1, count: isTagged ? lengths.count * steps : 0)
    var step = 0
    for (example, length) in lengths.enumerated() {
      let start = example * steps * features
      let own = values[step * features..<(step + length) * features]
      padded.replaceSubrange(start..<start + own.count, with: own)
      if isTagged {
        classes.replaceSubrange(
          example * steps..<example * steps + length, with: labels[step..<step + length])
      }
      step += length
    }
    return DataSet.Split(
      sequences: padded, lengths: lengths.map { Int32($0) },
      labels: labels.isEmpty ? nil : isTagged ? classes : labels)
  }

  /// A data set of sequences for training and for testing, with as much room for all as the longest needs.
  ///
  /// - Throws: ``DataError`` where there are none, a class has no name, or they need too much room.
  static func dataSet(
    train: SequenceList?, test: SequenceList?, name: String, classNames: [String]?, path: String
  ) throws(DataError) -> DataSet {
    let lists = [train, test].compactMap { $0 }
    let steps = lists.map(\.longest).max() ?? 0
    let count = lists.reduce(0) { $0 + $1.lengths.count }
    guard let features = lists.first?.features, count > 0, steps > 0 else {
      throw .noExamples(path: path)
    }
    let (size, overflow) = count.multipliedReportingOverflow(by: steps * features)
    guard !overflow, size <= maximumCount else {
      throw .tooLarge(
        path: path, limit: maximumCount,
        found: "\(count) sequences of up to \(steps) steps of \(features) values")
    }
    let greatest = lists.compactMap { $0.labels.max() }.max() ?? -1
    let names = classNames ?? DataSetFamily.classNames(name: name, atLeast: Int(greatest) + 1)
    guard greatest < names.count else {
      throw .labelOutOfRange(
        path: path, example: 0, label: Int(greatest), classes: names.count)
    }
    return DataSet(
      name: name, shape: .sequence(steps: steps, features: features), classNames: names,
      train: train?.split(steps: steps) ?? .empty, test: test?.split(steps: steps) ?? .empty)
  }
}
