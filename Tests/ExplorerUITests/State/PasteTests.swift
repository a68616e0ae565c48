import ExplorerUI
import Foundation
import Testing

/// Pasted text, and text that is typed faster than it is drawn.
@Suite struct PasteTests {
  private let network = SyntheticNetwork(layers: 5, units: 6, classes: 3)

  @Test func pastedTextIsNeverTakenForKeys() {
    var state = ExplorerState.ready(network)
    let before = state.timeline.cursor
    let effects = update(&state, with: .terminal(.pasted("tq2<")))
    #expect(effects.isEmpty && state.mode == .normal && state.timeline.cursor == before)
    #expect(state.message?.text.contains("pasted") == true)
    #expect(!state.isTyping)
  }

  @Test func aQuestionIsNotAnsweredByPastedText() {
    var state = ExplorerState.ready(network)
    state.press(.character("t"))
    _ = update(&state, with: .epochTrained(network.metrics(21)))
    _ = update(&state, with: .trainingStopped(.finished))
    state.press(.character("q"))
    #expect(state.mode == .confirmingLeave)
    #expect(update(&state, with: .terminal(.pasted("q"))).isEmpty)
    #expect(state.mode == .confirmingLeave)
  }

  @Test func aPromptTakesPastedTextAtItsCursor() {
    var state = ExplorerState.ready(network)
    state.press(.character("e"), .control("u"), .character("a"), .character("c"), .left)
    _ = update(&state, with: .terminal(.pasted("bb")))
    guard case .prompt(let prompt) = state.mode else {
      Issue.record("the prompt is closed")
      return
    }
    #expect(String(prompt.text) == "abbc" && prompt.position == 3)
  }

  @Test func theCommandLineIsBounded() {
    var state = ExplorerState.ready(network)
    state.press(.character(":"))
    let text = String(repeating: "lesion ", count: 3_000)
    let clock = ContinuousClock()
    let time = clock.measure { _ = update(&state, with: .terminal(.pasted(text))) }
    guard case .palette(let palette) = state.mode else {
      Issue.record("the palette is closed")
      return
    }
    #expect(palette.text.count == 4_096)
    #expect(time < .seconds(2), "suggestions are looked up once")
    #expect(state.isTyping)
  }

  @Test func helpIsSearchedForPastedText() {
    var state = ExplorerState.ready(network)
    state.press(.character("?"))
    _ = update(&state, with: .terminal(.pasted("sample")))
    guard case .help(let help) = state.mode else {
      Issue.record("help is closed")
      return
    }
    #expect(help.filter == "sample")
    _ = update(&state, with: .terminal(.pasted(String(repeating: "x", count: 50_000))))
    guard case .help(let long) = state.mode else { return }
    #expect((long.filter ?? "").count == 60)
  }

  @Test func laterEpochsComeBackWhereNoEpochCameOfTraining() {
    var state = ExplorerState.ready(network, epochs: 6)
    let metrics = state.model?.metrics.count
    state.press(.character("<"), .character("<"), .character("t"))
    #expect(state.timeline.entries.map(\.id.number) == [0, 1, 2, 3, 4])
    _ = update(&state, with: .trainingStopped(.failed("no data")))
    #expect(state.timeline.entries.map(\.id.number) == Array(0...6))
    #expect(state.timeline.current?.id.number == 4)
    #expect(state.model?.metrics.count == metrics)
    // The next branch is another one: what was begun of this one is not gone on with.
    let effects = state.press(.character("t"))
    #expect(effects == [.trainEpochs(.oneEpoch, from: .recorded(4), branch: 2)])
    _ = update(&state, with: .epochTrained(network.metrics(5)))
    _ = update(&state, with: .trainingStopped(.failed("the loss is not finite")))
    #expect(state.timeline.entries.map(\.id.number) == [0, 1, 2, 3, 4, 5])
  }

  @Test func theQuestionCountsWhatCanBeKept() {
    var state = ExplorerState.ready(network, epochs: 6)
    state.press(.character(" "))
    for epoch in 7...8 { _ = update(&state, with: .epochTrained(network.metrics(epoch))) }
    _ = update(
      &state,
      with: .trainingProgressed(
        TrainingProgress(epoch: 9, step: 1, steps: 4, loss: 1, samplesPerSecond: 1)))
    state.press(.character("q"))
    #expect(state.screen.textRows().last?.contains("2 trained epochs would be lost") == true)
  }

