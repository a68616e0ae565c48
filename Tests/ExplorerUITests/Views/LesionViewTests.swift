import ExplorerUI
import Foundation
import Testing

@testable import HighwayNetworks

/// What the lesion view shows, as rows of text.
@Suite struct LesionViewTests {
  private static let network = SyntheticNetwork(layers: 12, units: 40, classes: 3)
  private static let plain = Capabilities(colors: .mono, unicode: false)

  /// The view at layer 3, with everything there that it asks for.
  private func state(_ keys: String, _ size: Size = Size(width: 80, height: 24)) -> ExplorerState {
    var state = ExplorerState.ready(
      Self.network, size: size, capabilities: Self.plain, epochs: 8)
    state.play(("5ll" + keys).map { .terminal(.key(.character($0))) }, with: Self.network)
    return state
  }

  private func row(_ text: String, of rows: [String]) -> Int? {
    rows.firstIndex { $0.contains(text) }
  }

  @Test func cursorsLayerIsComparedAndTheWorstClassesComeFirst() {
    let rows = state("").screen.textRows()
    let column = rows[2..<9].map { $0.split(separator: "|").last.map(String.init) ?? "" }
    #expect(column[0].hasPrefix(" layer 3 held at 0: y = x"))
    #expect(column[2] == " loss     0.1200 1.0442 +0.9242")
    #expect(column[3].hasPrefix(" error %    3.00"))
    #expect(column[4] == " class 2    3.00  49.21  +46.21")
    #expect(column[5].hasPrefix(" class 1") && column[6].hasPrefix(" class 0"))
    #expect(rows[2].hasPrefix(" loss  o intact  x one layer held at 0"))
  }

  @Test func whatIsHeldIsComparedBesideItAndListed() {
    for size in [(60, 16), (80, 24), (160, 50)] {
      let rows = state("x", Size(width: size.0, height: size.1)).screen.textRows()
      #expect(rows[0].contains("layer 3 held at 0"))
      #expect(rows.joined().components(separatedBy: "error %").count >= 3, "both in one unit")
      #expect(!rows.joined().contains("acc. %"))
      #expect(row("1 held: d releases, Tab next", of: rows) != nil)
      #expect(row(">layer 3 at 0", of: rows) != nil)
      #expect(rows.joined().contains("0.1200 0.6200 +0.5000") || size.0 > 80)
    }
  }

  @Test func laterHeldLayerCoversItsUnits() {
    var state = state("g0.5")
    state.play([.terminal(.key(.enter)), .terminal(.key(.character("x")))], with: Self.network)
    #expect(state.screen.textRows().joined().contains("unit 3:0 at 0.500, under"))
  }

  @Test func nothingMovesWhenTheSweepArrives() {
    var waiting = ExplorerState.ready(Self.network, capabilities: Self.plain, epochs: 8)
    waiting.press(.character("5"), .character("l"), .character("l"))
    let (before, after) = (waiting.screen.textRows(), state("").screen.textRows())
    #expect(row("holding each layer in turn~ 0 %", of: before) != nil)
    for text in ["| layer 3 held at 0", "| loss", "| error %", " error %  o intact"] {
      #expect(row(text, of: before) == row(text, of: after) && row(text, of: after) != nil)
    }
  }

  @Test func withoutDataNothingSeemsToBeUnderWay() {
    var state = ExplorerState(size: Size(width: 80, height: 24), capabilities: Self.plain)
    let problem = "the data set MNIST is not here; name its directory with --data"
    state.play(
      [.modelOpened(Self.network.summary(dataProblem: problem))], with: Self.network)
    state.press(.character("5"))
    let column = state.screen.textRows()[3..<21].map {
      $0.split(separator: "|").last.map(String.init) ?? ""
    }
    #expect(!column.joined().contains("~"), "\(column)")
    #expect(column.joined().contains("here; name its directory with"), "\(column)")
    #expect(column.allSatisfy { !$0.contains("loss") && !$0.contains("class 0") })
  }

  @Test func curvesAreLinearOrLogarithmic() {
    #expect(row(" loss, log  ", of: state("L").screen.textRows()) == 2)
    #expect(row(" loss  ", of: state("LL").screen.textRows()) == 2)
  }

  @Test(arguments: [
    (Gating.full, "y = x.C"), (.carryOnly, "y = x.C"), (.plain, "y = 0"), (.residual, "y = x"),
  ])
  func whatIsLeftOfALayerDependsOnItsGating(gating: Gating, words: String) {
    let network = SyntheticNetwork(layers: 4, units: 5, classes: 2, gating: gating)
    var state = ExplorerState.ready(network, capabilities: Self.plain, epochs: 1)
    state.play([.terminal(.key(.character("5")))], with: network)
    #expect(row("layer 1 held at 0: " + words, of: state.screen.textRows()) != nil)
  }
}
