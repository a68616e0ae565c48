/// What came of a trial, read from its run directory alone.
public struct ExperimentResult: Hashable, Sendable {
  /// What was trained.
  public let trial: Trial
  /// The last epoch of which there are measures.
  public let last: EpochMetrics
  /// How long all epochs took together, in seconds.
  public let seconds: Double
  /// Whether a loss was not finite, which ends a run.
  public var diverged: Bool { !last.trainLoss.isFinite }

  /// Sums up a trial's measures, or nil where there are none yet.
  public init?(_ trial: Trial, metrics: [EpochMetrics]) {
    guard let last = metrics.last else { return nil }
    self.trial = trial
    self.last = last
    seconds = metrics.totalSeconds
  }

  /// Reads what came of a run, or nil where it has no measures yet, or is not one of an experiment.
  public init?(_ run: RunSummary) {
    guard let trial = Trial(run.description, name: run.name) else { return nil }
    self.init(trial, metrics: run.metrics)
  }
}

extension Trial {
  /// The trial that a run trains, or nil where it is not one of an experiment.
  ///
  /// A network of other layers than a stack's is one of an experiment where its run's name says so.
  public init?(_ description: RunDescription, name: String) {
    guard let hyperparameters = description.hyperparameters else { return nil }
    if let stack = Stack(description.architecture) {
      self.init(.stack(stack), hyperparameters: hyperparameters)
      return
    }
    // What comes after the network's own name is the same for every trial of these settings.
    let unnamed = Described(name: "", architecture: description.architecture)
    let ending = Trial(.described(unnamed), hyperparameters: hyperparameters).name
    guard name.hasSuffix(ending), name.utf8.count > ending.utf8.count else { return nil }
    let described = Described(
      name: String(name.dropLast(ending.count)), architecture: description.architecture)
    self.init(.described(described), hyperparameters: hyperparameters)
  }
}

extension Trial.Stack {
  /// The stack that a network is: a plain layer and highway layers of one kind; nil for another.
  fileprivate init?(_ architecture: Architecture) {
    guard let activation = architecture.layers.first?.activation,
      let second = architecture.layers.dropFirst().first, let gating = second.gating,
      let classes = architecture.classes
    else { return nil }
    self.init(
      gating: gating, depth: architecture.layers.count, units: architecture.width,
      activation: activation, gateBias: second.gateBias ?? 0)
    guard self.architecture(input: architecture.input, classes: classes) == architecture else {
      return nil
    }
  }
}
