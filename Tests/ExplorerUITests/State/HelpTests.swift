import ExplorerUI
import Testing

@Suite struct HelpTests {
  private func ready(_ size: Size = Size(width: 80, height: 24)) -> ExplorerState {
    .ready(SyntheticNetwork(layers: 3, units: 4, classes: 2), size: size)
  }

  private func type(_ text: String, _ state: inout ExplorerState) {
    for character in text { state.press(.character(character)) }
  }

  @Test func theKeysOfTheViewComeFirst() {
    var state = ready()
    state.display.view = .cells
    state.press(.character("?"))
    let rows = state.screen.textRows()
    let head = rows.firstIndex { $0.contains("Here, in Cells") } ?? 0
    #expect(rows[head + 1].contains("one class or all; in Cells: whose cells"))
    state.press(.escape)
    state.display.view = .training
    state.press(.character("?"))
    #expect(state.screen.textRows().contains { $0.contains("Here, in Training") })
  }

  @Test func typingSearches() {
    var state = ready()
    type("?thresh", &state)
    let rows = state.screen.textRows()
    #expect(rows.contains { $0.contains("/thresh") })
    #expect(rows.filter { $0.contains("threshold of") }.count == 4)
    #expect(!rows.contains { $0.contains("train one epoch") })
    state.press(.escape)
    #expect(state.mode == .help(Help()))
    state.press(.escape)
    #expect(state.mode == .normal)
  }

  @Test func aSlashLetsTheSearchBeginWithAnyLetter() {
    var state = ready()
    type("?/q", &state)
    #expect(state.screen.textRows().contains { $0.contains("leave; asks") })
    state.press(.backspace)
    #expect(state.mode == .help(Help()))
    type("q", &state)
    #expect(state.mode == .normal)
  }

  @Test func whatIsNotFoundIsSaid() {
    var state = ready()
    type("?xyzzy", &state)
    #expect(state.screen.textRows().contains { $0.contains("no key does that") })
  }

  @Test(arguments: [
    Size(width: 60, height: 16), Size(width: 80, height: 24), Size(width: 120, height: 20),
    Size(width: 200, height: 60),
  ])
  func scrollsToTheLastKeyAtAnySize(size: Size) {
    var state = ready(size)
    state.press(.character("?"))
    var seen = state.screen.textRows().joined()
    for _ in 0..<20 {
      state.press(.pageDown)
      seen += state.screen.textRows().joined()
    }
    for command in Command.table {
      #expect(seen.contains(command.help.prefix(30)), "\(command.name)")
    }
    state.press(.end)
    #expect(!state.screen.textRows().joined().contains("↓ more"))
    state.press(.home)
    #expect(state.mode == .help(Help()))
  }
}

@Suite struct FindTests {
  private let network = SyntheticNetwork(layers: 5, units: 6, classes: 3)

  private func found(_ text: String) -> ExplorerState {
    var state = ExplorerState.ready(network, epochs: 8)
    state.model?.classNames = ["T-shirt/top", "Trouser", "Ankle boot"]
    for character in "/" + text { state.press(.character(character)) }
    state.press(.enter)
    return state
  }

  @Test func classesAreFoundByNumberAndName() {
    #expect(found("c2").selection.label == 2)
    #expect(found("trouser").selection.label == 1)
    #expect(found("boot").selection.label == 2)
    #expect(found(" Ankle boot ").selection.label == 2)
  }

  @Test func samplesAreFoundByNumber() {
    #expect(found("s311").selection.sample == 311)
    #expect(found("s1000").message?.text == "go to: no test sample 1000; they run from 0 to 999")
    #expect(found("c3").message?.text == "go to: no class 3; they run from 0 to 2")
  }
}
