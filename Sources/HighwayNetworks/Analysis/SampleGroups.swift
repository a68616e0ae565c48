/// The group of each of some samples: its class, where nothing else is said.
struct SampleGroups: Sendable {
  /// The number of groups that have a name.
  let count: Int
  /// Whether there are samples in none of them; they form a group of their own, the last.
  let hasUngrouped: Bool
  private let members: [Int32]?

  /// Takes the grouping of samples, or their labels, which are below `classes` where that is known.
  init(_ samples: Samples, classes: Int?) {
    self.init(
      samples.grouping?.of ?? samples.split.labels, first: samples.count,
      groups: samples.grouping?.count ?? classes)
  }

  /// Takes the group of each example, −1 for one in none, of which the first count.
  init(_ members: [Int32]?, first examples: Int, groups: Int?) {
    let own = members?.prefix(examples) ?? []
    count = members == nil ? 0 : groups ?? own.max().map { Int($0) + 1 } ?? 0
    let count = Int32(count)
    precondition(own.allSatisfy { $0 < count }, "a group is one of those counted")
    hasUngrouped = members == nil || own.contains(-1)
    self.members = hasUngrouped ? members.map { $0.map { $0 < 0 ? count : $0 } } : members
  }

  /// The groups of consecutive samples, those in none counted as the last.
  func of(_ range: Range<Int>) -> ArraySlice<Int32> {
    members?[range] ?? ArraySlice(repeating: Int32(count), count: range.count)
  }
}
