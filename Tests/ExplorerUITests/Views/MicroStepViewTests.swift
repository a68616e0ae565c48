import TensorFiles
import Testing

@testable import ExplorerUI
@testable import HighwayNetworks

/// What the views show of a recurrent highway layer: a row for each of its micro-steps.
@Suite struct MicroStepViewTests {
  private func layer(_ network: TextNetwork) -> LayerStatistics {
    Inference(network.network).statistics(of: network.samples, threads: 1).layers[0]
  }

  @Test func overviewHasARowForEachMicroStepAndTheNumbersUnderTheCursor() throws {
    let network = try TextNetwork(.microSteps)
    let layer = layer(network)
    let trace = Inference(network.network).trace(0, of: network.samples).layers[0]
    for size in [(80, 24), (120, 40), (200, 60)].map({ Size(width: $0, height: $1) }) {
      var state = network.state("1", size)
      #expect(state.blocks.count == 4 && layer.units == 12)
      for _ in 0..<2 { state.play([.terminal(.key(.down))], with: network) }
      state.play([.terminal(.key(.right))], with: network)
      let rows = state.screen.textRows()
      #expect(rows.contains { $0.hasPrefix(" rhn 1, micro-step 3 of 4, unit 1: ") }, "\(size)")
      let text = rows.joined(separator: "\n")
      #expect(text.contains(size.width == 80 ? "  4 " : "row: micro-step"))
      // The third micro-step's second unit is the eighth of the layer.
      #expect(state.layerStatistics(2)?.meanT[1] == layer.meanT[7])
      #expect(state.gateBiases.value?[2]?[1] == network.network.gateBiases[0]?[7])
      let sample = try #require(state.sample.value).trace.layers[2]
      let steps = trace.positions
      let mean =
        (0..<steps).reduce(Float(0)) { $0 + trace.transformGate[$1 * 12 + 7] } / Float(steps)
      #expect(abs(sample.unitMeans(.transformGate)[1] - mean) < 1e-6)
      if size.width >= 120 {
        #expect(text.contains("micro-step 3 · unit 1") && text.contains("rhn 1, coupled, tanh"))
        let numbers = [layer.meanT[7], layer.stdT[7]].map { NumberFormat.fixed($0, 3) }
        #expect(
          rows.contains { $0.contains("mean T") && $0.contains("\(numbers[0]) ± \(numbers[1])") })
      }
    }
    let table = NumberTable(network.state("1"))
    #expect(Array(table.columns.prefix(3)) == ["layer", "microStep", "unit"])
    #expect(Array(table.rows[7].prefix(3)) == [.integer(1), .integer(3), .integer(1)])
    #expect(table.rows[7][4] == .real(layer.meanT[7]))
  }

  @Test func cellsAreCountedByMicroStep() throws {
    let network = try TextNetwork(.microSteps)
    let layer = layer(network)
    let state = network.state("3j")
    let rows = state.screen.textRows()
    let all = Double(state.cells(at: 1))
    #expect(state.cellText(all, at: 1) == "100 %" && state.cellText(all / 2, at: 1) == "50.0 %")
    let own = layer.microSteps[1].cells
    let cells = (own.carried + own.mixed + own.transformed).rounded()
    #expect(
      rows[20].hasPrefix(" rhn 1, micro-step 2 of 4: of \(Int(cells)) cells, "), "\(rows[20])")
    for (number, step) in layer.microSteps.enumerated() {
      let share = NumberFormat.percent(step.cells.open / cells)
      #expect(rows[5 + number].hasPrefix("  \(number + 1) ") && rows[5 + number].contains(share))
    }
    #expect(Set(layer.microSteps.map(\.cells.open)).count > 1)
  }

  @Test func depthGoesFromMicroStepToMicroStep() throws {
    let network = try TextNetwork(.microSteps)
    var state = network.state("8j")
    let change = NumberFormat.compact(layer(network).microSteps[1].change)
    #expect(
      state.screen.textRows()[20]
        .hasPrefix(" rhn 1, micro-step 2 of 4: changes its input by \(change) on average"))
    #expect(state.screen.textRows().contains { $0.contains("micro-step") })
    state.play([.terminal(.key(.up))], with: network)
    #expect(state.screen.textRows()[20].contains("it is given the state of the step before"))
    #expect(NumberTable(state).rows.count == 4)
  }

  @Test func theSampleHasTheGatesOfEachMicroStep() throws {
    let network = try TextNetwork(.microSteps)
    var state = network.state("4")
    state.play([.terminal(.key(.pageDown)), .terminal(.key(.down))], with: network)
    #expect(state.screen.textRows()[3].contains("T of micro-step 2, unit 1"))
    let record = try #require(state.sample.value)
    let trace = Inference(network.network).trace(0, of: network.samples).layers[0]
    let values = state.text(of: record).values
    #expect(values == (0..<trace.positions).map { trace.transformGate[$0 * 12 + 4] })
    state.play([.terminal(.key(.enter))], with: network)
    #expect(
      state.screen.textRows().contains { $0.contains("unit 1 of 3 in rhn 1, micro-step 2 of 4") })
  }

  @Test func aMicroStepIsHeldByItself() throws {
    let network = try TextNetwork(.microSteps)
    var state = network.state("5jx")
    let held = GateClamps.Target(layer: 1, units: 3..<6)
    #expect(state.clamps.entries.map(\.target) == [held])
    #expect(state.clampWords == "rhn 1, micro-step 2 of 4 held at 0")
    let text = state.screen.textRows().joined(separator: "\n")
    #expect(text.contains("micro-step 2 held at 0: y = x") && !text.contains("alone changes"))
    let sweep = try #require(state.lesionSweep.value)
    #expect(sweep.layers.count == 4)
    let own = Inference(network.network).lesions(of: network.samples).microSteps
    #expect(sweep.layers.map(\.outcome) == own.map(\.outcome))
    state.play([.terminal(.key(.character("x")))], with: network)
    #expect(state.clamps.isEmpty)
    // At the first the input enters.
    let first = network.state("5", Size(width: 120, height: 40)).screen.textRows()
    #expect(first.contains { $0.contains("micro-step 1: y = x, no input") })
    #expect(
      first.contains {
        $0.contains("with T held at 0, so that no input enters, the perplexity goes")
      })
  }

  @Test func placesAreNamedByLayerMicroStepAndUnit() throws {
    let network = try TextNetwork(.microSteps)
    func after(_ text: String) throws -> ExplorerState {
      var state = network.state("1" + text)
      state.play([.terminal(.key(.enter))], with: network)
      return state
    }
    let place = try after("/1.3:2").selection
    #expect(place.block == 2 && place.unit == 2)
    #expect(try after(":unit 1").selection.unit == 1)
    let unit = try after(":clamp 1.4:0=0.5")
    #expect(unit.clamps.entries.map(\.target) == [.init(layer: 1, unit: 9)])
    #expect(unit.clampWords == "unit 1.4:0 held at 0.500")
    #expect(try after(":clamp 1=0").clamps.entries.map(\.target) == [.init(layer: 1)])
    let range = try after(":clamp 1.1-1.2=0").clamps.entries.map(\.target.units)
    #expect(range == [0..<3, 3..<6])
    let wrong = try after("/1.5:0")
    #expect(wrong.message?.text.contains("micro-step") == true, "\(wrong.message?.text ?? "")")
    #expect(try after("/1.3:3").message?.text.contains("rhn 1, micro-step 3 of 4") == true)
  }
}
