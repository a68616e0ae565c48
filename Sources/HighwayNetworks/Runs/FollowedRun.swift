import TensorFiles

/// A run that another program may write: which of its epochs are known, and what is new.
package struct FollowedRun: Sendable {
  /// What has changed since a run was last looked at.
  package struct Changes: Sendable {
    /// Epochs with a checkpoint that are new or newly measured, in order, with their metrics where there are any.
    package var recorded: [(epoch: Int, metrics: EpochMetrics?)] = []
    /// Epochs without a checkpoint that are newly measured, in order.
    package var measured: [EpochMetrics] = []
    /// All that is measured, in order; empty where some of it was written from here.
    package var all: [EpochMetrics] = []
    /// Epochs whose checkpoints are there no longer, in order.
    package var gone: [Int] = []
    /// Lines of metrics.jsonl that are newly found to be unreadable: how many, and what is wrong with the first.
    package var unreadable: (count: Int, first: RunError)?
    /// Whether the run was deleted and made again; nothing else is said then.
    package var isAnother = false
    /// Who else writes into the run; nil where nobody does, as far as can be told.
    package var writer: RunHolder?

    /// Creates changes of nothing.
    package init() {}

    /// Whether nothing of the run has changed, whoever writes into it.
    package var isEmpty: Bool {
      recorded.isEmpty && measured.isEmpty && gone.isEmpty && unreadable == nil && !isAnother
    }
  }

  /// Where the run is.
  package let path: String
  private var metrics = MetricsFile()
  private var stamp: FileStamp?
  private var epochs: Set<Int>
  private var measured: Set<Int>
  private var unreadable = 0

  /// Follows a run from what it held when it was opened.
  package init(_ run: RunDirectory) {
    path = run.path
    stamp = FileStamp(run.descriptionPath)
    epochs = Set(run.epochs)
    measured = Set(run.metrics.map(\.epoch))
    unreadable = run.unreadableMetrics
  }

  /// Looks at the run again.
  ///
  /// - Parameter own: The epochs that were written from here; asked for after the run was read, so that what is
  ///   written meanwhile is not taken for another program's.
  /// - Returns: What is new.
  /// - Throws: ``RunError`` where it cannot be read.
  package mutating func refresh(leavingOut own: () -> Set<Int>) throws(RunError) -> Changes {
    let run = try RunDirectory.open(path, updating: &self.metrics)
    var changes = Changes()
    // A run writes run.json once.
    guard FileStamp(run.descriptionPath) == stamp else {
      changes.isAnother = true
      return changes
    }
    changes.writer = RunHolder.writing(into: path)
    changes.gone = epochs.subtracting(run.epochs).sorted()
    epochs.subtract(changes.gone)
    let own = own()
    let metrics = Dictionary(run.metrics.map { ($0.epoch, $0) }) { $1 }
    for epoch in run.epochs where !own.contains(epoch) {
      // The metrics come after the checkpoint.
      let isNew = epochs.insert(epoch).inserted
      let isMeasured = metrics[epoch] != nil && measured.insert(epoch).inserted
      if isNew || isMeasured { changes.recorded.append((epoch, metrics[epoch])) }
    }
    // The checkpoint, if one is kept, is there before the metrics.
    changes.measured = run.metrics.filter {
      !own.contains($0.epoch) && measured.insert($0.epoch).inserted
    }
    if own.isEmpty { changes.all = run.metrics }
    if let problem = run.metricsProblem, run.unreadableMetrics > unreadable {
      changes.unreadable = (run.unreadableMetrics - unreadable, problem)
    }
    unreadable = run.unreadableMetrics
    return changes
  }
}
