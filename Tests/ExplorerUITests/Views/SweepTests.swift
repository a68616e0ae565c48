import ExplorerUI
import Testing

@testable import HighwayNetworks

@Suite struct SweepTests {
  private static let terminals = [
    Capabilities(colors: .trueColor, unicode: true),
    Capabilities(colors: .indexed256, unicode: false),
    Capabilities(colors: .sixteen, unicode: true), Capabilities(colors: .mono, unicode: false),
  ]

  @Test(arguments: terminals, View.allCases)
  func everySizeDraws(capabilities: Capabilities, view: View) {
    var state = ExplorerState.ready(
      SyntheticNetwork(layers: 7, units: 9, classes: 3), capabilities: capabilities, epochs: 4)
    state.display.view = view
    for width in stride(from: 0, through: 150, by: 15) {
      for height in stride(from: 0, through: 50, by: 4) {
        state.size = Size(width: width, height: height)
        state.display.showsAllClasses = (width + height).isMultiple(of: 2)
        state.mode = width.isMultiple(of: 3) ? .help(Help(scroll: height)) : .normal
        let canvas = state.screen
        #expect(capabilities.unicode || canvas.cells.allSatisfy { $0.scalar.value < 0x80 })
        #expect(canvas.cells.allSatisfy { isSuited($0.style, capabilities) })
      }
    }
  }

  @Test(arguments: View.allCases)
  func everyKindOfNetworkDraws(view: View) {
    var networks = [
      SyntheticNetwork(layers: 1, units: 1, classes: 1),
      SyntheticNetwork(layers: 0, units: 4, classes: 2),
      SyntheticNetwork(layers: 110, units: 2, classes: 2),
      SyntheticNetwork(layers: 2, units: 90, classes: 40),
    ]
    for gating in [Gating.full, .transformOnly, .carryOnly, .residual, .plain, .frozen(p: 0.5)] {
      networks.append(SyntheticNetwork(layers: 4, units: 5, classes: 2, gating: gating))
    }
    for network in networks {
      var state = ExplorerState.ready(network, epochs: 1)
      state.display.view = view
      for size in [(60, 16), (80, 24), (200, 60)] {
        state.size = Size(width: size.0, height: size.1)
        for all in [true, false] {
          state.display.showsAllClasses = all
          #expect(state.screen.textRows().count == size.1)
        }
      }
      state.press(.down, .right, .end, .pageUp, .character("]"), .character("a"))
    }
  }

  @Test(arguments: View.allCases)
  func pendingAndMissingDataDraw(view: View) {
    let network = SyntheticNetwork(layers: 6, units: 8, classes: 3)
    for summary in [
      network.summary(), network.summary(dataProblem: "no data found"),
      ModelSummary(path: "", name: "\u{1B}[2J", architecture: network.architecture),
    ] {
      var state = ExplorerState(size: Size(width: 80, height: 24))
      _ = state.screen
      _ = update(&state, with: .modelOpened(summary))
      state.display.view = view
      for scope in CellScope.allCases {
        state.display.cellScope = scope
        #expect(state.screen.cells.allSatisfy { $0.scalar != "\u{1B}" })
      }
    }
  }

  @Test func mouseAnywhereIsHarmless() {
    var state = ExplorerState.ready(SyntheticNetwork(layers: 7, units: 9, classes: 3), epochs: 4)
    for view in View.allCases {
      state.display.view = view
      for all in [false, true] {
        state.display.showsAllClasses = all
        for y in stride(from: -1, to: 26, by: 1) {
          for x in stride(from: -1, to: 82, by: 3) {
            for kind in [MouseEvent.Kind.drag, .scrollUp, .scrollDown, .release] {
              let event = MouseEvent(kind, at: Point(x: x, y: y))
              _ = update(&state, with: .terminal(.mouse(event)))
            }
          }
        }
      }
    }
    #expect(state.selection.layer < 7 && state.selection.unit < 9 && state.selection.label < 3)
  }

  /// Whether a style can be shown: nothing that the terminal lacks.
  private func isSuited(_ style: Style, _ capabilities: Capabilities) -> Bool {
    [style.foreground, style.background].allSatisfy { ink in
      switch (ink, capabilities.colors) {
      case (.standard, _), (.rgb, .trueColor), (.indexed, .indexed256), (.indexed, .trueColor): true
      case (.indexed(let index), .sixteen): index < 16
      case (.indexed, .mono), (.rgb, .mono), (.rgb, .sixteen), (.rgb, .indexed256): false
      }
    }
  }
}
