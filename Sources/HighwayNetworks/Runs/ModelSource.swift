import TensorFiles

/// A network and what is known about it: a run directory, one checkpoint, or a network in no file yet.
public struct ModelSource: Sendable {
  /// Where the parameters of recorded epochs are.
  private enum Origin: Sendable {
    case run(RunDirectory)
    case checkpoint(Checkpoint)
  }

  private let origin: Origin
  /// How a checkpoint of another program was read.
  private var choice = StackChoice()

  /// The path as it was given; empty where the network lies in no file yet.
  public let path: String
  /// What the network is made of.
  public private(set) var architecture: Architecture
  /// What run.json says, or the copy of it in a checkpoint.
  public let description: RunDescription?
  /// How pixels become inputs; nil where no file says so.
  public let normalization: Normalization?
  /// The names of the classes, where they are known.
  public let classNames: [String]?
  /// What a network that reads a text tells apart, where the files say it.
  public let vocabulary: Vocabulary?
  /// The recorded epochs, in order; one for a checkpoint.
  public let epochs: [Int]
  /// What was recorded about epochs.
  public let metrics: [EpochMetrics]

  /// The files that other programs name a network's parameters by, in a directory of its own.
  private static let modelFiles = ["model.safetensors", "model.safetensors.index.json"]

  /// Opens a run directory, a checkpoint, or a directory that is no run and holds a checkpoint of the usual name.
  ///
  /// An architecture that is given is that of a checkpoint, and a choice how it is read where another program wrote
  /// it; a run has its own.
  ///
  /// - Throws: ``RunError`` where there is neither, what is there is wrong, or a run has no epoch yet.
  public init(
    _ path: String, architecture: Architecture? = nil, choice: StackChoice = StackChoice()
  ) throws(RunError) {
    var path = path
    if Directory.exists(path) {
      do throws(RunError) {
        let run = try RunDirectory.open(path)
        guard !run.epochs.isEmpty else { throw .noEpoch(path: path) }
        self.init(run, path: path)
        return
      } catch {
        let names = (try? Directory.names(in: path)) ?? []
        guard case .notARun = error, let file = Self.modelFiles.first(where: names.contains) else {
          throw error
        }
        path += "/" + file
      }
    }
    do {
      self.init(
        try Checkpoint.read(path, architecture: architecture, choice: choice), path: path)
      self.choice = choice
    } catch {
      throw .checkpoint(error)
    }
  }

  /// Takes a new network, which lies in no file yet, as its epoch 0.
  public init(new checkpoint: Checkpoint, _ metrics: EpochMetrics) {
    self.init(checkpoint, path: "", [metrics])
  }

  private init(_ run: RunDirectory, path: String) {
    origin = .run(run)
    self.path = path
    architecture = run.description.architecture
    description = run.description
    normalization = run.description.data?.normalization
    classNames = run.description.data?.classNames
    vocabulary = run.vocabulary
    epochs = run.epochs
    metrics = run.metrics
  }

  private init(_ checkpoint: Checkpoint, path: String, _ metrics: [EpochMetrics] = []) {
    // A copy that cannot be read counts as missing: the network does not depend on it.
    let description = checkpoint.run.flatMap { try? RunDescription(json: $0) }
    origin = .checkpoint(checkpoint)
    self.path = path
    architecture = checkpoint.network.architecture
    self.description = description
    normalization = checkpoint.normalization ?? description?.data?.normalization
    classNames = checkpoint.classNames ?? description?.data?.classNames
    vocabulary = checkpoint.vocabulary
    epochs = [checkpoint.epoch ?? 0]
    self.metrics = metrics
  }

  /// What a text is cut into for the network.
  package var textUnit: TextUnit { vocabulary?.unit ?? .words }

  /// Whether the network lies in no file yet.
  public var isNew: Bool { path.isEmpty }

  /// The run, where it is one.
  public var run: RunDirectory? { if case .run(let run) = origin { run } else { nil } }

  /// The name of the data set that the network was trained on.
  public var dataName: String? { description?.data?.name }

  /// Where the network comes from, if another program wrote its file.
  public var stackOrigin: StackOrigin? {
    if case .checkpoint(let checkpoint) = origin { checkpoint.origin } else { nil }
  }

  /// Opens the checkpoint of another program once more, its gate taken for one of the carry where it was taken for one
  /// of the transform, or the other way about; what was said so before is taken back.
  ///
  /// - Throws: ``RunError`` where it cannot be opened.
  public func flippingGate() throws(RunError) -> ModelSource {
    guard let gate = stackOrigin?.gate else { return self }
    var flipped = choice
    flipped.gate = nil
    let taken = try ModelSource(path, choice: flipped)
    if taken.stackOrigin?.gate != gate { return taken }
    flipped.gate = gate == .transform ? .carry : .transform
    return try ModelSource(path, choice: flipped)
  }

  /// A recorded epoch's number as the files tell it; a checkpoint by itself may not.
  public func knownEpoch(_ epoch: Int) -> Int? {
    if case .checkpoint(let checkpoint) = origin { checkpoint.epoch } else { epoch }
  }

  /// The path of the file of a recorded epoch.
  public func checkpointPath(epoch: Int) -> String {
    run.map { $0.checkpointPath(epoch: epoch) ?? $0.path } ?? path
  }

  /// The checkpoint of a recorded epoch.
  ///
  /// - Throws: ``RunError`` where its file cannot be read or is wrong.
  public func checkpoint(epoch: Int) throws(RunError) -> Checkpoint {
    switch origin {
    case .checkpoint(let checkpoint): return checkpoint
    case .run(let run):
      // Another program may have recorded the epoch since the run was opened.
      let now = run.epochs.contains(epoch) ? run : try RunDirectory.open(run.path)
      return try now.checkpoint(epoch: epoch)
    }
  }

  /// The network after a recorded epoch.
  ///
  /// - Throws: As ``checkpoint(epoch:)``.
  public func network(epoch: Int) throws(RunError) -> Network {
    try checkpoint(epoch: epoch).network.fitted(to: architecture.input)
  }

  /// The same with room for data of another length or extent; see ``Architecture/fitted(to:)``.
  public func fitted(to data: Shape) -> ModelSource {
    var other = self
    other.architecture = architecture.fitted(to: data)
    return other
  }
}
