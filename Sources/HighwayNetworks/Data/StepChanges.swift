extension Grouping {
  /// How many steps before and after a change of class have groups of their own.
  private static let reach = 5

  /// The groups by which steps are told apart as they lie about a change: from five before it over its own, the first step
  /// of the new class, to five after it, then the steps that are farther from any.
  public static let changeNames =
    (1...reach).reversed().map { "\($0) before" } + ["change"] + (1...reach).map { "\($0) after" }
    + ["farther"]

  /// Groups the steps of tagged sequences by the nearest change of their class; of two as near, the one before counts.
  ///
  /// What stands behind the end of a sequence is in no group.
  init(changesOf labels: [Int32], steps: Int) {
    var groups = [Int32](repeating: -1, count: labels.count)
    for start in stride(from: 0, to: labels.count, by: max(1, steps)) {
      let length = labels[start..<start + steps].prefix { $0 >= 0 }.count
      let places = start..<start + length
      let changes = places.dropFirst().filter { labels[$0] != labels[$0 - 1] }
      var next = changes[...]
      var before: Int?
      for place in places {
        while let first = next.first, first <= place {
          before = first
          next.removeFirst()
        }
        let after = before.map { place - $0 } ?? Int.max
        let ahead = next.first.map { $0 - place } ?? Int.max
        let offset = after <= ahead ? after : -ahead
        groups[place] =
          abs(offset) <= Self.reach ? Int32(Self.reach + offset) : Int32(2 * Self.reach + 1)
      }
    }
    self.init(groups, count: Self.changeNames.count)
  }
}

extension Samples {
  /// The same samples, their steps grouped by the nearest change of their class; nil where steps have no classes.
  public var groupedByChange: Samples? {
    guard split.isTagged, split.text == nil, let labels = split.labels else { return nil }
    return Samples(
      split, shape: shape, normalization: normalization, first: count,
      grouping: Grouping(changesOf: labels, steps: shape.positionCount))
  }
}
