import HighwayNetworks
import Testing

/// What is said about the results of an experiment.
struct ExperimentSummaryTests {
  private func result(
    _ gating: Gating = .coupled, depth: Int = 10, rate: Float, seed: UInt64 = 1, loss: Double,
    error: Double = 0.5
  ) throws -> ExperimentResult {
    let trial = Trial(
      .stack(
        Trial.Stack(gating: gating, depth: depth, units: 2, activation: .tanh, gateBias: -2)),
      hyperparameters: Hyperparameters(learningRate: rate, seed: seed))
    let result = ExperimentResult(
      trial,
      metrics: [
        EpochMetrics(
          epoch: 0, step: 0, learningRate: 0, trainLoss: 2, trainAccuracy: 0.1, testLoss: 2,
          testAccuracy: 0.1, seconds: 0.5),
        EpochMetrics(
          epoch: 1, step: 10, learningRate: 0.1, trainLoss: loss, trainAccuracy: 0.5, testLoss: 1,
          testAccuracy: 1 - error, seconds: 1.5),
      ])
    return try #require(result)
  }

  @Test func settingsAreRankedByTrainingLossAndDivergedOnesComeLast() throws {
    let summary = ExperimentSummary([
      try result(rate: 0.3, loss: .nan), try result(rate: 0.1, loss: 0.5),
      try result(rate: 0.01, loss: 0.2),
    ])
    let group = try #require(summary.groups.first)
    #expect(summary.groups.count == 1)
    #expect(group.settings.map(\.first.trial.hyperparameters.learningRate) == [0.01, 0.1, 0.3])
    #expect(group.diverged == 1)
    #expect(group.best.first.seconds == 2)
  }

  @Test func aSettingIsJudgedByItsLeastSeedAlone() throws {
    let group = try #require(
      ExperimentSummary([
        try result(rate: 0.1, seed: 2, loss: 0.0), try result(rate: 0.1, seed: 1, loss: 0.5),
        try result(rate: 0.01, seed: 1, loss: 0.4),
      ]).groups.first)
    #expect(group.best.first.last.trainLoss == 0.4)
    #expect(group.settings[1].results.map(\.trial.hyperparameters.seed) == [1, 2])
  }

  @Test func theSpreadOverSeedsIsMeanAndSampleDeviation() throws {
    let group = try #require(
      ExperimentSummary([
        try result(rate: 0.1, seed: 1, loss: 1), try result(rate: 0.1, seed: 2, loss: 2),
        try result(rate: 0.1, seed: 3, loss: 6),
      ]).groups.first)
    let (mean, deviation) = group.best.spread { $0.trainLoss }
    #expect(mean == 3)
    // The squared distances 4, 1 and 9 over 2.
    #expect(deviation == 7.0.squareRoot())
    #expect(
      ExperimentSummary([try result(rate: 1, loss: 1)]).groups[0].best.spread { $0.testLoss }.std
        == nil)
  }

  @Test func theMeanOfTheBestLeavesDivergedOnesOut() throws {
    let group = try #require(
      ExperimentSummary([
        try result(rate: 0.1, loss: 1), try result(rate: 0.2, loss: 3),
        try result(rate: 0.3, loss: 8), try result(rate: 0.4, loss: .infinity),
      ]).groups.first)
    #expect(group.mean(ofBest: 2) { $0.trainLoss } == 2)
    #expect(group.mean(ofBest: 10) { $0.trainLoss } == 4)
  }

  @Test func groupsStandByGatingThenDepth() throws {
    let summary = ExperimentSummary([
      try result(.coupled, depth: 20, rate: 1, loss: 1),
      try result(.plain, depth: 20, rate: 1, loss: 1),
      try result(.coupled, depth: 10, rate: 1, loss: 1),
    ])
    #expect(
      summary.groups.map(\.subject) == [
        .stacks(.plain, depth: 20), .stacks(.coupled, depth: 10), .stacks(.coupled, depth: 20),
      ])
  }

  @Test func theBestSettingIsRepeatedWithTheNextSeeds() throws {
    let summary = ExperimentSummary([
      try result(rate: 0.1, seed: 5, loss: 1), try result(rate: 0.01, seed: 5, loss: 0.1),
      try result(.plain, rate: 0.1, loss: .nan),
    ])
    let trials = ExperimentPlan.repetitions(of: summary, seeds: 3)
    #expect(trials.map(\.hyperparameters.seed) == [5, 6, 7])
    #expect(
      trials.allSatisfy { $0.hyperparameters.learningRate == 0.01 && $0.stack?.gating == .coupled })
  }
}
