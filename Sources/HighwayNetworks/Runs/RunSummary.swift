/// What a run's small files say, for setting runs side by side: no tensor is read.
public struct RunSummary: Hashable, Sendable {
  /// Where the run is.
  public let path: String
  /// What run.json says.
  public let description: RunDescription
  /// The lines of metrics.jsonl, by epoch.
  public let metrics: [EpochMetrics]
  /// The epochs of which there is a checkpoint, in order.
  public let recordedEpochs: [Int]
  /// The number of parameters.
  public let parameters: Int
  /// What is wrong with the first line of metrics.jsonl that cannot be read; nil where all can.
  public let metricsProblem: RunError?
  /// How many lines of metrics.jsonl cannot be read and are left out.
  public let unreadableMetrics: Int

  /// Sums up a run that is open.
  public init(_ run: RunDirectory) {
    self.init(
      path: run.path, description: run.description, metrics: run.metrics,
      recordedEpochs: run.epochs, metricsProblem: run.metricsProblem,
      unreadableMetrics: run.unreadableMetrics)
  }

  /// Sums up what is known about a run.
  public init(
    path: String, description: RunDescription, metrics: [EpochMetrics], recordedEpochs: [Int],
    metricsProblem: RunError? = nil, unreadableMetrics: Int = 0
  ) {
    self.path = path
    self.description = description
    self.metrics = metrics
    self.recordedEpochs = recordedEpochs
    self.metricsProblem = metricsProblem
    self.unreadableMetrics = unreadableMetrics
    parameters = ParameterLayout(description.architecture).count
  }

  /// Reads run.json and metrics.jsonl, and the names of the checkpoints.
  ///
  /// - Throws: ``RunError`` where the directory is no run, or one of the two files is wrong.
  public static func read(_ path: String) throws(RunError) -> RunSummary {
    RunSummary(try RunDirectory.open(path))
  }

  /// The name of the run's directory.
  public var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  /// The number of layers before the output, as the papers count it.
  public var depth: Int { description.architecture.layers.count }

  /// The gating that all highway layers share; plain without highway layers, nil where they differ.
  public var gating: Gating? {
    let gatings = gatings
    guard let first = gatings.first else { return .plain }
    return gatings.allSatisfy { $0 == first } ? first : nil
  }

  /// Whether any transform gate is learned; where none is, T is the same for every sample and unit.
  public var learnsTransformGates: Bool { gatings.contains(where: \.learnsTransformGate) }

  /// The width of the widest layer.
  public var units: Int { description.architecture.width }

  /// The last epoch of which there are measures.
  public var last: EpochMetrics? { metrics.last }

  /// The first epoch with the least test loss; nil where no test loss is finite.
  public var leastTestLoss: EpochMetrics? {
    metrics.filter(\.testLoss.isFinite).min { $0.testLoss < $1.testLoss }
  }

  /// The first epoch with the greatest test accuracy, which need not be that of the least loss; nil where
  /// none is finite.
  public var greatestTestAccuracy: EpochMetrics? {
    metrics.filter(\.testAccuracy.isFinite).reduce(nil) { best, epoch in
      best.map { $0.testAccuracy >= epoch.testAccuracy } ?? false ? best : epoch
    }
  }

  /// How long all epochs took together, in seconds.
  public var seconds: Double { metrics.totalSeconds }

  /// Whether training ended in a loss that is not finite.
  public var diverged: Bool { last.map { $0.epoch > 0 && !$0.trainLoss.isFinite } ?? false }

  /// Whether two runs were trained on the same samples, as far as their descriptions tell.
  public func sharesData(with other: RunSummary) -> Bool {
    guard let own = description.data, let others = other.description.data else {
      return description.data == other.description.data
    }
    return own.name == others.name && own.trainingExamples == others.trainingExamples
      && (own.files == others.files || own.files.isEmpty || others.files.isEmpty)
  }

  private var gatings: [Gating] {
    description.architecture.layers.compactMap(\.gating)
  }
}

extension [EpochMetrics] {
  /// How long the epochs took together, in seconds; what was not measured counts as nothing.
  public var totalSeconds: Double {
    reduce(0) { $0 + ($1.seconds.isFinite ? $1.seconds : 0) }
  }
}
