import HighwayNetworks
import Testing

/// Which cells an experiment has.
struct ExperimentPlanTests {
  private func plan(
    _ gatings: [Gating], _ search: ExperimentPlan.Search, seeds: [UInt64] = [1]
  ) -> ExperimentPlan {
    ExperimentPlan(
      gatings: gatings, depths: [10, 20], units: 50, search: search, seeds: seeds,
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
    let cells = plan(
      [.coupled, .plain],
      .grid(learningRates: [0.1, 0.01], gateBiases: [-1, -2, -4], activations: [.tanh, .relu]),
      seeds: [1, 2]
    ).cells
    // Plain layers have no gate bias to vary: 2 depths × 2 rates × 2 activations × 2 seeds.
    #expect(cells.count { $0.gating == .plain } == 16)
    #expect(cells.count { $0.gating == .coupled } == 48)
    #expect(Set(cells).count == cells.count)
    #expect(Set(cells.map(\.name)).count == cells.count)
  }

  @Test func aRandomSearchGivesAllGatingsTheSameSettings() {
    let cells = plan([.coupled, .plain], .random(runs: 30, seed: 7)).cells
    #expect(cells.count == 2 * 2 * 30)
    #expect(Set(cells.map(\.name)).count == cells.count)
    func settings(_ gating: Gating, _ depth: Int) -> [Hyperparameters] {
      cells.filter { $0.gating == gating && $0.depth == depth }.map(\.hyperparameters)
    }
    #expect(settings(.coupled, 10) == settings(.plain, 20))
    #expect(plan([.coupled, .plain], .random(runs: 30, seed: 7)).cells == cells)
    #expect(plan([.coupled, .plain], .random(runs: 30, seed: 8)).cells != cells)
  }

  @Test func randomSettingsLieInTheirRanges() {
    let cells = plan([.coupled], .random(runs: 200, seed: 1)).cells
    let rates = cells.map(\.hyperparameters.learningRate)
    #expect(rates.allSatisfy { (0.001...1).contains($0) })
    // On a logarithmic scale a third of them lies in each decade.
    #expect((80...190).contains(rates.count { $0 < 0.01 }))
    #expect((80...190).contains(rates.count { $0 > 0.1 }))
    #expect(cells.allSatisfy { (0.5...0.99).contains($0.hyperparameters.momentum) })
    #expect(cells.allSatisfy { (-10...(-1)).contains($0.gateBias) })
    #expect(Set(cells.map(\.activation)) == [.relu, .tanh])
    for cell in cells {
      guard case .exponential(let factor) = cell.hyperparameters.schedule else {
        Issue.record("a rate that does not decay")
        continue
      }
      #expect((0.9...1).contains(factor))
    }
  }

  @Test func aRunsDescriptionGivesItsCellBack() {
    let cells = plan(
      [.coupled, .plain, .frozen(p: 0.25), .full], .random(runs: 3, seed: 1)
    ).cells
    for cell in cells {
      let description = RunDescription(
        architecture: cell.architecture(input: Shape(features: 784), classes: 10),
        hyperparameters: cell.hyperparameters)
      #expect(ExperimentCell(description) == cell)
    }
  }

  @Test func aRunOfMixedLayersIsNoCell() {
    let mixed = Architecture(
      input: Shape(features: 4), classes: 2,
      layers: [
        .dense(units: 3, activation: .tanh),
        .highway(units: 3, activation: .tanh, gating: .residual, gateBias: nil),
        .highway(units: 3, activation: .tanh, gating: .plain, gateBias: nil),
      ])
    #expect(
      ExperimentCell(RunDescription(architecture: mixed, hyperparameters: Hyperparameters())) == nil
    )
  }
}
