import ExplorerUI
import Testing

@testable import HighwayNetworks

@Suite struct UnitOrderTests {
  private let network = SyntheticNetwork(layers: 6, units: 9, classes: 3)

  private func layer(
    _ number: Int, meanT: [Float], share: [Float]? = nil
  ) -> LayerStatistics {
    let zeros = [Float](repeating: 0, count: meanT.count)
    return LayerStatistics(
      layer: number, run: [0, 0, 0, 1, 1, 2, 2][number],
      transform: SignalStatistics(
        signal: .transformGate, mean: meanT, std: zeros, minimum: zeros, maximum: zeros,
        histogram: [], carried: [], transformed: [], groupMean: [], groupShare: share ?? zeros))
  }

  private func statistics(_ layers: [LayerStatistics]) -> GateStatistics {
    GateStatistics(
      layers: layers, samples: 1, samplesByClass: [1], loss: 0, accuracy: 0,
      thresholds: Thresholds())
  }

  @Test func runsOfEqualWidthShareOnePermutation() {
    let arrangement = UnitArrangement(
      .meanGate, epoch: 3,
      statistics: statistics([
        layer(1, meanT: [0.1, 0.2, 0.9]), layer(2, meanT: [0.1, 0.8, 0.0]),
        layer(4, meanT: [0.5, 0.6, 0.4]), layer(6, meanT: [0.1, 0.3]),
      ]))
    #expect(arrangement.units == [[1, 2, 0], [1, 2, 0], [1, 0, 2], [1, 0]])
    #expect(arrangement.positions == [[2, 0, 1], [2, 0, 1], [1, 0, 2], [1, 0]])
  }

  @Test func similarUnitsStandSideBySide() {
    let arrangement = UnitArrangement(
      .similarity, epoch: 0,
      statistics: statistics([
        layer(1, meanT: [0.9, 0.1, 0.85, 0.12, 0.5]), layer(2, meanT: [0.1, 0.8, 0.15, 0.9, 0.5]),
      ]))
    let units = arrangement.units[0]
    func distance(_ one: Int, _ other: Int) -> Int {
      abs((units.firstIndex(of: one) ?? 0) - (units.firstIndex(of: other) ?? 0))
    }
    #expect(units.sorted() == [0, 1, 2, 3, 4])
    #expect(distance(0, 2) == 1 && distance(1, 3) == 1)
  }

  @Test func classShareAndGatesThatAreNotNumbersGiveAnOrderToo() {
    let arrangement = UnitArrangement(
      .classShare, epoch: 0,
      statistics: statistics([layer(1, meanT: [.nan, 0.1, 0.3], share: [0.1, .nan, 0.7])]))
    #expect(arrangement.units == [[2, 0, 1]])
    for order in UnitOrder.allCases {
      let units = UnitArrangement(
        order, epoch: 0, statistics: statistics([layer(1, meanT: [.nan, .nan, 0.3])])
      ).units
      #expect(units[0].sorted() == [0, 1, 2])
    }
  }

  @Test func cursorStaysOnItsUnitAndItsNumberStaysTrue() {
    var state = ExplorerState.ready(network, size: Size(width: 120, height: 40), epochs: 6)
    state.press(.right, .right, .down)
    let before = state.layerStatistics(1)?.meanT[2]
    for order in UnitOrder.allCases.dropFirst() {
      state.press(.character("o"))
      #expect(state.arrangement?.order == order)
      #expect(state.selection.unit == 2)
      #expect(state.layerStatistics(1)?.meanT[2] == before)
      let rows = state.screen.textRows()
      #expect(rows.joined().contains(order.title))
      #expect(rows.joined().contains("layer 2 · unit 2"))
    }
    state.press(.character("o"))
    #expect(state.arrangement == nil)
  }

  @Test func unitsToTheSideAreThoseThatStandThere() {
    var state = ExplorerState.ready(network, epochs: 6)
    state.press(.character("o"))
    let units = state.arrangement?.units[0] ?? []
    for _ in 0..<9 { state.press(.left) }
    for unit in units {
      #expect(state.selection.unit == unit)
      state.press(.right)
    }
    #expect(state.selection.unit == units.last)
  }

  @Test func mousePointsAtTheUnitThatIsShown() throws {
    var state = ExplorerState.ready(network, size: Size(width: 120, height: 40), epochs: 6)
    state.press(.character("o"))
    for unit in [0, 3, 8] {
      state.selection.unit = unit
      let marked = try #require(state.screen.glyphs.firstIndex { $0.scalar == "╋" })
      state.selection.unit = 5
      let point = Point(x: marked % 120, y: marked / 120)
      _ = update(&state, with: .terminal(.mouse(MouseEvent(.press, at: point))))
      #expect(state.selection.unit == unit)
    }
  }

  @Test func orderStaysAsTheEpochsGoBy() {
    var state = ExplorerState.ready(network, size: Size(width: 200, height: 60), epochs: 6)
    state.press(.character("o"))
    let units = state.arrangement?.units
    state.play([.terminal(.key(.character("<")))], with: network)
    #expect(state.arrangement?.units == units)
    #expect(state.screen.textRows().joined().contains("units by mean T at epoch 6"))
  }
}
