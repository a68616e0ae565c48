/// The results of an experiment by gating and depth.
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

  /// All settings of one gating and depth.
  public struct Group: Hashable, Sendable {
    /// The gating.
    public let gating: Gating
    /// The depth.
    public let depth: Int
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

  /// The groups by gating, then depth, in the order of the papers' presentation.
  public let groups: [Group]

  /// Groups results.
  public init(_ results: [ExperimentResult]) {
    var byGroup: [GroupKey: [Trial: [ExperimentResult]]] = [:]
    for result in results {
      let key = GroupKey(gating: result.trial.gating, depth: result.trial.depth)
      var setting = result.trial
      setting.hyperparameters.seed = 0
      byGroup[key, default: [:]][setting, default: []].append(result)
    }
    groups =
      byGroup.map { key, settings in
        Group(
          gating: key.gating, depth: key.depth,
          settings: settings.values.map { results in
            Setting(
              results: results.sorted {
                $0.trial.hyperparameters.seed < $1.trial.hyperparameters.seed
              })
          }.sorted { $0.rank < $1.rank })
      }.sorted { ($0.gating.order, $0.depth) < ($1.gating.order, $1.depth) }
  }

  private struct GroupKey: Hashable {
    let gating: Gating
    let depth: Int
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
  /// The trials that train the best setting of each gating and depth with further seeds.
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
