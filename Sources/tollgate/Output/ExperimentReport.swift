import HighwayNetworks
import TensorFiles

/// What `experiment` prints: a row for each gating and depth, or network.
struct ExperimentReport {
  let gathered: GatheredRuns
  /// The number of best settings that are averaged.
  let meanOf: Int

  private var groups: [ExperimentSummary.Group] { ExperimentSummary(gathered.results).groups }

  /// A table for people.
  var table: String {
    guard !gathered.results.isEmpty else { return problems + "no runs with recorded epochs\n" }
    let header = [
      "network", "depth", "settings", "diverged", "loss", "error", "seconds", "seeds",
      "loss by seed",
      "error by seed", "loss of \(meanOf)", "error of \(meanOf)", "best setting",
    ]
    let rows = groups.map { group in
      let best = group.best
      let loss = best.spread { $0.trainLoss }
      let error = best.spread { 100 * (1 - $0.testAccuracy) }
      return [
        group.title, "\(best.first.trial.depth)", "\(group.settings.count)", "\(group.diverged)",
        NumberFormat.fixed(best.first.last.trainLoss, 4),
        NumberFormat.fixed(100 * (1 - best.first.last.testAccuracy), 2),
        NumberFormat.fixed(best.first.seconds, 1), "\(best.results.count)",
        NumberFormat.fixed(loss.mean, 4)
          + (loss.std.map { " ± " + NumberFormat.fixed($0, 4) } ?? ""),
        NumberFormat.fixed(error.mean, 2)
          + (error.std.map { " ± " + NumberFormat.fixed($0, 2) } ?? ""),
        NumberFormat.fixed(group.mean(ofBest: meanOf) { $0.trainLoss }, 4),
        NumberFormat.fixed(group.mean(ofBest: meanOf) { 100 * (1 - $0.testAccuracy) }, 2),
        best.first.trial.settings,
      ]
    }
    return problems
      + """
      Final training loss in nats, test error in %, seconds of all epochs: of the setting with the \
      least training loss,
      then mean ± deviation of that setting over its seeds, then the mean of the best \(meanOf) \
      settings.


      """ + alignedTable([header] + rows)
  }

  /// A line for each group.
  var csv: String {
    let header = [
      "network", "depth", "units", "settings", "diverged", "trainLoss", "testLoss", "testError",
      "seconds", "seeds", "seedsTrainLossMean", "seedsTrainLossStd", "seedsTestErrorMean",
      "seedsTestErrorStd", "bestMeanTrainLoss", "bestMeanTestError", "run",
    ]
    return csvText([header] + groups.map(csvRow))
  }

  private func csvRow(_ group: ExperimentSummary.Group) -> [String] {
    let best = group.best
    let last = best.first.last
    let loss = best.spread { $0.trainLoss }
    let error = best.spread { 1 - $0.testAccuracy }
    let units = best.first.trial.stack?.units
    func text(_ value: (some CustomStringConvertible)?) -> String { value?.description ?? "" }
    let numbers: [Double] = [
      last.trainLoss, last.testLoss, 1 - last.testAccuracy, best.first.seconds,
    ]
    let spreads = [text(loss.mean), text(loss.std), text(error.mean), text(error.std)]
    let means = [
      group.mean(ofBest: meanOf) { $0.trainLoss },
      group.mean(ofBest: meanOf) { 1 - $0.testAccuracy },
    ]
    let counts = [best.first.trial.depth, units, group.settings.count, group.diverged]
    return [group.title] + counts.map(text)
      + numbers.map(text) + [text(best.results.count)] + spreads + means.map(text)
      + [best.first.trial.name]
  }

  /// One object: the groups, each with its settings, the best first.
  var json: String {
    JSON.members([
      ("meanOf", .integer(meanOf)),
      (
        "groups",
        .array(
          groups.map { group in
            .members([
              (group.isDescribed ? "network" : "gating", .string(group.title)),
              ("depth", .integer(group.best.first.trial.depth)),
              ("diverged", .integer(group.diverged)),
              ("bestMeanTrainLoss", .real(group.mean(ofBest: meanOf) { $0.trainLoss })),
              ("bestMeanTestError", .real(group.mean(ofBest: meanOf) { 1 - $0.testAccuracy })),
              (
                "settings",
                .array(group.settings.map { .array($0.results.map(document)) })
              ),
            ])
          })
      ),
      ("problems", .array(gathered.problems.map { .string($0) })),
    ]).text
  }

  private var problems: String { gathered.problems.map { "left out: \($0)\n" }.joined() }

  private func document(_ result: ExperimentResult) -> JSON {
    .members([
      ("run", .string(result.trial.name)),
      ("units", result.trial.stack.map { .integer($0.units) } ?? .null),
      ("seed", .integer(result.trial.hyperparameters.seed)),
      ("epoch", .integer(result.last.epoch)), ("diverged", .bool(result.diverged)),
      ("trainLoss", .real(result.last.trainLoss)),
      ("trainError", .real(1 - result.last.trainAccuracy)),
      ("testLoss", .real(result.last.testLoss)),
      ("testError", .real(1 - result.last.testAccuracy)), ("seconds", .real(result.seconds)),
    ])
  }
}

extension ExperimentSummary.Group {
  /// The gating, as it is written for `--gating`, or the network's name.
  fileprivate var title: String {
    switch subject {
    case .stacks(let gating, _): gating.argument
    case .described(let described): described.name.excerpt
    }
  }

  fileprivate var isDescribed: Bool { if case .described = subject { true } else { false } }
}

extension Trial {
  /// What was searched for, in short.
  fileprivate var settings: String {
    var parts = ["lr \(hyperparameters.learningRate)", "m \(hyperparameters.momentum)"]
    if case .exponential(let factor) = hyperparameters.schedule { parts.append("×\(factor)") }
    if let stack { parts.insert(stack.activation.rawValue, at: 0) }
    if let stack, stack.gating.learnsGates { parts.append("b \(stack.gateBias)") }
    return parts.joined(separator: " ")
  }
}
