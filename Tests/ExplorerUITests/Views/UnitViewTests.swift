import ExplorerUI
import Testing

@testable import HighwayNetworks

@Suite struct UnitViewTests {
  private let network = SyntheticNetwork(layers: 6, units: 9, classes: 3)

  @Test func enterAsksOnceAndEscapeGoesBack() {
    var state = ExplorerState.ready(network, epochs: 6)
    let before = state.screen
    let request = UnitRequest(epoch: .recorded(6), split: .test, layer: 1, unit: 0)
    #expect(state.press(.enter) == [.wanted([.unit(request)])])
    #expect(state.screen.textRows().joined().contains("computing…"))
    #expect(state.press(.tab, .backTab).isEmpty, "it is being made")
    state.play(
      [.answered(.unit(request), .success(.unit(network.histogram(request))))], with: network)
    #expect(!state.screen.textRows().joined().contains("computing…"))
    state.press(.escape)
    #expect(state.screen == before)
    #expect(state.press(.enter).isEmpty, "it is known")
  }

  @Test(arguments: [View.overview, .classes, .cells])
  func eachClassHasItsRowWithCountAndMean(view: View) {
    for (width, height) in [(60, 16), (80, 24), (200, 60)] {
      var state = ExplorerState.ready(
        network, size: Size(width: width, height: height),
        capabilities: Capabilities(colors: .mono, unicode: false), epochs: 6)
      state.press(.character(Character(String(view.number))))
      state.play([.terminal(.key(.enter))], with: network)
      let rows = state.screen.textRows()
      #expect(rows[2].hasPrefix(" T of layer 1, unit 0, by class"))
      // Layer 1, unit 0: all of a class in bin 7, 12 or 17.
      for (label, mean) in [(0, "0.117"), (1, "0.195"), (2, "0.273")] {
        #expect(rows.contains { $0.hasPrefix(" \(label) ") && $0.hasSuffix("100    \(mean)") })
      }
    }
  }

  @Test func cursorGoesOnAndDroppedUnitsAreAskedForAgain() {
    var state = ExplorerState.ready(network, epochs: 6)
    state.play([.terminal(.key(.enter))], with: network)
    let next = UnitRequest(epoch: .recorded(6), split: .test, layer: 1, unit: 1)
    #expect(state.press(.right) == [.wanted([.unit(next)])])
    #expect(state.press(.left) == [.wanted([])])
    #expect(state.press(.right) == [.wanted([.unit(next)])])
    _ = update(&state, with: .failed(.unit(next), "file is gone"))
    #expect(state.screen.textRows().joined().contains("file is gone"))
    #expect(state.press(.control("l")).questions == [.unit(next)])
  }

  @Test func histogramsOfAnotherNetworkAreRefused() {
    var state = ExplorerState.ready(network, epochs: 6)
    guard case .unit(let request)? = state.press(.enter).questions?.first else {
      Issue.record("no request")
      return
    }
    let other = SyntheticNetwork(layers: 6, units: 9, classes: 5).histogram(request)
    _ = update(&state, with: .answered(.unit(request), .success(.unit(other))))
    #expect(state.unitHistogram.value == nil)
    #expect(state.screen.textRows().joined().contains("do not fit"))
  }
}
