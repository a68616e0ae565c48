import Testing

@testable import ExplorerUI

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
    state.press(.control("u"))
    #expect(state.mode == .help(Help()))
    state.press(.escape)
    #expect(state.mode == .normal)
  }

  @Test func whatIsTypedAfterAColonIsFoundToo() {
    var state = ready()
    for (word, text) in [
      ("theme", ":theme"), ("sort", "o  "), ("data set at", ":data"), ("save", "w  "),
    ] {
      type("?" + word, &state)
      #expect(state.screen.textRows().contains { $0.contains("│ " + text) }, "\(word)")
      state.press(.escape)
    }
    let names = Set(PaletteEntry.table.map(\.name))
    #expect(TypedCommand.allCases.allSatisfy { names.contains($0.rawValue) })
  }

  @Test func everyLetterSearches() {
    var state = ready()
    let before = state
    var effects: [Effect] = []
    for character in "?quit" { effects += state.press(.character(character)) }
    #expect(effects.isEmpty)
    #expect(state.mode == .help(Help(filter: "quit")))
    #expect(!state.training.isActive && state.clamps == before.clamps)
    #expect(state.screen.textRows().contains { $0.contains("leave; asks") }, "another word for it")
    state.press(.control("u"))
    type("/q", &state)
    #expect(state.screen.textRows().contains { $0.contains("leave; asks") })
    state.press(.backspace)
    #expect(state.mode == .help(Help()))
    type("?", &state)
    #expect(state.mode == .help(Help(filter: "?")))
    state.press(.escape)
    #expect(state.mode == .normal, "Esc leaves at once")
  }

  @Test func helpExplainsWords() {
    var state = ready()
    for (word, text) in [
      ("gate", "T or C of one unit"), ("carried", "y is nearly x"), ("η²", "variance"),
      ("eta", "variance"), ("stage", "of equal width"), ("y = ", "what a highway layer computes"),
      ("open", "T > 0.5"), ("selectivity", "correlation"), ("lesion", "held at 0"),
      ("carry product", "is still carried"), ("path length", "layers transform"),
      ("estimation", "stage's last layer"), ("transform gate", "how much of H"),
      ("carry gate", "how much of x"), ("mixed", "between the thresholds"), ("cell", "one unit"),
    ] {
      type("?" + word, &state)
      let rows = state.screen.textRows()
      #expect(rows[4].contains("Words"), "what is named comes first: \(word)")
      #expect(rows.joined().contains(text), "\(word)")
      state.press(.escape)
    }
    state.press(.character("?"), .end)
    #expect(state.screen.textRows().joined().contains("of an earlier moment"))
  }

  @Test func everyMeaningIsReadableInEverySize() {
    for size in [(60, 16), (80, 24), (120, 40), (200, 60)] {
      var state = ready(Size(width: size.0, height: size.1))
      state.press(.character("?"))
      var seen = ""
      for _ in 0..<30 {
        seen += state.screen.textRows().joined()
        state.press(.pageDown)
      }
      for entry in Glossary.entries {
        for word in entry.text.split(separator: " ") { #expect(seen.contains(word), "\(word)") }
      }
    }
  }

  @Test func helpComesBackToWhatWasBelow() {
    var state = ready()
    state.press(.character(":"), .character("o"))
    let palette = state.mode
    state.press(.function(1))
    type("gate", &state)
    #expect(state.screen.textRows().contains { $0.contains("/gate") })
    state.press(.escape)
    #expect(state.mode == palette)
    state.press(.escape, .character("N"))
    let form = state.mode
    state.press(.character("?"))
    #expect(state.screen.textRows().contains { $0.contains("Here, in the form") })
    state.press(.function(1))
    #expect(state.mode == form)
    // What is learnt meanwhile is not lost.
    state.press(.function(1))
    _ = update(&state, with: .dataChecked(path: "", .failed("gone")))
    state.press(.escape)
    guard case .newRun(let after) = state.mode else {
      Issue.record("the form is closed")
      return
    }
    #expect(after.data == .failed("gone"))
  }

  @Test func keysThatDoNothingSaySo() {
    var state = ready()
    let before = state.selection
    for (key, label) in [
      (Key.character("y"), "y"), (.character("9"), "9"), (.function(5), "F5"),
      (.control("t"), "Ctrl-T"),
    ] {
      #expect(state.press(key).isEmpty)
      #expect(state.screen.textRows().last == " \(label) does nothing; ? lists the keys")
    }
    #expect(state.selection == before && state.mode == .normal)
  }

  @Test func escapeCancelsAndAtTheRootDoesNothing() {
    var state = ready()
    #expect(state.press(.escape, .escape, .escape).isEmpty)
    #expect(state.mode == .normal)
    #expect(state.screen.textRows().last == " nothing to cancel; M lists the models, q leaves")
    #expect(state.press(.character("t")) != [], "the next key does what it does")
    _ = update(&state, with: .trainingStopped(.paused))
    for prompt in ["/", ":", "e", "g", "?", "N"] {
      state.press(.character(Character(prompt)))
      #expect(state.mode != .normal)
      #expect(state.press(.escape).isEmpty)
      #expect(state.mode == .normal, "\(prompt)")
    }
  }

  @Test func escapeAnswersNoQuestion() {
    var state = ready()
    let network = SyntheticNetwork(layers: 3, units: 4, classes: 2)
    state.press(.character("t"))
    _ = update(&state, with: .epochTrained(network.metrics(21)))
    _ = update(&state, with: .trainingStopped(.finished))
    state.press(.character("q"))
    #expect(state.mode == .confirmingLeave)
    #expect(state.press(.escape).isEmpty)
    #expect(state.mode == .normal && state.message?.text == "cancelled")
  }

  @Test func whatIsNotFoundIsSaid() {
    var state = ready()
    type("?xyzzy", &state)
    #expect(
      state.screen.textRows().contains { $0.contains("no key does that, and no word has it") })
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
    #expect(found("s1000").message?.text == "no test sample 1000; they run from 0 to 999")
    #expect(found("c3").message?.text == "no class 3; they run from 0 to 2")
  }
}
