import ExplorerUI
import Testing

@testable import HighwayNetworks

@Suite struct PaletteTests {
  private let network = SyntheticNetwork(layers: 5, units: 6, classes: 3)

  private var ready: ExplorerState {
    var state = ExplorerState.ready(network, size: Size(width: 80, height: 24), epochs: 8)
    state.model?.classNames = ["left", "middle", "right"]
    return state
  }

  private func type(_ text: String, _ state: inout ExplorerState) {
    for character in text { state.press(.character(character)) }
  }

  /// Types a line into the palette and enters it.
  @discardableResult
  private func enter(_ text: String, _ state: inout ExplorerState) -> [Effect] {
    type(":" + text, &state)
    return state.press(.enter)
  }

  private func palette(_ state: ExplorerState) -> Palette? {
    if case .palette(let palette) = state.mode { palette } else { nil }
  }

  private func proposed(_ state: ExplorerState) -> [String] {
    palette(state).map { state.suggestions(for: $0).map(\.text) } ?? []
  }

  @Test func linesChooseWhatTheyName() {
    var state = ready
    enter("layer 4", &state)
    enter("unit 3", &state)
    enter("class middle", &state)
    enter("sample 311", &state)
    enter("epoch 2", &state)
    enter("threshold 0.2 0.75", &state)
    enter("view cells", &state)
    enter("colors cividis", &state)
    #expect(state.selection.block == 3)
    #expect(state.selection.unit == 3)
    #expect(state.selection.label == 1)
    #expect(state.selection.sample == 311)
    #expect(state.timeline.current?.id == .recorded(2))
    #expect(state.display.thresholds == Thresholds(low: 0.2, high: 0.75))
    #expect(state.display.view == .cells)
    #expect(state.display.colorMap == .cividis)
    #expect(state.mode == .normal)
  }

  @Test func clampsAndThresholdsAreUndone() {
    var state = ready
    enter("clamp 2:3=0.5", &state)
    enter("clamp 4=0", &state)
    #expect(state.clamps.value(layer: 2, unit: 3) == 0.5)
    #expect(state.clamps.value(layer: 4, unit: 0) == 0)
    enter("threshold 0.3 0.6", &state)
    state.press(.character("u"))
    #expect(state.display.thresholds == Thresholds())
    enter("clamp", &state)
    #expect(state.mode == .prompt(Prompt(.clamp(.init(layer: 1, unit: 0)))))
  }

  @Test func ordersAreNamedOrTakenInTurnAndUndone() {
    var state = ready
    enter("order similarity", &state)
    #expect(state.arrangement?.order == .similarity)
    enter("order number", &state)
    #expect(state.arrangement == nil)
    state.press(.character("u"))
    #expect(state.arrangement?.order == .similarity)
    enter("order", &state)
    #expect(state.arrangement == nil)
    type(":order ", &state)
    #expect(proposed(state) == ["number", "mean", "class", "similarity"])
  }

