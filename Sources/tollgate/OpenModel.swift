import HighwayNetworks
import TensorFiles

/// A run or a checkpoint that was opened.
struct OpenModel: Sendable {
  /// The path as it was given.
  let path: String
  private let source: ModelSource
  /// What was measured of a network that lies in no file yet.
  private let measured: [EpochMetrics]

  /// Opens a run directory or a checkpoint.
  ///
  /// - Throws: ``RunError``, or ``Failure`` where a run has no epoch yet.
  init(_ path: String) throws {
    self.path = path
    measured = []
    source = try ModelSource.open(path)
    if case .run(let run) = source, run.epochs.isEmpty {
      throw Failure(
        "\(path.printablePath): the run has no recorded epoch yet; expected epoch-0000.safetensors")
    }
  }

  /// Takes a new network, which lies in no file yet, as its epoch 0.
  init(new checkpoint: Checkpoint, _ metrics: EpochMetrics) {
    path = ""
    source = .checkpoint(checkpoint, path: path)
    measured = [metrics]
  }

  /// Whether it lies in no file yet.
  var isNew: Bool { path.isEmpty }

  /// The run, where it is one.
  var run: RunDirectory? {
    if case .run(let run) = source { run } else { nil }
  }

  /// What the network is made of.
  var architecture: Architecture {
    switch source {
    case .run(let run): run.description.architecture
    case .checkpoint(let checkpoint, _): checkpoint.network.architecture
    }
  }

  /// What run.json says, or the copy of it in a checkpoint.
  var description: RunDescription? {
    switch source {
    case .run(let run): run.description
    // A copy that cannot be read is as good as none: the network does not depend on it.
    case .checkpoint(let checkpoint, _): checkpoint.run.flatMap { try? RunDescription(json: $0) }
    }
  }

  /// The name of the data set that the network was trained on.
  var dataName: String? { description?.data?.name }

  /// How pixels become inputs.
  var normalization: Normalization? {
    switch source {
    case .run(let run): run.description.data?.normalization
    case .checkpoint(let checkpoint, _):
      checkpoint.normalization ?? description?.data?.normalization
    }
  }

  /// The names of the classes, where they are known.
  var classNames: [String]? {
    switch source {
    case .run(let run): run.description.data?.classNames
    case .checkpoint(let checkpoint, _): checkpoint.classNames ?? description?.data?.classNames
    }
  }

  /// The recorded epochs, in order; one for a checkpoint.
  var epochs: [Int] {
    switch source {
    case .run(let run): run.epochs
    case .checkpoint(let checkpoint, _): [checkpoint.epoch ?? 0]
    }
  }

  /// A recorded epoch's number as the files tell it; a checkpoint by itself may not.
  func knownEpoch(_ epoch: Int) -> Int? {
    switch source {
    case .run: epoch
    case .checkpoint(let checkpoint, _): checkpoint.epoch
    }
  }

  /// What was recorded about epochs.
  var metrics: [EpochMetrics] { run?.metrics ?? measured }

  /// The network after a recorded epoch.
  func network(epoch: Int) throws -> Network { try checkpoint(epoch: epoch).network }

  /// The checkpoint of a recorded epoch.
  func checkpoint(epoch: Int) throws -> Checkpoint {
    switch source {
    case .run(let run):
      // Another program may have recorded the epoch since the run was opened.
      try (run.epochs.contains(epoch) ? run : RunDirectory.open(run.path)).checkpoint(epoch: epoch)
    case .checkpoint(let checkpoint, _): checkpoint
    }
  }

  /// The path of the file of a recorded epoch.
  func checkpointPath(epoch: Int) -> String {
    switch source {
    case .run(let run): run.checkpointPath(epoch: epoch) ?? run.path
    case .checkpoint(_, let path): path
    }
  }
}
