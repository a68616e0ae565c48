import HighwayNetworks
import Testing

@testable import ExplorerUI

/// The numbers behind each view.
@Suite struct NumberTableTests {
  private let network = SyntheticNetwork(layers: 3, units: 4, classes: 2)

  private func table(_ view: View, _ change: (inout ExplorerState) -> Void = { _ in }) -> [[String]]
  {
    var state = ExplorerState.ready(network, epochs: 4)
    state.display.view = view
    change(&state)
    return NumberTable(state).csv.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  @Test func overviewHasARowForEachUnit() throws {
    let rows = table(.overview)
    #expect(rows.count == 1 + 3 * 4)
    #expect(rows[0].prefix(4) == ["layer", "unit", "gateBias", "meanT"])
    let statistics = network.statistics(epoch: 4)
    #expect(rows[6][0] == "2" && rows[6][1] == "1")
    #expect(Float(rows[6][2]) == network.bias(1, 1, epoch: 4))
    #expect(Float(rows[6][3]) == statistics.layers[1].meanT[1])
  }

  @Test func sampleStandsBesideTheMean() throws {
    let rows = table(.sample)
    #expect(
      rows[0] == [
        "layer", "unit", "sampleT", "meanT", "stdT", "difference", "sampleC", "sampleH", "sampleY",
      ])
    #expect(rows.count == 1 + 3 * 4)
    let gate = network.record(sample: 0, epoch: 4).trace.layers[1].transformGate[1]
    let mean = network.statistics(epoch: 4).layers[1].meanT[1]
    #expect(rows[6].prefix(2) == ["2", "1"])
    #expect(Float(rows[6][2]) == gate && Float(rows[6][3]) == mean)
    #expect(Float(rows[6][5]) == gate - mean)
  }

  @Test func classesHaveTheirDeviations() throws {
    let rows = table(.classes)
    let layer = network.statistics(epoch: 4).layers[2]
    #expect(rows[0] == ["layer", "unit", "meanT", "classShare", "deviation0", "deviation1"])
    #expect(Float(rows[12][5]) == layer.classDeviation(3, class: 1))
  }

  @Test func cellsAddUpToTheUnits() throws {
    let rows = table(.cells)
    #expect(rows.count == 4)
    for row in rows.dropFirst() {
      let numbers = row.compactMap(Double.init)
      #expect((numbers[2] + numbers[3] + numbers[4] - 4).magnitude < 1e-9)
    }
  }

  @Test func trainingHasARowForEachEpoch() throws {
    let rows = table(.training)
    #expect(rows.dropFirst().map(\.[0]) == ["0", "1", "2", "3", "4"])
    #expect(Double(rows[3][3]) == network.metrics(2).trainLoss)
  }

  @Test func depthHasTheQuantitiesOfEachLayer() throws {
    let rows = table(.depth)
    let statistics = network.statistics(epoch: 4)
    #expect(rows.count == 4)
    #expect(Double(rows[2][1]) == statistics.layers[1].change)
    let products = statistics.carryProducts[1]
    #expect(Double(rows[2][2]) == products.reduce(0, +) / Double(products.count))
    #expect(Double(rows[2][3]) == statistics.layers[1].estimationErrorMean)
  }

  @Test func lesionsBeginWithTheIntactNetwork() throws {
    var state = ExplorerState.ready(network, epochs: 4)
    state.play([.terminal(.key(.character("5")))], with: network)
    let rows = NumberTable(state).csv.split(separator: "\n").map(String.init)
    #expect(rows.count == 1 + 1 + 3)
    let sweep = try #require(state.lesionSweep.value)
    #expect(rows[1].hasPrefix(",\(sweep.baseline.loss),"))
    #expect(rows[3].hasPrefix("2,\(sweep.layers[1].outcome.loss),"))
  }

  @Test func runsAreNamedInQuotes() throws {
    let state = ExplorerState.comparing()
    let rows = NumberTable(state).csv.split(separator: "\n").map(String.init)
    #expect(rows[1].hasPrefix("\"runs/coupled-4\",\"coupled\",5,"), "\(rows[1])")
  }

  @Test func whatIsNotThereIsEmpty() throws {
    let rows = table(.overview) { $0.results = AnswerStore() }
    #expect(rows[1][0...1] == ["1", "0"])
    #expect(rows[1][3] == "")
  }
}
