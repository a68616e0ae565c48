private import TensorFiles

/// Training that records itself in a run directory.
///
/// After each epoch the checkpoint, if the epoch is to be recorded, is written first, then the metrics,
/// then the state: whenever the process ends, a resume finds a state whose epoch is whole. Of several ranks the first
/// writes; the others read what is there when training is resumed.
public struct TrainingRun {
  /// The run.
  public private(set) var directory: RunDirectory
  /// The trainer.
  public let trainer: Trainer
  private let normalization: Normalization
  private let classNames: [String]?
  private let vocabulary: Vocabulary?
  private let ranks: Ranks

  /// Starts a run: creates its directory and records the initialization as epoch 0.
  ///
  /// - Throws: ``RunError`` where the description has no hyper-parameters or no data, the data do not fit
  ///   the network, or the directory is not empty or cannot be written.
  public static func begin(
    _ path: String, _ description: RunDescription, data: DataSet, threads: Int = processorCount(),
    ranks: Ranks = .alone
  ) throws(RunError) -> TrainingRun {
    let trainer = try trainer(
      for: description, path, data: data, state: nil, threads: threads, ranks: ranks)
    let created = Result { () throws(RunError) in
      ranks.rank == 0
        ? try RunDirectory.create(path, description)
        : RunDirectory(path: path, description: description, metrics: [], fileNames: [:])
    }
    var run = TrainingRun(
      directory: try ranks.agreed(created, other: RunError.otherRank), trainer: trainer,
      normalization: try normalization(of: description, path),
      classNames: classNames(data, description.architecture),
      vocabulary: data.text?.encoding.vocabulary, ranks: ranks)
    try run.record(trainer.evaluate(), recordsCheckpoint: true)
    return run
  }

  /// Continues a run from its state, or from its beginning where there is none yet.
  ///
  /// - Precondition: The run is open for writing, on the first rank.
  /// - Throws: ``RunError`` as ``begin(_:_:data:threads:ranks:)``, and where the state cannot be read or is not
  ///   there though epochs were trained.
  public static func resume(
    _ directory: RunDirectory, data: DataSet, threads: Int = processorCount(),
    ranks: Ranks = .alone
  ) throws(RunError) -> TrainingRun {
    let description = directory.description
    let found = Result { () throws(RunError) in try checkedState(of: directory) }
    let state = try ranks.agreed(found, other: RunError.otherRank)
    if let other = ranks.firstThatDiffers(state?.fingerprint ?? []) {
      throw .otherRank(
        other,
        "\(directory.path.printablePath): state.safetensors is not that which rank 0 reads; the directory has to be "
          + "one that all ranks see")
    }
    let trainer = try trainer(
      for: description, directory.path, data: data, state: state, threads: threads, ranks: ranks)
    var run = TrainingRun(
      directory: directory, trainer: trainer,
      normalization: try normalization(of: description, directory.path),
      classNames: classNames(data, description.architecture),
      vocabulary: data.text?.encoding.vocabulary, ranks: ranks)
    if state == nil { try run.record(trainer.evaluate(), recordsCheckpoint: true) }
    return run
  }

  /// What a resume needs, nil where the run has none yet.
  private static func checkedState(
    of directory: RunDirectory
  ) throws(RunError) -> TrainingState? {
    let state = try directory.state()
    // The state of epoch 0 is written before anything of epoch 1.
    if state == nil, let last = (directory.epochs + directory.metrics.map(\.epoch)).max(), last > 0
    {
      throw .stateMissing(path: directory.path, epoch: last)
    }
    // The metrics of an epoch are written before its state.
    if let state, let last = directory.metrics.last?.epoch, state.epoch > last {
      throw .stateAhead(path: directory.path, state: state.epoch, metrics: last)
    }
    return state
  }

