import ExplorerUI
import HighwayNetworks
import TensorFiles

/// What the explorer begins with.
enum ModelStart {
  /// A model that was named, or the only one there is.
  case one(ModelSource)
  /// A recording that was named.
  case recording(RecordedSession)
  /// A run that was named and has no epoch yet, but a process that writes it; or a directory where recordings may come.
  case begun(String)
  /// The models that there are, and how many more are not listed.
  case choice([ModelEntry], left: Int)
  /// The run of the tour.
  case tour(TourModels)

  /// Whether a path leads to a run without an epoch that a process writes.
  private static func isBegun(_ path: String) -> Bool {
    guard RunHolder.writing(into: path) != nil, let run = try? RunDirectory.open(path) else {
      return false
    }
    return run.epochs.isEmpty
  }

  /// Opens the model at a path or, without one, looks which there are, if any; headers alone are read.
  ///
  /// - Throws: ``RunError`` or ``Failure`` where it cannot be opened.
  init(
    _ path: String?, architecture: Architecture? = nil, choice: StackChoice = StackChoice(),
    sampleLimit: Int
  ) throws {
    if let path {
      if RecordingTimeline.isAwaited(path) {
        self = .begun(path)
        return
      }
      if RecordingTimeline.isOne(path) {
        // What is wrong with it is said before the screen is taken.
        self = .recording(try RecordedSession(path, sampleLimit: sampleLimit))
        return
      }
      self =
        Self.isBegun(path)
        ? .begun(path) : .one(try ModelSource(path, architecture: architecture, choice: choice))
      return
    }
    let (found, left) = ModelLocation.runs()
    if found.count == 1 {
      self = .one(try ModelSource(found[0]))
    } else {
      self = .choice(found.map { ModelEntry(reading: $0) }, left: left)
    }
  }
}

extension ModelEntry {
  /// Reads what a run says of itself, but no parameters.
  init(reading path: String) {
    self.init(path: path, name: Directory.name(of: path))
    do throws(RunError) {
      let run = try RunDirectory.open(path)
      let architecture = run.description.architecture
      layerNumbers = architecture.gatedLayers
      layers = layerNumbers.count
      width = architecture.blocks.map(\.features).max() ?? 0
      gating = architecture.blocks.last?.gating?.name ?? gating
      dataName = run.description.data?.name ?? ""
      lastEpoch = run.epochs.last
      let last = run.metrics.last { $0.epoch == lastEpoch }
      (accuracy, loss) = (last?.testAccuracy, last?.testLoss)
      let summary = RunSummary(run)
      (depth, parameters) = (summary.depth, summary.parameters)
      if lastEpoch == nil { problem = "no recorded epoch yet" }
    } catch {
      problem = Failure(error).line
    }
  }
}
