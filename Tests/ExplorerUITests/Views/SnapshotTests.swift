import ExplorerUI
import Testing

@testable import HighwayNetworks

@Suite struct SnapshotTests {
  private static let network = SyntheticNetwork(layers: 12, units: 40, classes: 3)

  /// A view of a small network at layer 3, unit 4.
  private func rows(_ view: View, _ capabilities: Capabilities) -> [String] {
    var state = ExplorerState.ready(Self.network, capabilities: capabilities, epochs: 8)
    state.play("jjllll".map { .terminal(.key(.character($0))) }, with: Self.network)
    state.display.view = view
    return state.screen.textRows()
  }

  @Test(arguments: [
    (View.overview, overviewRows), (.classes, classesRows), (.cells, cellsRows),
  ])
  func viewsInAsciiAt80x24(view: View, expected: String) {
    let found = rows(view, Capabilities(colors: .mono, unicode: false))
    #expect(
      found == expected.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
  }

  @Test func trainingInUnicodeAt80x24() {
    let found = rows(.training, Capabilities())
    let expected = Self.trainingRows.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(found == expected.map(String.init))
  }

  @Test func overviewAt200x60ShowsAllFourAtOneBlockPerUnit() {
    let state = ExplorerState.ready(size: Size(width: 200, height: 60))
    let rows = state.screen.textRows()
    #expect(rows[2].hasPrefix("▸gate bias        -4.6 ▆▆▆▆▆▆▆▆▆▆ -3.2 ▆▆▆▆▆▆▆▆▆▆ -1.8  mean T"))
    #expect(rows[2].contains("│ layer 1 · unit 0"))
    #expect(rows[29].hasPrefix(" T of sample 0"))
    #expect(rows[29].contains(" y of sample 0"))
    #expect(rows[28].hasPrefix("    0         10        20        30        40"))
    #expect(rows[28].dropFirst(55).hasPrefix("    0         10        20        30        40"))
    #expect(!rows.joined().contains("mean of"), "nothing is averaged")
    #expect(rows[59].hasSuffix("? help  q leave"))
  }

  @Test func cellsAt200x60ShowEveryLayer() {
    var state = ExplorerState.ready(size: Size(width: 200, height: 60))
    state.display.view = .cells
    let rows = state.screen.textRows()
    #expect(rows[2].hasPrefix(" Cells of all 1,000 test samples: 4.8 % open"))
    #expect(rows[5].hasPrefix("  1  ███"))
    #expect(rows[53].hasPrefix(" 49  ███"))
  }

  @Test func smallScreensSayWhatIsNeeded() {
    let state = ExplorerState.ready(Self.network, size: Size(width: 50, height: 10))
    let rows = state.screen.textRows()
    #expect(rows[4].hasSuffix("Tollgate needs 60×16"))
    #expect(rows[5].hasSuffix("this terminal is 50×10"))
  }

  @Test func nothingMovesWhenTheDataArrive() {
    let capabilities = Capabilities(colors: .mono, unicode: false)
    var state = ExplorerState(size: Size(width: 80, height: 24), capabilities: capabilities)
    _ = update(&state, with: .modelOpened(Self.network.summary(epochs: 8)))
    let pending = state.screen.textRows()
    let ready = ExplorerState.ready(Self.network, capabilities: capabilities, epochs: 8)
    let arrived = ready.screen.textRows()
    #expect(pending.joined().contains("computing~"))
    for (before, after) in zip(pending, arrived).dropFirst(3).prefix(12) {
      #expect(before.prefix(4) == after.prefix(4), "the layers' numbers stay")
    }
    #expect(pending[15].prefix(40) == after(arrived[15]), "the units' numbers stay")

    func after(_ row: String) -> Substring { row.prefix(40) }
  }

  @Test func networksWithoutGateBiasSaySo() {
    let network = SyntheticNetwork(layers: 6, units: 40, classes: 2, gating: .carryOnly)
    let state = ExplorerState.ready(network, size: Size(width: 120, height: 40))
    #expect(state.screen.textRows().joined().contains("no gate bias: gating carry-only"))
  }

  @Test func missingDataSaysWhatToDoAndShowsBiases() {
    var state = ExplorerState(size: Size(width: 120, height: 40))
    let problem = "No data found: give --data with the path of MNIST."
    _ = update(&state, with: .modelOpened(Self.network.summary(dataProblem: problem)))
    let biases = (0..<12).map { layer in (0..<40).map { Self.network.bias(layer, $0, epoch: 20) } }
    _ = update(
      &state, with: .answered(.gateBiases(.recorded(20)), .success(.gateBiases(biases))))
    let rows = state.screen.textRows()
    #expect(rows.last == " " + problem)
    #expect(rows.joined().contains("gate bias"))
    let colours = state.screen.glyphs.filter { glyph in
      if case .rgb = glyph.style.background { return true }
      return glyph.scalar == "▀"
    }
    #expect(colours.count > 12 * 40, "the biases are drawn")
  }

  @Test func namesFromFilesCannotReachTheTerminal() {
    var summary = Self.network.summary()
    summary.name = "\u{1B}]0;evil\u{7}"
    summary.classNames = ["\u{9B}2J", "\u{202E}b", "c"]
    summary.dataName = "\u{1B}[2J"
    summary.facts = [.init("\u{8}", "\u{1B}c")]
    summary.proposedRunPath = "\u{1B}[6n"
    var state = ExplorerState(size: Size(width: 120, height: 40))
    state.play([.modelOpened(summary)], with: Self.network)
    for view in View.allCases {
      state.display.view = view
      #expect(state.screen.glyphs.allSatisfy(isHarmless))
    }
    state.mode = .prompt(Prompt(.keep, text: summary.proposedRunPath))
    #expect(state.screen.glyphs.allSatisfy(isHarmless))
    state.mode = .normal
    _ = update(&state, with: .noticed(Message(.failure, "bad \u{1B}[31m file")))
    #expect(state.screen.glyphs.allSatisfy(isHarmless))
  }

  private func isHarmless(_ glyph: Glyph) -> Bool {
    let value = glyph.scalar.value
    return glyph.scalar == Glyph.continuation
      || (value >= 0x20 && !(0x7F...0x9F).contains(value) && value != 0x202E)
  }
}
