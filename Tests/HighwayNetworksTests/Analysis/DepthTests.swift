import Testing

@testable import HighwayNetworks

@Suite struct DepthTests {
  private func layer(
    _ number: Int, bias: [Float]?, meanT: [Float], gating: Gating = .coupled
  )
    -> LayerStatistics
  {
    let zeros = [Float](repeating: 0, count: meanT.count)
    return LayerStatistics(
      layer: number, run: number < 3 ? 0 : 1, gating: gating, gateBias: bias,
      signals: [
        SignalStatistics(
          signal: .transformGate, mean: meanT, std: zeros, minimum: zeros, maximum: zeros,
          histogram: [], groupMean: [], groupShare: zeros)
      ],
      meanC: meanT.map { 1 - $0 },
      cells: CellCounts(carried: 0, mixed: 0, transformed: 0, open: 0), cellsByClass: [],
      change: 0, estimationErrorMean: 0, estimationErrorStd: 0)
  }

  private func statistics(_ layers: [LayerStatistics]) -> GateStatistics {
    GateStatistics(
      layers: layers, samples: 1, samplesByClass: [1], loss: 0, accuracy: 0,
      thresholds: Thresholds())
  }

  @Test func pathLengthsOfThreeLayersAreWorkedOutByHand() {
    let three = statistics([
      layer(1, bias: nil, meanT: [0.5, 0.5]), layer(2, bias: nil, meanT: [0.25, 0.25]),
      layer(3, bias: nil, meanT: [1, 1]),
    ])
    #expect(three.pathLengths == [0, 0.375, 0.5, 0.125])
    #expect(three.meanPathLength == 1.75)
    #expect(statistics([]).pathLengths == [1])
  }

  @Test func carryProductIsThatOfTheLastRun() {
    let network = statistics([
      layer(1, bias: nil, meanT: [0.9, 0.9]), layer(3, bias: nil, meanT: [0.5, 0]),
      layer(4, bias: nil, meanT: [0.5, 0.75]),
    ])
    #expect(network.carryProduct == [0.25, 0.25])
    let expected: [[Double]] = [[0.1, 0.1], [0.5, 1], [0.25, 0.25]]
    #expect(network.carryProducts.map(\.count) == [2, 2, 2])
    for (found, expected) in zip(network.carryProducts.joined(), expected.joined()) {
      #expect(abs(found - expected) < 1e-7)
    }
    #expect(statistics([]).carryProduct == [])
  }

  @Test func selectivityIsPearsonsCorrelation() throws {
    let network = statistics([
      layer(1, bias: [-1, -2, -3], meanT: [0.1, 0.2, 0.3]),
      layer(2, bias: [-1, -2, -3], meanT: [0.2, 0.5, 0.2]),
      layer(3, bias: nil, meanT: [1, 1, 1], gating: .residual),
      layer(4, bias: [-4, -4, -4], meanT: [0.2, 0.5, 0.2]),
    ])
    let units = network.selectivityOverUnits
    #expect(abs(try #require(units[0]) + 1) < 1e-6)
    #expect(abs(try #require(units[1])) < 1e-6)
    #expect(units[2] == nil && units[3] == nil)
    // Mean biases −2, −2, −4 against mean gates 0.2, 0.3, 0.3.
    #expect(abs(try #require(network.selectivityOverLayers) + 0.5) < 1e-5)
    #expect(statistics([layer(1, bias: [0], meanT: [0])]).selectivityOverLayers == nil)
  }
}
