import ExplorerUI
import HighwayNetworks
import Synchronization
import TensorFiles

/// Trained epochs on the disk that nobody has kept yet: those that have no room in memory and, where the program
/// is ended from outside, all of them.
///
/// It is a run in a directory of the program's own. Leaving in order removes it; what a crash or a lost
/// connection leaves behind is offered at the next start.
final class Spool: Sendable {
  /// The name of the file that says where the run came from.
  static let originFile = "origin"

  /// Where it is.
  let path: String
  private let run: Mutex<RunDirectory>

  /// The directory of all spools; nil where the environment names no place.
  static var directory: String? { StateDirectory.path.map { $0 + "/unsaved" } }

  /// Creates a spool for the epochs of a model.
  ///
  /// - Throws: ``Failure`` where there is no place, or what the system says.
  init(
    for description: RunDescription, name: String, origin: String?,
    in directory: String? = directory
  ) throws {
    guard let directory else {
      throw Failure(
        "there is no room for more trained epochs: w saves them; "
          + "with HOME set, they would be written to a directory there")
    }
    try StateDirectory.create(directory)
    var number = 1
    while ModelLocation.exists("\(directory)/\(name)-\(number)") { number += 1 }
    let run = try RunDirectory.create("\(directory)/\(name)-\(number)", description)
    path = run.path
    if let origin { try AtomicFile.write("\(path)/\(Self.originFile)", origin) }
    self.run = Mutex(run)
  }

  /// Writes an epoch.
  func write(_ checkpoint: Checkpoint, epoch: Int) throws {
    try run.withLock { run throws(RunError) in try run.record(checkpoint, epoch: epoch) }
  }

  /// Writes what was recorded about the epochs and, where it is known, where training stands.
  func write(_ metrics: [EpochMetrics], _ state: TrainingState?) throws {
    try run.withLock { run throws(RunError) in
      try run.writeMetrics(metrics)
      if let state { try run.write(state) }
    }
  }

  /// Reads an epoch.
  func checkpoint(epoch: Int) throws -> Checkpoint {
    try run.withLock { run throws(RunError) in try run.checkpoint(epoch: epoch) }
  }

  /// Removes epochs that training from an earlier one has replaced.
  func remove(_ epochs: some Sequence<Int>) {
    run.withLock { run in for epoch in epochs { run.remove(epoch: epoch) } }
  }

  /// Removes it whole.
  func discard() {
    run.withLock { run in
      run.removeFile(Self.originFile)
      run.discard()
    }
  }
}
