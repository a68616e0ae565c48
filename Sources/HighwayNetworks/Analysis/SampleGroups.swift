/// The group of each of some samples, or of each of their steps: its class, where nothing else is said.
struct SampleGroups: Sendable {
  /// The number of groups that have a name.
  let count: Int
  /// Whether there are samples in none of them; they form a group of their own, the last.
  let hasUngrouped: Bool
  /// How many members a sample has: itself, or its steps with those there is room for.
  let membersPerSample: Int
  private let members: [Int32]?

  /// Takes the grouping of samples, or their labels, which are below `classes` where that is known.
  init(_ samples: Samples, classes: Int?) {
    if samples.grouping == nil, let text = samples.split.text {
      let grouping = samples.tokenGrouping
      self.init(
        text.groups(grouping, lengths: samples.split.lengths ?? []), first: samples.count,
        groups: text.lexicon.groupings[grouping].groupNames.count,
        membersPerSample: samples.shape.positionCount)
      return
    }
    self.init(
      samples.grouping?.of ?? samples.split.labels, first: samples.count,
      groups: samples.grouping?.count ?? classes ?? samples.split.labelCount,
      membersPerSample: samples.grouping.map { $0.of.count / max(1, samples.split.count) }
        ?? samples.split.labelsPerExample)
  }

  /// Takes the group of each member of examples, −1 for one in none, of which the first count.
  init(_ members: [Int32]?, first examples: Int, groups: Int?, membersPerSample: Int = 1) {
    self.membersPerSample = membersPerSample
    let own = members?.prefix(examples * membersPerSample) ?? []
    count = members == nil ? 0 : groups ?? own.max().map { Int($0) + 1 } ?? 0
    let count = Int32(count)
    precondition(own.allSatisfy { $0 < count }, "a group is one of those counted")
    hasUngrouped = members == nil || own.contains(-1)
    self.members = hasUngrouped ? members.map { $0.map { $0 < 0 ? count : $0 } } : members
  }

  /// The groups of some samples by those of their members: none where the members are steps.
  func ofWholeSamples(_ groupOf: ArraySlice<Int32>) -> ArraySlice<Int32> {
    membersPerSample == 1
      ? groupOf
      : ArraySlice(repeating: Int32(count), count: groupOf.count / membersPerSample)
  }

  /// The groups of the members of some samples, those in none counted as the last.
  func of(_ batch: Batch) -> ArraySlice<Int32> {
    let each = membersPerSample
    guard let members else {
      return ArraySlice(repeating: Int32(count), count: batch.examples.count)
    }
    if let range = batch.range { return members[range.lowerBound * each..<range.upperBound * each] }
    return batch.examples.flatMap { members[$0 * each..<($0 + 1) * each] }[...]
  }
}

/// The rows of a batch of sequences that lie before the sequences' ends, with the group of each.
struct StepRows {
  /// The rows' indices among all that there is room for.
  let rows: [Int]
  /// The group of each of them.
  let groupOf: [Int32]

  /// Takes the lengths of a batch, and the groups of its sequences or of all their steps.
  init(lengths: BufferSlice<Int32>, steps: Int, groupOf: ArraySlice<Int32>) {
    let bySteps = groupOf.count > lengths.count
    var rows: [Int] = []
    var groups: [Int32] = []
    for example in 0..<lengths.count {
      for step in 0..<Int(lengths[example]) {
        let row = example * steps + step
        rows.append(row)
        groups.append(groupOf[groupOf.startIndex + (bySteps ? row : example)])
      }
    }
    self.rows = rows
    self.groupOf = groups
  }

  /// Those rows of values, `[rows, width]`, which are `stride` apart where they come from.
  func packed(_ values: FloatSlice, width: Int, stride: Int) -> FloatSlice {
    let packed = FloatBuffer(count: rows.count * width).all
    for (index, row) in rows.enumerated() {
      packed.examples(index..<index + 1, each: width).assign(
        values[row * stride..<row * stride + width])
    }
    return packed
  }
}
