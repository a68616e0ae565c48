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

  /// Reads what came of a run, or nil where it has no measures yet, or is not one of an experiment: a
  /// plain layer and highway layers of one kind, with known hyper-parameters.
  public init?(_ run: RunSummary) {
    guard let trial = Trial(run.description) else { return nil }
    self.init(trial, metrics: run.metrics)
  }
}

extension Trial {
  /// The trial that a run trains, or nil where it is not one of an experiment.
  public init?(_ description: RunDescription) {
    guard let hyperparameters = description.hyperparameters,
      let activation = description.architecture.layers.first?.activation,
      let second = description.architecture.layers.dropFirst().first, let gating = second.gating,
      let classes = description.architecture.classes
    else { return nil }
    let architecture = description.architecture
    let trial = Trial(
      gating: gating, depth: architecture.layers.count, units: architecture.width,
      activation: activation, gateBias: second.gateBias ?? 0, hyperparameters: hyperparameters)
    guard
      trial.architecture(input: architecture.input, classes: classes) == architecture
    else { return nil }
    self = trial
  }
}
