import HighwayNetworks
import Testing

@testable import ExplorerUI

/// A network that learns no gates: no gate is drawn, and what its branches return is.
@Suite struct ResponsesTests {
  private let network = SyntheticNetwork(layers: 6, units: 8, classes: 3, gating: .residual)

  private func rows(_ keys: String, _ size: Size = Size(width: 120, height: 40)) -> [String] {
    var state = ExplorerState.ready(network, size: size, epochs: 3)
    for key in keys {
      state.play([.terminal(.key(key == "\t" ? .tab : .character(key)))], with: network)
    }
    return state.screen.textRows()
  }

  @Test func theOverviewShowsResponses() {
    let screen = rows("1").joined(separator: "\n")
    #expect(screen.contains("response, std of F") && screen.contains("F of sample 0"))
    #expect(!screen.contains("gate bias") && !screen.contains("mean T"))
    #expect(screen.contains("F of the unit ") && screen.contains(" 0.250 ± 0.500\n"))
    #expect(screen.contains("‖F‖ / ‖x‖") && screen.contains("cos(F, x)"))
    #expect(
      screen.contains("T = 1 by definition, gating residual; F is 0.250 ± 0.500 over the samples"))
  }

  @Test(arguments: ["2", "3"])
  func viewsOfLearnedGatesSayThatThereAreNone(key: String) {
    #expect(rows(key).contains { $0.contains("this network learns no gates") })
  }

  @Test func theSampleViewShowsTheBranch() {
    let screen = rows("4").joined(separator: "\n")
    #expect(screen.contains("sample F") && !screen.contains("sample T"))
    #expect(!screen.contains("gates open"))
  }

  @Test func depthFollowsTheResponses() {
    let size = Size(width: 200, height: 60)
    let screen = rows("8", size).joined(separator: "\n")
    for title in ["response, std of F", "‖F‖ / ‖x‖", "cos(F, x)", "estimation error", "change"] {
      #expect(screen.contains(title), "\(title)")
    }
    #expect(!screen.contains("carry product") && !screen.contains("path length"))
    #expect(rows("8\t\t", size).contains { $0.contains("0.750 times as large as its input") })
    #expect(rows("8\t\t", size).contains { $0.contains("derived gate 0.429") })
    #expect(rows("8\t\t\t\t\t", size) == rows("8", size), "Tab comes back to the first plot")
  }

  @Test func everyKeyWorksInEveryView() {
    for view in View.allCases {
      var state = ExplorerState.ready(network, size: Size(width: 80, height: 24), epochs: 3)
      state.display.view = view
      for key in Command.table.flatMap(\.keys) where key != .character("N") {
        state.play([.terminal(.key(key)), .terminal(.key(.escape))], with: network)
        #expect(state.screen.textRows().count == 24)
      }
    }
  }
}