  @Test func aRunIsSetBesideTheOneThatIsOpen() throws {
    var state = ready
    let open = try #require(state.model?.path)
    #expect(
      enter("compare runs/other/", &state).prefix(2) == [.readRun(open), .readRun("runs/other")])
    #expect(state.display.view == .compare)
    #expect(state.comparison.entries.map(\.path) == [open, "runs/other"])
    enter("compare runs/other", &state)
    #expect(state.comparison.entries.count == 2)
    state.press(.character("1"))
    enter("compare", &state)
    #expect(state.display.view == .compare)
  }

  @Test func oneThresholdSplitsInTwo() {
    var state = ready
    enter("threshold 0.4", &state)
    #expect(state.display.thresholds == Thresholds(low: 0.4, high: 0.4))
    #expect(state.display.threeWayThresholds == Thresholds())
  }

  @Test(arguments: [
    ("layer 9", "no highway layer 9; they run from 1 to 5"),
    ("layer", "expected layer LAYER"),
    ("layer 1 2", "expected layer LAYER and no more, found 2"),
    ("unit 6", "no unit 6 in layer 1; they run from 0 to 5"),
    ("class xyz", "no class xyz; expected a name, or a number from 0 to 2"),
    ("sample 1000", "no test sample 1000; they run from 0 to 999"),
    ("epoch 30", "no epoch 30; they run from 0 to 8"),
    ("threshold 0.9 0.1", "threshold: expected LOW at most HIGH, found 0.9 0.1"),
    ("threshold nan", "threshold: expected a number from 0 to 1, found nan"),
    ("clamp 2:9=0", "no unit 9 in layer 2; they run from 0 to 5"),
    ("clamp 2=1.5", "clamp: expected LAYER:UNIT=VALUE"),
    ("order size", "no order size; expected number, mean, class, similarity"),
    ("view attic", "no view attic; expected overview, "),
    ("colors jet", "no colour map jet; expected viridis, cividis, magma"),
    ("zzz", "no command zzz"),
  ])
  func wrongLinesSayWhyAndStay(line: String, problem: String) {
    var state = ready
    enter(line, &state)
    let palette = palette(state)
    #expect(palette?.problem?.hasPrefix(problem) == true, "\(palette?.problem ?? "none")")
    #expect(palette?.text.hasPrefix(line) == true)
    #expect(state.selection == ready.selection)
    #expect(state.display == ready.display)
    #expect(state.screen.textRows().contains { $0.contains(problem) })
    #expect(state.paletteHistory.isEmpty)
  }

  @Test(arguments: [
    ("save", "keep"), ("quit", "leave"), ("sort", "order"), ("zoom", "zoom-in"),
    ("theme", "theme"), ("remove", "lesion-layer"), ("freeze", "clamp"), ("qui", "leave"),
    ("pause", "run-or-pause"), ("glossary", "help"),
  ])
  func wordsThatPeopleTypeFindTheCommand(word: String, name: String) {
    var state = ready
    type(":" + word, &state)
    #expect(palette(state)?.suggestions.first?.text == name)
  }

  @Test func aWordForOneCommandTakesItsArguments() {
    var state = ready
    #expect(enter("quit", &state) == [.quit])
    enter("sort similarity", &state)
    #expect(state.message?.text.contains("similar") == true || state.arrangement != nil)
    enter("freeze 2:3=1", &state)
    #expect(state.clampWords == "unit 2:3 held at 1")
  }

  @Test func mendedLinesWork() {
    var state = ready
    enter("layer 9", &state)
    state.press(.backspace)
    type("2", &state)
    #expect(palette(state)?.problem == nil)
    state.press(.enter)
    #expect(state.selection.block == 1)
  }

  @Test func fewLettersFindACommand() {
    var state = ready
    type(":nxcl", &state)
    #expect(proposed(state).first == "next-class")
    state.press(.enter)
    #expect(state.selection.label == 1)
    #expect(state.mode == .normal)
    type(":thr", &state)
    state.press(.enter)
    #expect(palette(state)?.text == "threshold ")
    type("0.3 0.6", &state)
    state.press(.enter)
    #expect(state.display.thresholds == Thresholds(low: 0.3, high: 0.6))
  }

  @Test func everyKeyedCommandIsListedWithItsKeys() {
    var state = ready
    state.size = Size(width: 120, height: 40)
    for command in Command.table {
      type(":" + command.name, &state)
      #expect(proposed(state).first == command.name)
      let row = state.screen.textRows().first { $0.contains("› " + command.name) } ?? ""
      for key in command.keys { #expect(row.contains(key.label), "\(row)") }
      state.press(.escape)
    }
  }

  @Test func noWordHasTwoEntries() {
    let names = PaletteEntry.table.map(\.name)
    #expect(Set(names).count == names.count)
  }

  @Test func disabledCommandsSayWhy() {
    var state = ready
    type(":two-way", &state)
    let rows = state.screen.textRows()
    #expect(rows.contains { $0.contains("two-way-split") && $0.contains("works in 3 Cells") })
    state.press(.enter)
    #expect(palette(state)?.problem == "two-way: works in 3 Cells")
    #expect(state.display == ready.display)
  }

  @Test func tabCompletesNamesAndArguments() {
    var state = ready
    type(":cl", &state)
    state.press(.tab)
    #expect(palette(state)?.text == "class ")
    #expect(proposed(state) == ["left", "middle", "right"])
    type("r", &state)
    #expect(proposed(state).first == "right")
    state.press(.tab)
    #expect(palette(state)?.text == "class right")
    state.press(.enter)
    #expect(state.selection.label == 2)
  }

  @Test func arrowsChooseASuggestion() {
    var state = ready
    type(":class ", &state)
    state.press(.down, .down, .down, .up, .enter)
    #expect(state.selection.label == 1)
    #expect(state.mode == .normal)
  }

  @Test func arrowsBringBackEarlierLines() {
    var state = ready
    enter("layer 2", &state)
    enter("layer 4", &state)
    type(":la", &state)
    state.press(.up)
    #expect(palette(state)?.text == "layer 4")
    state.press(.up, .up)
    #expect(palette(state)?.text == "layer 2")
    state.press(.down, .down)
    #expect(palette(state)?.text == "la")
    state.press(.up, .up, .enter)
    #expect(state.selection.block == 1)
    #expect(state.paletteHistory == ["layer 4", "layer 2"])
  }

  @Test func pathsAreAskedForOnceForEachDirectory() {
    var state = ready
    type(":open", &state)
    #expect(state.press(.character(" ")) == [.listPaths(directory: "")])
    #expect(state.press(.character("m")) == [])
    let names = ["models/", "notes/", "mine.safetensors", "mine.npz", ".git/"]
    _ = update(&state, with: .pathsListed(.init(directory: "", names: names)))
    #expect(Set(proposed(state)) == ["models/", "mine.safetensors", "mine.npz"])
    type("odels", &state)
    #expect(state.press(.tab) == [.listPaths(directory: "models/")])
    #expect(palette(state)?.text == "open models/")
    _ = update(&state, with: .pathsListed(.init(directory: "", names: ["late"])))
    #expect(proposed(state) == [])
    _ = update(&state, with: .pathsListed(.init(directory: "models/", names: ["a b/", "c/"])))
    state.press(.tab)
    #expect(palette(state)?.text == "open models/a b/")
    #expect(state.press(.enter) == [.openModel(path: "models/a b/")])
  }

  @Test func openingAsksWhereEpochsWouldBeLost() {
    var state = ready
    _ = update(&state, with: .epochTrained(network.metrics(9)))
    #expect(enter("open other", &state) == [])
    #expect(
      state.screen.textRows().last?.contains("1 trained epoch would be lost: y opens") == true)
    #expect(state.press(.character("#")) == [])
    #expect(state.mode == .normal)
    enter("open other", &state)
    #expect(state.press(.character("y")) == [.openModel(path: "other")])
  }

  @Test func escapeAndAnEmptyLineClose() {
    var state = ready
    type(":layer 3", &state)
    state.press(.escape)
    #expect(state.mode == .normal && state.selection == ready.selection)
    type(":", &state)
    state.press(.backspace)
    #expect(state.mode == .normal)
  }

  @Test(arguments: [Size(width: 60, height: 16), Size(width: 200, height: 60)])
  func linesOfAnyKindAreDrawnInAnySize(size: Size) {
    for capabilities in [Capabilities(), Capabilities(colors: .mono, unicode: false)] {
      var state = ready
      state.size = size
      state.capabilities = capabilities
      type(":open /\u{202E}漢\u{1B}[31m/a b c " + String(repeating: "x", count: 300), &state)
      let rows = state.screen.textRows()
      #expect(rows.count == size.height)
      #expect(!rows.joined().unicodeScalars.contains("\u{1B}"))
    }
  }
}

@Suite struct FuzzyMatchTests {
  @Test func lettersHaveToOccurInOrder() {
    #expect(FuzzyMatch.score("nc", in: "next-class") != nil)
    #expect(FuzzyMatch.score("cn", in: "next-class") == nil)
    #expect(FuzzyMatch.score("nn", in: "next") == nil)
    #expect(FuzzyMatch.score("", in: "anything") == 0)
    #expect(FuzzyMatch.score("longer", in: "long") == nil)
  }

  @Test func exactBeatsBeginningBeatsWordsBeatsLetters() throws {
    let scores = try ["cell", "cells", "raise-cell", "cancel-all", "accelerate-l"].map {
      try #require(FuzzyMatch.score("cell", in: $0) ?? FuzzyMatch.score("cel", in: $0))
    }
    #expect(scores[0] > scores[1])
    #expect(scores[1] > scores[2])
    #expect(scores[2] > scores[3])
  }
}
