/// What came of a cell, read from its run directory alone.
public struct ExperimentResult: Hashable, Sendable {
  /// What was trained.
  public let cell: ExperimentCell
  /// The last epoch of which there are measures.
  public let last: EpochMetrics
  /// How long all epochs took together, in seconds.
  public let seconds: Double
  /// Whether a loss was not finite, which ends a run.
  public var diverged: Bool { !last.trainLoss.isFinite }

  /// Sums up a cell's measures, or nil where there are none yet.
  public init?(_ cell: ExperimentCell, metrics: [EpochMetrics]) {
    guard let last = metrics.last else { return nil }
    self.cell = cell
    self.last = last
    seconds = metrics.totalSeconds
  }

  /// Reads what came of a run, or nil where it has no measures yet, or is not one of an experiment: a
  /// plain layer and highway layers of one kind, with known hyper-parameters.
  public init?(_ run: RunSummary) {
    guard let cell = ExperimentCell(run.description) else { return nil }
    self.init(cell, metrics: run.metrics)
  }
}

extension ExperimentCell {
  /// The cell that a run trains, or nil where it is not one of an experiment.
  public init?(_ description: RunDescription) {
    guard let hyperparameters = description.hyperparameters,
      let activation = description.architecture.layers.first?.activation,
      let second = description.architecture.layers.dropFirst().first, let gating = second.gating,
      let classes = description.architecture.classes
    else { return nil }
    let architecture = description.architecture
    let cell = ExperimentCell(
      gating: gating, depth: architecture.layers.count, units: architecture.width,
      activation: activation, gateBias: second.gateBias ?? 0, hyperparameters: hyperparameters)
    guard
      cell.architecture(input: architecture.input, classes: classes) == architecture
    else { return nil }
    self = cell
  }
}
