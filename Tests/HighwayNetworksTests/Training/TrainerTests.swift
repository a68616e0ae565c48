import Testing

@testable import HighwayNetworks

@Suite struct TrainerTests {
  private func trainer(
    threads: Int, train: Int = 230, batchSize: Int = 210, learningRate: Float = 0.3,
    resuming state: TrainingState? = nil, ranks: Ranks = .alone
  ) throws -> Trainer {
    var random = RandomSource(seed: 3)
    let network = Network(Tiny.architecture(), random: &random)
    return try Trainer(
      network, data: Tiny.data(train: train, test: 40), normalization: Normalization(),
      hyperparameters: Hyperparameters(
        batchSize: batchSize, learningRate: learningRate, momentum: 0.9, nesterov: true,
        weightDecay: 1e-4),
      random: random, state: state, threads: threads, ranks: ranks)
  }

  @Test func learnsToTellTheClassesApart() throws {
    let trainer = try trainer(threads: 2, batchSize: 20)
    let before = trainer.evaluate()
    #expect(before.testAccuracy < 0.7)
    var metrics: EpochMetrics?
    for _ in 0..<8 { metrics = try trainer.trainEpoch() }
    let after = try #require(metrics)
    #expect(after.epoch == 8 && after.step == 8 * 12)
    #expect(after.testAccuracy > 0.95 && after.trainLoss < before.trainLoss / 2)
  }

  // A batch of 210 has four shards, and the last batch of 20 fewer examples than a shard of those.
  @Test(arguments: [2, 3, 4])
  func anyNumberOfThreadsGivesTheSameBits(_ threads: Int) throws {
    let one = try trainer(threads: 1)
    let many = try trainer(threads: threads)
    for _ in 0..<2 {
      let metrics = try one.trainEpoch()
      let others = try many.trainEpoch()
      #expect(metrics?.trainLoss == others?.trainLoss)
      #expect(metrics?.testLoss == others?.testLoss)
    }
    #expect(one.network.parameters == many.network.parameters)
  }

  // Of 8 ranks, four have a shard; 2 have two threads each.
  @Test(arguments: [(2, 2), (3, 1), (8, 1)])
  func anyNumberOfRanksGivesTheSameBits(_ count: Int, threads: Int) throws {
    let one = try trainer(threads: 1)
    let expected = try (0..<2).map { _ in try one.trainEpoch() }
    let many = try ThreadRanks.run(count) { ranks in
      let trainer = try trainer(threads: threads, ranks: ranks)
      let metrics = try (0..<2).map { _ in try trainer.trainEpoch() }
      return (trainer.state, metrics)
    }
    for (state, metrics) in many {
      #expect(state == one.state)
      #expect(metrics.map(\.?.trainLoss) == expected.map(\.?.trainLoss))
      #expect(metrics.map(\.?.testLoss) == expected.map(\.?.testLoss))
      #expect(metrics.allSatisfy { $0?.exchangeSeconds != nil })
    }
  }

