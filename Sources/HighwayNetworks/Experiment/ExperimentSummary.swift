/// The results of an experiment by gating and depth, or by network.
public struct ExperimentSummary: Hashable, Sendable {
  /// A setting, trained with one seed or more.
  public struct Setting: Hashable, Sendable {
    /// The results by seed, the least seed first; never empty.
    public fileprivate(set) var results: [ExperimentResult]

    /// The result that the setting is judged by: that of the least seed.
    ///
    /// The other seeds then say how far it can be trusted, since nothing was chosen by them.
    public var first: ExperimentResult { results[0] }

    /// Mean and sample standard deviation over the seeds; the deviation is nil for a single seed.
    public func spread(of measure: (EpochMetrics) -> Double) -> (mean: Double, std: Double?) {
      let values = results.map { measure($0.last) }
      let mean = values.reduce(0, +) / Double(values.count)
      guard values.count > 1 else { return (mean, nil) }
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return (mean, (squares / Double(values.count - 1)).squareRoot())
    }
  }

  /// What a group's networks have in common.
  public enum Subject: Hashable, Sendable {
    /// A gating and a depth.
    case stacks(Gating, depth: Int)
    /// The description.
    case described(Trial.Described)
  }

  /// All settings of one gating and depth, or of one network.
  public struct Group: Hashable, Sendable {
    /// What was trained.
    public let subject: Subject
    /// The settings, the least training loss first, those that diverged last.
    public let settings: [Setting]

    /// The setting with the least training loss.
    public var best: Setting { settings[0] }
    /// The number of settings whose loss was not finite.
    public var diverged: Int { settings.count { $0.first.diverged } }

    /// The mean of a measure over the best settings that did not diverge; NaN where there is none.
    public func mean(ofBest count: Int, _ measure: (EpochMetrics) -> Double) -> Double {
      let best = settings.filter { !$0.first.diverged }.prefix(count)
      return best.reduce(0) { $0 + measure($1.first.last) } / Double(best.count)
    }
  }

  /// The groups by gating, then depth, in the order of the papers' presentation; other networks by name.
  public let groups: [Group]

  /// Groups results.
  public init(_ results: [ExperimentResult]) {
    var bySubject: [Subject: [Trial: [ExperimentResult]]] = [:]
    for result in results {
      var setting = result.trial
      setting.hyperparameters.seed = 0
      bySubject[Subject(result.trial), default: [:]][setting, default: []].append(result)
    }
    groups =
      bySubject.map { subject, settings in
        Group(
          subject: subject,
          settings: settings.values.map { results in
            Setting(
              results: results.sorted {
                $0.trial.hyperparameters.seed < $1.trial.hyperparameters.seed
              })
          }.sorted { $0.rank < $1.rank })
      }.sorted { $0.subject.rank < $1.subject.rank }
  }
}

extension ExperimentSummary.Subject {
  fileprivate init(_ trial: Trial) {
    switch trial.network {
    case .stack(let stack): self = .stacks(stack.gating, depth: stack.depth)
    case .described(let described): self = .described(described)
    }
  }

  fileprivate var rank: (Float, Int, String) {
    switch self {
    case .stacks(let gating, let depth): (gating.order, depth, "")
    case .described(let described): (.infinity, 0, described.name)
    }
  }
}

extension ExperimentSummary.Setting {
  /// By loss; equal ones by name, so that the order never depends on that of the directories.
  fileprivate var rank: (Double, String) {
    (first.diverged ? .infinity : first.last.trainLoss, first.trial.name)
  }
}

extension Gating {
  fileprivate var order: Float {
    switch self {
    case .plain: 0
    case .residual: 1
    case .frozen(let p): 2 + p
    case .coupled: 4
    case .full: 5
    case .transformOnly: 6
    case .carryOnly: 7
    }
  }
}

extension ExperimentPlan {
  /// The trials that train the best setting of each group with further seeds.
  ///
  /// - Parameters:
  ///   - summary: What came of the plan's own trials.
  ///   - seeds: The number of seeds of each best setting in all, counted up from the least.
  /// - Returns: The trials, those that are trained already among them.
  public static func repetitions(of summary: ExperimentSummary, seeds: Int) -> [Trial] {
    summary.groups.filter { !$0.best.first.diverged }.flatMap { group in
      let first = group.best.first.trial
      return (0..<UInt64(max(0, seeds))).map { offset in
        var trial = first
        trial.hyperparameters.seed &+= offset
        return trial
      }
    }
  }
}
