import TensorFiles

/// A directory of recordings that another program may write: which epochs are known, and what is new.
package struct FollowedRecordings: Sendable {
  /// Where the recordings are.
  package let path: String
  private var stamps: [Int: [FileStamp?]]

  /// Follows recordings from what there was when they were opened.
  package init(_ timeline: RecordingTimeline) {
    path = timeline.path
    stamps = Self.stamps(timeline)
  }

  private static func stamps(_ timeline: RecordingTimeline) -> [Int: [FileStamp?]] {
    Dictionary(
      uniqueKeysWithValues: timeline.epochs.map { epoch in
        (epoch, timeline.paths(epoch: epoch).map { FileStamp($0) })
      })
  }

  /// Looks at the directory again.
  ///
  /// - Returns: What is new. Where an epoch that was known has been written anew, it is another timeline.
  /// - Throws: ``RecordingError`` where it cannot be read.
  package mutating func refresh() throws(RecordingError) -> FollowedRun.Changes {
    let timeline = try RecordingTimeline(path)
    let now = Self.stamps(timeline)
    var changes = FollowedRun.Changes()
    let changed = now.contains { epoch, stamps in
      self.stamps[epoch].map { $0 != stamps } ?? false
    }
    let known = self.stamps
    stamps = now
    guard !changed else {
      changes.isAnother = true
      return changes
    }
    changes.gone = known.keys.filter { now[$0] == nil }.sorted()
    changes.recorded = timeline.epochs.filter { known[$0] == nil }.map {
      ($0, timeline.metrics(epoch: $0))
    }
    return changes
  }
}
