import HighwayNetworks
import Testing

/// Which trials an experiment has.
struct ExperimentPlanTests {
  private func plan(
    _ gatings: [Gating], _ search: ExperimentPlan.Search, seeds: [UInt64] = [1]
  ) -> ExperimentPlan {
    ExperimentPlan(
      .stacks(gatings: gatings, depths: [10, 20], units: 50), search: search, seeds: seeds,
      base: Hyperparameters())
  }

  @Test(arguments: [
    (Gating.coupled, 50), (.transformOnly, 50), (.carryOnly, 50), (.plain, 71), (.residual, 71),
    (.frozen(p: 0.5), 71), (.full, 41),
  ])
  func layersHaveAsManyParametersAsCoupledOnes(gating: Gating, units: Int) {
    #expect(gating.width(matchingCoupled: 50) == units)
    // No other width comes nearer to the 5,100 parameters of a coupled layer.
    func distance(_ width: Int) -> Int {
      abs(gating.partCount * (width * width + width) - 5_100)
    }
    #expect(distance(units) < distance(units - 1) && distance(units) < distance(units + 1))
  }

  @Test(arguments: 1...40) func theWidthIsNeverLessThanOne(units: Int) {
    #expect(Gating.full.width(matchingCoupled: units) >= 1)
    #expect(Gating.coupled.width(matchingCoupled: units) == units)
  }

  @Test func aGridHasEveryCombinationOnce() {
    let trials = plan(
      [.coupled, .plain],
      .grid(learningRates: [0.1, 0.01], gateBiases: [-1, -2, -4], activations: [.tanh, .relu]),
      seeds: [1, 2]
    ).trials
    // Plain layers have no gate bias to vary: 2 depths × 2 rates × 2 activations × 2 seeds.
    #expect(trials.count { $0.stack?.gating == .plain } == 16)
    #expect(trials.count { $0.stack?.gating == .coupled } == 48)
    #expect(Set(trials).count == trials.count)
    #expect(Set(trials.map(\.name)).count == trials.count)
  }

  @Test func aRandomSearchGivesAllGatingsTheSameSettings() {
    let trials = plan([.coupled, .plain], .random(runs: 30, seed: 7)).trials
    #expect(trials.count == 2 * 2 * 30)
    #expect(Set(trials.map(\.name)).count == trials.count)
    func settings(_ gating: Gating, _ depth: Int) -> [Hyperparameters] {
      trials.filter { $0.stack?.gating == gating && $0.depth == depth }.map(\.hyperparameters)
    }
    #expect(settings(.coupled, 10) == settings(.plain, 20))
    #expect(plan([.coupled, .plain], .random(runs: 30, seed: 7)).trials == trials)
    #expect(plan([.coupled, .plain], .random(runs: 30, seed: 8)).trials != trials)
  }

  @Test func randomSettingsLieInTheirRanges() {
    let trials = plan([.coupled], .random(runs: 200, seed: 1)).trials
    let rates = trials.map(\.hyperparameters.learningRate)
    #expect(rates.allSatisfy { (0.001...1).contains($0) })
    // On a logarithmic scale a third of them lies in each decade.
    #expect((80...190).contains(rates.count { $0 < 0.01 }))
    #expect((80...190).contains(rates.count { $0 > 0.1 }))
    #expect(trials.allSatisfy { (0.5...0.99).contains($0.hyperparameters.momentum) })
    #expect(trials.allSatisfy { (-10...(-1)).contains($0.stack?.gateBias ?? 0) })
    #expect(Set(trials.compactMap(\.stack?.activation)) == [.relu, .tanh])
    for trial in trials {
      guard case .exponential(let factor) = trial.hyperparameters.schedule else {
        Issue.record("a rate that does not decay")
        continue
      }
      #expect((0.9...1).contains(factor))
    }
  }

  @Test func aRunsDescriptionGivesItsCellBack() throws {
    let trials = plan(
      [.coupled, .plain, .frozen(p: 0.25), .full], .random(runs: 3, seed: 1)
    ).trials
    for trial in trials {
      let stack = try #require(trial.stack)
      let description = RunDescription(
        architecture: stack.architecture(input: Shape(features: 784), classes: 10),
        hyperparameters: trial.hyperparameters)
      #expect(Trial(description, name: "any") == trial)
    }
  }

  private let mixed = Architecture(
    input: Shape(features: 4), classes: 2,
    layers: [
      .dense(units: 3, activation: .tanh),
      .highway(units: 3, activation: .tanh, gating: .residual, gateBias: nil),
      .highway(units: 3, activation: .tanh, gating: .plain, gateBias: nil),
    ])

  @Test func aRunOfMixedLayersIsATrialOnlyByItsName() {
    let run = RunDescription(architecture: mixed, hyperparameters: Hyperparameters())
    #expect(Trial(run, name: "mixed") == nil)
    let trial = Trial(
      .described(Trial.Described(name: "mixed", architecture: mixed)),
      hyperparameters: Hyperparameters())
    #expect(trial.name == "mixed-lr0.01-m0.9-s0")
    #expect(Trial(run, name: trial.name) == trial)
    #expect(Trial(run, name: "mixed-lr0.2-m0.9-s0") == nil)
  }

  @Test func describedNetworksVaryByRateAndSeedAlone() {
    let trials = ExperimentPlan(
      .described([Trial.Described(name: "mixed", architecture: mixed)]),
      search: .grid(
        learningRates: [0.1, 0.01], gateBiases: [-1, -2], activations: [.tanh, .relu]),
      seeds: [1, 2], base: Hyperparameters()
    ).trials
    #expect(trials.count == 4 && Set(trials.map(\.name)).count == 4)
  }
}
