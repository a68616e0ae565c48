import Testing

@testable import HighwayNetworks

/// Training of recurrent networks on sequences of different lengths.
@Suite struct SequenceTrainerTests {
  /// Sequences of 2 to 5 steps of 2 values, whose class is whether the first value of the first step is above that of
  /// the last; or each step's class is whether its first value is above a half.
  private func data(isTagged: Bool) -> DataSet {
    var random = RandomSource(seed: 9)
    func list(_ count: Int) -> SequenceList {
      var list = SequenceList(features: 2)
      for example in 0..<count {
        let steps = (0..<2 + example % 4).map { _ in [random.uniform(), random.uniform()] }
        let tags = steps.map { $0[0] > 0.5 ? Int32(1) : 0 }
        let label: Int32 = steps[0][0] > steps[steps.count - 1][0] ? 1 : 0
        list.append(steps.flatMap { $0 }, labels: isTagged ? tags : [label])
      }
      return list
    }
    return DataSet(
      name: "steps", shape: .sequence(steps: 5, features: 2), classNames: ["down", "up"],
      train: list(120).split(steps: 5), test: list(20).split(steps: 5))
  }

  private func trainer(
    isTagged: Bool = false, threads: Int = 2, state: TrainingState? = nil, ranks: Ranks = .alone
  ) throws -> Trainer {
    let task = isTagged ? "tag-sequence" : "classify-sequence"
    let end = isTagged ? "" : #",{"kind":"final-state"}"#
    let architecture = try Architecture(
      json: """
        {"input":[2],"task":"\(task)","classes":2,"layers":[{"kind":"lstm","units":3,"peephole":true},\
        {"kind":"hlstm","units":3}\(end)]}
        """)
    var random = RandomSource(seed: 3)
    let network = Network(architecture, random: &random)
    return try Trainer(
      network, data: data(isTagged: isTagged), normalization: Normalization(),
      hyperparameters: Hyperparameters(
        batchSize: 110, learningRate: 0.05, optimizer: .adam(), clipNorm: 1, seed: 5),
      random: random, state: state, threads: threads, ranks: ranks)
  }

  @Test(arguments: [false, true])
  func anyNumberOfThreadsGivesTheSameBits(isTagged: Bool) throws {
    let one = try trainer(isTagged: isTagged, threads: 1)
    let many = try trainer(isTagged: isTagged, threads: 3)
    for _ in 0..<2 { #expect(try one.trainEpoch() != nil && many.trainEpoch() != nil) }
    #expect(one.state == many.state)
  }

  @Test func anyNumberOfRanksGivesTheSameBits() throws {
    let one = try trainer(isTagged: true, threads: 1)
    _ = try one.trainEpoch()
    let many = try ThreadRanks.run(2) { ranks in
      let trainer = try trainer(isTagged: true, threads: 1, ranks: ranks)
      _ = try trainer.trainEpoch()
      return trainer.state
    }
    for state in many { #expect(state == one.state) }
  }

  @Test func continuingFromAStateGivesTheSameBits() throws {
    let whole = try trainer()
    _ = try whole.trainEpoch()
    let state = whole.state
    _ = try whole.trainEpoch()
    let continued = try trainer(state: state)
    _ = try continued.trainEpoch()
    #expect(continued.state == whole.state)
  }

  @Test func stepsAreLearnedByTheirTags() throws {
    let trainer = try trainer(isTagged: true)
    let before = trainer.evaluate()
    var last = before
    for _ in 0..<20 { last = try #require(try trainer.trainEpoch()) }
    #expect(last.testAccuracy > 0.8 && last.trainLoss < before.trainLoss)
  }

  @Test func classesOfStepsDoNotGoWithANetworkForSequences() throws {
    let network = Network(try trainer().network.architecture)
    #expect(throws: SamplesError.wrongTask(expected: .classifySequence, data: "steps")) {
      try Samples.check(
        data(isTagged: true), for: network.architecture, normalization: Normalization())
    }
  }
}