  @Test func epochsThatWereLeftAreAskedAboutOnce() {
    let leftover = Leftover(path: "unsaved/run-1", name: "run", epochs: 3, proposal: "run-2")
    var state = ExplorerState.ready(network)
    _ = update(&state, with: .leftoversFound([leftover, leftover]))
    #expect(state.mode == .confirmingRecovery(leftover))
    #expect(state.press(.character("y")) == [.recover(leftover)])
    #expect(state.mode == .confirmingRecovery(leftover), "the other one")
    #expect(state.press(.character("x")).isEmpty)
    #expect(state.mode == .normal)
    _ = update(&state, with: .leftoversFound([leftover]))
    #expect(state.press(.character("d")) == [.discardLeftover(leftover)])
  }

  @Test func aNameMayBeginWithANumber() {
    var state = ExplorerState.ready(network)
    state.model?.classNames = ["½", "4x4", "三毛猫"]
    for (label, name) in ["½", "4x4", "三毛猫"].enumerated() {
      state.selection.label = (label + 1) % 3
      state.press(.character("/"))
      _ = update(&state, with: .terminal(.pasted(name)))
      state.press(.enter)
      #expect(state.selection.label == label)
    }
    state.model?.classNames = ["1", "2", "3"]
    state.press(.character("/"), .character("3"), .enter)
    #expect(state.selection.block == 2, "digits alone are a layer")
  }

  @Test func theListSaysHowManyMoreThereAre() {
    var state = ExplorerState(size: Size(width: 100, height: 24), capabilities: Capabilities())
    let entries = ["b", "a", "c"].map { ModelEntry(path: $0, name: $0) }
    _ = update(&state, with: .modelsListed(entries, left: 117, preferred: "a"))
    #expect(state.screen.textRows().first?.contains("117 more are not listed") == true)
    // A search without hits does not forget which one it was.
    #expect(state.models.current?.name == "a")
    state.press(.character("/"), .character("x"))
    #expect(state.models.current == nil)
    state.press(.escape)
    #expect(state.models.current?.name == "a")
  }

  @Test func theListIsSortedAndSortsByWhatIsAskedFor() {
    var state = ExplorerState(size: Size(width: 140, height: 24), capabilities: Capabilities())
    let entries = [("deep-10", 0.9), ("deep-5", 0.95), ("a", 0.5)].map { name, accuracy in
      var entry = ModelEntry(path: name, name: name)
      entry.accuracy = accuracy
      return entry
    }
    _ = update(&state, with: .modelsListed(entries, preferred: "deep-10"))
    #expect(state.models.shown.map(\.name) == ["a", "deep-5", "deep-10"])
    #expect(state.models.current?.name == "deep-10")
    state.press(.tab, .tab, .tab, .tab)
    #expect(state.models.order == .accuracy)
    #expect(state.models.shown.map(\.name) == ["deep-5", "deep-10", "a"])
    #expect(state.models.current?.name == "deep-10")
  }

  @Test(arguments: [1, 2, 3, 4], [Size(width: 120, height: 40), Size(width: 200, height: 60)])
  func theBarsOfTheClassesAreClickable(view: Int, size: Size) throws {
    var state = ExplorerState.ready(network, size: size)
    state.press(.character(Character("\(view)")))
    state.play([.terminal(.resized(size))], with: network)
    let rows = state.screen.textRows()
    let title = "each class − mean"
    let other = "T of each class − mean, this unit"
    guard let y = rows.firstIndex(where: { $0.contains(title) || $0.contains(other) }),
      let range = rows[y].range(of: rows[y].contains(other) ? other : title)
    else { return }
    let x = rows[y].distance(from: rows[y].startIndex, to: range.lowerBound)
    for label in [2, 0, 1] {
      let press = MouseEvent(.press, at: Point(x: x, y: y + 1 + label))
      _ = update(&state, with: .terminal(.mouse(press)))
      #expect(state.selection.label == label)
    }
  }
}
