import ExplorerUI
import Testing

@testable import HighwayNetworks

@Suite struct DepthViewTests {
  private let network = SyntheticNetwork(layers: 6, units: 9, classes: 3)

  private func state(_ width: Int, _ height: Int) -> ExplorerState {
    var state = ExplorerState.ready(network, size: Size(width: width, height: height), epochs: 6)
    state.press(.character("8"))
    return state
  }

  @Test func everyPlotIsShownWithItsValueAt80x24() {
    let text = state(80, 24).screen.textRows().joined(separator: "\n")
    for title in [
      "change", "carry product", "path length", "estimation error", "drift",
      "selectivity", "class share",
    ] {
      #expect(text.contains(title))
    }
    #expect(text.contains("0.0100"), "the change at the cursor's layer")
    #expect(text.contains("of 6"), "the mean path length")
  }

  @Test func enterEnlargesAndEscapeGoesBack() {
    var state = state(80, 24)
    let small = state.screen
    state.press(.tab, .enter)
    #expect(state.display.depthPlot == .carryProduct)
    let large = state.screen.textRows().joined(separator: "\n")
    #expect(large.contains("The product of mean C"))
    #expect(!large.contains("path length"))
    state.press(.escape, .backTab)
    #expect(state.screen == small)
    state.press(.enter, .enter)
    #expect(state.screen == small)
  }

  @Test func arrowsChooseAPlotAndALayer() {
    var state = state(120, 40)
    state.press(.left)
    #expect(state.display.depthPlot == .classShare)
    state.press(.right, .right, .down)
    #expect(state.display.depthPlot == .carryProduct)
    #expect(state.selection.block == 1)
    let sentence = state.screen.textRows().first { $0.hasPrefix(" layer 2: ") }
    #expect(sentence?.contains("a unit still carries") == true)
  }

  @Test func smallScreensShowThePageOfTheChosenPlot() {
    var state = state(60, 16)
    for plot in DepthPlot.shown(by: state) {
      #expect(state.display.depthPlot == plot)
      #expect(state.screen.textRows().joined().contains("▸" + plot.title.prefix(8)))
      state.press(.tab)
    }
  }

  @Test func driftOfTheBiasesNeedsNoData() {
    let network = SyntheticNetwork(layers: 4, units: 5, classes: 2)
    var state = ExplorerState(size: Size(width: 120, height: 40), capabilities: Capabilities())
    let problem = "the data set MNIST is not here"
    let effects = update(&state, with: .modelOpened(network.summary(dataProblem: problem)))
    for case .gateBiases(let epoch) in effects.questions ?? [] {
      let biases = (0..<4).map { layer in
        (0..<5).map { network.bias(layer, $0, epoch: epoch.number) }
      }
      _ = update(&state, with: .answered(.gateBiases(epoch), .success(.gateBiases(biases))))
    }
    state.press(.character("8"))
    for _ in 0..<4 { state.press(.tab) }
    #expect(state.display.depthPlot == .biasDrift)
    let words = "training moved its gate biases by"
    #expect(state.screen.textRows().contains { $0.contains(words) })
    state.press(.enter)
    let text = state.screen.textRows().joined(separator: "\n")
    #expect(!text.contains(problem) && text.contains("most"), "\(text)")
    state.press(.escape, .tab)
    #expect(!state.screen.textRows().contains { $0.contains(words) })
  }

  @Test func whatIsNotDefinedSaysSo() {
    let network = SyntheticNetwork(layers: 4, units: 5, classes: 2, gating: .carryOnly)
    var state = ExplorerState.ready(network, size: Size(width: 120, height: 40))
    state.press(.character("8"))
    #expect(state.screen.textRows().joined().contains("not defined in this network"))
  }
}
