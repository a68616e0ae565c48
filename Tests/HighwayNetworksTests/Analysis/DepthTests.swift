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
          histogram: [], carried: [], transformed: [], groupMean: [], groupShare: zeros)
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

  @Test func pathLengthsOfManyLayersLeaveOutWhatIsTooUnlikely() {
    // Against the law worked out without leaving anything out.
    let gates = (0..<300).map { Float($0 % 10) / 10 }
    var whole = [1.0]
    for p in gates.map(Double.init) {
      let stays = whole.map { $0 * (1 - p) } + [0]
      let grows = [0] + whole.map { $0 * p }
      whole = zip(stays, grows).map { $0 + $1 }
    }
    let law = statistics(gates.enumerated().map { layer($0, bias: nil, meanT: [$1]) }).pathLengths
    #expect(law.count == 301)
    for (found, expected) in zip(law, whole) { #expect(abs(found - expected) < 1e-15) }
    // So many layers take no time: the square of their number would.
    let many = statistics((0..<20_000).map { layer($0, bias: nil, meanT: [0.02]) })
    let clock = ContinuousClock()
    let time = clock.measure { #expect(abs(many.pathLengths.reduce(0, +) - 1) < 1e-9) }
    #expect(time < .seconds(20))
    let broken = statistics([layer(1, bias: nil, meanT: [.nan]), layer(2, bias: nil, meanT: [0.5])])
    #expect(broken.pathLengths.count == 3 && broken.pathLengths.allSatisfy(\.isNaN))
  }

  @Test func aGuessIsToldFromAnAnswer() {
    func statistics(accuracy: Double?, classes: [Int]) -> GateStatistics {
      GateStatistics(
        layers: [layer(1, bias: nil, meanT: [0.5, .nan, .nan])], samples: 30,
        samplesByClass: classes, loss: 1, accuracy: accuracy, thresholds: Thresholds())
    }
    #expect(statistics(accuracy: 0.34, classes: [10, 10, 10]).isAtChance)
    #expect(!statistics(accuracy: 0.5, classes: [10, 10, 10]).isAtChance)
    #expect(!statistics(accuracy: nil, classes: [10, 10, 10]).isAtChance)
    // One class alone tells nothing.
    #expect(!statistics(accuracy: 0, classes: [30, 0, 0]).isAtChance)
    #expect(statistics(accuracy: 0, classes: [30]).unitsWithoutGates == 2)
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
