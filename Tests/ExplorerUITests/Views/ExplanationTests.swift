import Testing

@testable import ExplorerUI
@testable import HighwayNetworks

/// What screens say about themselves: rows, columns, colours, axes, and of what numbers are.
@Suite struct ExplanationTests {
  private static let network = SyntheticNetwork(layers: 12, units: 40, classes: 3)

  private func state(
    _ keys: String = "", _ size: Size, network: SyntheticNetwork = Self.network
  ) -> ExplorerState {
    var state = ExplorerState.ready(network, size: size, epochs: 8)
    let events = keys.map { TerminalEvent.key(.character($0)) }
    state.play([.terminal(.resized(size))] + events.map { .terminal($0) }, with: network)
    return state
  }

  @Test(arguments: [1, 2, 4], [(80, 24), (120, 40), (200, 60)])
  func heatmapsSayWhatRowsAndColumnsAre(view: Int, size: (Int, Int)) {
    let text = state("\(view)", Size(width: size.0, height: size.1)).screen.textRows().joined()
    // At 80×24 the heatmaps of these views may take all rows.
    guard view == 2 || size.0 > 80 else { return }
    #expect(text.contains("row: layer") || text.contains("layer × unit"), "\(text)")
  }

  @Test func heatmapsSayWhatColoursAre() {
    let size = Size(width: 200, height: 60)
    #expect(state("1", size).screen.textRows().joined().contains("colour: gate bias"))
    let classes = state("2", size).screen.textRows().joined()
    #expect(classes.contains("colour: mean T over class 0 − mean T over all"))
  }

  @Test(arguments: [(80, 24), (100, 20), (200, 60)])
  func averagedCellsAreSaidInWords(size: (Int, Int)) {
    let network = SyntheticNetwork(layers: 49, units: 70, classes: 3)
    let rows = state("2", Size(width: size.0, height: size.1), network: network).screen.textRows()
    let text = rows.joined()
    let isAveraged = size.1 < 60
    #expect((text.contains("a cell") || text.contains("each cell averages")) == isAveraged)
    #expect(!text.contains("mean of"))
  }

  @Test func plotsNameTheirAxes() {
    for (width, height) in [(80, 24), (120, 40), (200, 60)] {
      func rows(_ key: String) -> [String] {
        state(key, Size(width: width, height: height)).screen.textRows()
      }
      #expect(rows("5").count { $0.hasPrefix("layer") } == 2)
      #expect(rows("6").count { $0.hasPrefix("epoch  0") } == 2)
      let depth = rows("8")
      #expect(depth.joined().contains("layer") && depth.joined().contains("path length"))
      #expect(depth.contains { $0.contains("path length") && !$0.contains("probability") })
    }
  }

  @Test func plotsAlongTheDepthAreExplainedWhereThereIsRoom() {
    let large = state("8", Size(width: 200, height: 60)).screen.textRows()
    for plot in DepthPlot.shown(by: state("8", Size(width: 200, height: 60))) {
      let beginning = plot.explanation.split(separator: " ").prefix(4).joined(separator: " ")
      #expect(large.contains { $0.contains(beginning) }, "\(plot)")
    }
    #expect(large.joined().contains("The vertical line is layer 1"))
    // The place that the plots leave free explains the plot that the keys act on, or says what does.
    var small = state("8", Size(width: 80, height: 24))
    #expect(small.screen.textRows().joined().contains("How much a layer changes"))
    small.press(.tab)
    #expect(small.screen.textRows().joined().contains("Enter explains it"))
    #expect(!small.screen.textRows().joined().contains("The product of mean C"))
  }

  @Test func theFootSaysOfWhatItsNumbersAre() {
    let size = Size(width: 80, height: 24)
    func foot(_ state: ExplorerState) -> String { state.screen.textRows()[21] }
    #expect(foot(state("", size)).hasSuffix("test loss 0.4205, accuracy 90.50 %"))
    #expect(foot(state("s", size)).hasSuffix("training loss 0.1200, accuracy 96.80 %"))
    #expect(foot(state("x", size)).hasSuffix("held, test loss 0.1200, acc. 96.80 %"))
    var waiting = state("", size)
    waiting.press(.character("s"))
    #expect(foot(waiting).hasSuffix("intact, test loss 0.4205, acc. 90.50 %"))
    let wide = state("sx", Size(width: 120, height: 40)).screen.textRows()[37]
    #expect(wide.hasSuffix("held, training loss 0.1200, accuracy 96.80 %"))
    let three = state("x", Size(width: 120, height: 64)).screen.textRows()
    #expect(three.contains { $0.hasSuffix("held, test accuracy 96.80 %") })
  }

  @Test func undoingSaysHowThingsAreNow() {
    var state = state("3", Size(width: 120, height: 40))
    state.press(.character("b"), .character("u"))
    #expect(
      state.message?.text == "undone: thresholds 0.50, 0.50; now thresholds 0.10, 0.90")
    state.press(.character("x"), .character("u"))
    #expect(state.message?.text == "undone: layer 1 held at 0; now nothing is held")
  }
}
