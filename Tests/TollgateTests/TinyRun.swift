import Foundation
import TerminalHarness
import TestSupport
import Testing

/// A run of a tiny network on ``Shapes``, trained once for all tests; none changes it.
enum TinyRun {
  /// The last recorded epoch; all before it are recorded too.
  static let lastEpoch = 3
  /// One plain layer, then this many highway layers.
  static let highwayLayers = 3
  static let units = 5

  /// What `train` is given for such a run, to be followed by what a test adds.
  static let options = [
    "train", "--data", "shapes", "--depth", "4", "--units", "5", "--batch-size", "10",
    "--threads", "1",
  ]

  /// A directory with the data set `shapes` and the run `run`.
  static func workspace() throws -> TemporaryDirectory {
    let shared = try prepared.get()
    let workspace = try TemporaryDirectory()
    try workspace.copy(shared.at("shapes"), as: "shapes")
    try workspace.copy(shared.at("run"), as: "run")
    return workspace
  }

  /// The same, shared by tests that write nothing.
  static func shared() throws -> TemporaryDirectory { try prepared.get() }

  private static let prepared: Result<TemporaryDirectory, any Error> = Result {
    let workspace = try TemporaryDirectory()
    // A static value is never released, so its directory must be removed in another way.
    atexit { TinyRun.removeShared() }
    try Shapes.write(to: workspace)
    let trained = try Program.run(
      options + ["--out", "run", "--epochs", String(lastEpoch)], in: workspace)
    guard trained.status == .exited(0) else { throw TrainingFailed(said: trained.error) }
    return workspace
  }

  struct TrainingFailed: Error { let said: String }

  private static func removeShared() { if let shared = try? prepared.get() { shared.remove() } }
}