  /// Trains to the end of the current epoch and records it; see
  /// ``Trainer/trainEpoch(progress:evaluation:)``.
  ///
  /// - Parameters:
  ///   - records: Whether a checkpoint of the epoch is written beside its metrics.
  ///   - progress: Is called after each step.
  ///   - evaluation: Is called now and then while the test examples are gone through.
  /// - Returns: What is recorded about the epoch, or nil where it was interrupted.
  /// - Throws: ``TrainingRunError``.
  public mutating func trainEpoch(
    records: (_ epoch: Int) -> Bool,
    progress: (TrainingProgress, _ parameters: () -> [Float]) -> Bool = { _, _ in true },
    evaluation: Inference.Continues = { _ in true }
  ) throws(TrainingRunError) -> EpochMetrics? {
    let metrics: EpochMetrics?
    do {
      metrics = try trainer.trainEpoch(progress: progress, evaluation: evaluation)
    } catch {
      try? recordDivergence(error)
      throw .training(error)
    }
    guard let metrics else { return nil }
    do {
      try record(metrics, recordsCheckpoint: records(metrics.epoch))
    } catch {
      throw .run(error)
    }
    return metrics
  }

  /// Writes measures that are not finite, so that whoever reads the run sees how it ended.
  ///
  /// The state stays that of the last full epoch. Where the line cannot be written the loss is still what
  /// ended the run, and what the caller is told.
  private mutating func recordDivergence(_ error: TrainingError) throws(RunError) {
    guard ranks.rank == 0 else { return }
    guard case .lossNotFinite(let epoch, let step, let rate) = error else { return }
    let metrics = EpochMetrics(
      epoch: epoch, step: trainer.step + step, learningRate: Double(rate), trainLoss: .nan,
      trainAccuracy: .nan, testLoss: .nan, testAccuracy: .nan, seconds: .nan)
    try directory.writeMetrics(directory.metrics.filter { $0.epoch < epoch } + [metrics])
  }

  private mutating func record(
    _ metrics: EpochMetrics, recordsCheckpoint: Bool
  ) throws(RunError) {
    let written = Result { () throws(RunError) in
      if ranks.rank == 0 { try write(metrics, recordsCheckpoint: recordsCheckpoint) }
    }
    try ranks.agreed(written, other: RunError.otherRank)
  }

  private mutating func write(
    _ metrics: EpochMetrics, recordsCheckpoint: Bool
  ) throws(RunError) {
    if recordsCheckpoint {
      let checkpoint = Checkpoint(
        trainer.network, epoch: metrics.epoch, classNames: classNames, vocabulary: vocabulary,
        normalization: normalization, run: directory.description.json)
      try directory.record(checkpoint, epoch: metrics.epoch)
    }
    let earlier = directory.metrics.filter { $0.epoch < metrics.epoch }
    try directory.writeMetrics(earlier + [metrics])
    try directory.write(trainer.state)
  }

  private static func trainer(
    for description: RunDescription, _ path: String, data: DataSet, state: TrainingState?,
    threads: Int, ranks: Ranks
  ) throws(RunError) -> Trainer {
    guard let hyperparameters = description.hyperparameters else {
      throw .notTrainable(path: path, missing: "hyper-parameters")
    }
    let normalization = try normalization(of: description, path)
    var random = RandomSource(seed: hyperparameters.seed)
    let network = Network(
      description.architecture, random: &random, within: hyperparameters.initialBound)
    do {
      return try Trainer(
        network, data: data, normalization: normalization, hyperparameters: hyperparameters,
        random: random, state: state, threads: threads, ranks: ranks)
    } catch {
      throw .data(path: path, error)
    }
  }

  private static func normalization(
    of description: RunDescription, _ path: String
  ) throws(RunError) -> Normalization {
    guard let normalization = description.data?.normalization else {
      throw .notTrainable(path: path, missing: "data set")
    }
    return normalization
  }

  private static func classNames(_ data: DataSet, _ architecture: Architecture) -> [String]? {
    data.classNames.count == architecture.classes ? data.classNames : nil
  }
}

extension TrainingState {
  /// What tells it from another state.
  fileprivate var fingerprint: [UInt8] {
    var hash = SHA256()
    hash.update(parameters)
    return Array("\(epoch) \(hash.hexDigest)".utf8)
  }
}

/// What can end a training run.
public enum TrainingRunError: Error {
  /// Training cannot go on.
  case training(TrainingError)
  /// The run cannot be written.
  case run(RunError)
}