  @Test func oneRankThatIsToStopStopsAll() throws {
    let whole = try trainer(threads: 2, batchSize: 100)
    _ = try whole.trainEpoch()
    let many = try ThreadRanks.run(3) { ranks in
      let trainer = try trainer(threads: 1, batchSize: 100, ranks: ranks)
      let first = try trainer.trainEpoch { progress, _ in ranks.rank != 1 || progress.step < 1 }
      // The last rank has the only batch of test images.
      let second = try trainer.trainEpoch(evaluation: { _ in ranks.rank != 2 })
      _ = try trainer.trainEpoch()
      return (first == nil && second == nil, trainer.state)
    }
    for (isStopped, state) in many { #expect(isStopped && state == whole.state) }
  }

  @Test func aLossThatIsNotFiniteEndsTrainingOnAllRanks() throws {
    let errors = try ThreadRanks.run(2) { ranks -> TrainingError in
      let trainer = try trainer(threads: 1, learningRate: 1e30, ranks: ranks)
      do throws(TrainingError) {
        while true { _ = try trainer.trainEpoch() }
      } catch {
        return error
      }
    }
    #expect(errors.count == 2 && errors[0] == errors[1])
  }

  @Test func continuingFromAStateGivesTheSameBits() throws {
    let whole = try trainer(threads: 2, batchSize: 32)
    _ = try whole.trainEpoch()
    let state = whole.state
    _ = try whole.trainEpoch()
    let resumed = try trainer(threads: 2, batchSize: 32, resuming: state)
    #expect(resumed.epoch == 1 && resumed.step == 8)
    _ = try resumed.trainEpoch()
    #expect(resumed.network.parameters == whole.network.parameters)
    #expect(resumed.state == whole.state)
  }

  @Test func theLastStepOfAnEpochMustBeFiniteToo() throws {
    // The loss of the only step is that of the initialization.
    let trainer = try trainer(threads: 1, batchSize: 230, learningRate: .infinity)
    let before = trainer.state
    let error = TrainingError.lossNotFinite(epoch: 1, step: 1, learningRate: .infinity)
    #expect(throws: error) { try trainer.trainEpoch() }
    #expect(trainer.epoch == 0 && trainer.state == before)
    #expect(trainer.network.parameters == before.parameters)
  }

  @Test func anInterruptedEpochGoesOnWhereItStopped() throws {
    let whole = try trainer(threads: 2, batchSize: 32)
    let expected = try whole.trainEpoch()
    let stopped = try trainer(threads: 2, batchSize: 32)
    #expect(try stopped.trainEpoch { progress, _ in progress.step < 3 } == nil)
    #expect(stopped.epoch == 0 && stopped.state.epoch == 0)
    var steps: [Int] = []
    let metrics = try stopped.trainEpoch { progress, _ in
      steps.append(progress.step)
      return true
    }
    #expect(steps == [4, 5, 6, 7, 8])
    #expect(metrics?.trainLoss == expected?.trainLoss)
    #expect(stopped.network.parameters == whole.network.parameters)
  }

  @Test func anInterruptedEvaluationIsDoneAgain() throws {
    let whole = try trainer(threads: 2, batchSize: 32)
    let expected = try whole.trainEpoch()
    let stopped = try trainer(threads: 2, batchSize: 32)
    #expect(try stopped.trainEpoch(evaluation: { _ in false }) == nil)
    #expect(stopped.epoch == 0 && stopped.state.epoch == 0)
    var steps = 0
    let metrics = try stopped.trainEpoch(progress: { _, _ in
      steps += 1
      return true
    })
    #expect(steps == 0 && metrics?.testLoss == expected?.testLoss && stopped.epoch == 1)
    #expect(stopped.state == whole.state)
  }

  @Test func progressSeesTheParametersMove() throws {
    let trainer = try trainer(threads: 2, batchSize: 50)
    var seen: [[Float]] = [trainer.network.parameters]
    _ = try trainer.trainEpoch { _, parameters in
      seen.append(parameters())
      return true
    }
    #expect(seen.count == 6)
    for (before, after) in zip(seen, seen.dropFirst()) { #expect(before != after) }
    #expect(seen.last == trainer.network.parameters)
  }

  @Test func aLossThatIsNotFiniteEndsTrainingAndKeepsTheLastGoodEpoch() throws {
    let trainer = try trainer(threads: 2, batchSize: 20, learningRate: 1e30)
    let before = trainer.network.parameters
    #expect {
      _ = try trainer.trainEpoch()
    } throws: { error in
      guard case .lossNotFinite(let epoch, let step, let rate)? = error as? TrainingError else {
        return false
      }
      return epoch == 1 && step > 1 && rate == 1e30
    }
    #expect(trainer.network.parameters == before)
  }

  @Test func learningRatesFollowTheirSchedule() {
    let rates = { (schedule: LearningRateSchedule) in
      (1...4).map { Hyperparameters(learningRate: 8, schedule: schedule).learningRate(epoch: $0) }
    }
    #expect(rates(.constant) == [8, 8, 8, 8])
    #expect(rates(.exponential(factor: 0.5)) == [8, 4, 2, 1])
    #expect(rates(.steps(after: [1, 3], factor: 0.5)) == [8, 4, 4, 2])
  }
}
