import ExplorerUI
import Testing

@testable import HighwayNetworks

/// Gates that are held: what the keys do, what is asked for, and what is undone.
@Suite struct ClampTests {
  private let network = SyntheticNetwork(layers: 5, units: 6, classes: 3)
  private var ready: ExplorerState { .ready(network, epochs: 6) }

  private func clamps(_ entries: (GateClamps.Target, Float)...) -> GateClamps {
    var clamps = GateClamps()
    for (target, value) in entries { clamps.hold(target, at: value) }
    return clamps
  }

  private func type(_ text: String, into state: inout ExplorerState) {
    state.press(.character("g"))
    for character in text { state.press(.character(character)) }
    state.press(.enter)
  }

  @Test func lesionAsksForStatisticsAndSampleOfTheLesionedNetwork() {
    var state = ready
    let effects = state.press(.down, .character("x"))
    let held = clamps((.init(layer: 2), 0))
    let epoch = EpochID.recorded(6)
    #expect(
      effects == [
        .wanted([
          .sample(SampleRequest(epoch: epoch, split: .test, sample: 0, clamps: held)),
          .statistics(
            StatisticsRequest(epoch: epoch, split: .test, thresholds: Thresholds(), clamps: held)),
        ])
      ])
    #expect(state.statistics.note == "with nothing held", "the old picture stays")
    #expect(state.sample.note == "with nothing held")
    #expect(state.press(.character("x")) == [.wanted([])], "the intact network is known")
    #expect(state.clamps.isEmpty && state.statistics.note == nil)
  }

  @Test func bothTheIntactAndTheLesionedAreKept() {
    var state = ready
    state.play([.terminal(.key(.character("x")))], with: network)
    #expect(state.statistics.note == nil)
    for _ in 0..<4 { #expect(state.press(.character("x")).isEmpty) }
  }

  @Test(arguments: [
    ("0.5", GateClamps.Target(layer: 1, unit: 1), Float(0.5)),
    ("layer 0.25", .init(layer: 1), 0.25), (" 1 ", .init(layer: 1, unit: 1), 1),
  ])
  func promptHoldsUnitOrLayer(text: String, target: GateClamps.Target, value: Float) {
    var state = ready
    state.press(.right)
    type(text, into: &state)
    #expect(state.clamps == clamps((target, value)))
  }

  @Test(arguments: ["1.5", "-0.1", "nan", "x", "unit 0.5", "0.5 0.5", "layer"])
  func promptSaysWhatItExpected(text: String) {
    var state = ready
    type(text, into: &state)
    #expect(state.clamps.isEmpty && !state.history.canUndo)
    #expect(state.message?.text.hasPrefix("nothing was held: a value from 0 to 1") == true)
  }

  @Test func eachIsLetGoByItselfAndAllAtOnce() {
    var state = ready
    type("0.5", into: &state)
    state.press(.character("x"), .down, .character("x"))
    #expect(state.clamps.entries.count == 3)
    state.press(.character("5"), .tab)
    #expect(state.selection.block == 0 && state.selection.unit == 0)
    state.press(.character("d"))
    #expect(state.clamps == clamps((.init(layer: 1), 0), (.init(layer: 2), 0)))
    state.press(.character("d"))
    #expect(state.clamps == clamps((.init(layer: 2), 0)))
    state.press(.character("d"))
    #expect(state.message?.text == "neither unit 1:0 nor layer 1 is held")
    state.press(.character("G"))
    #expect(state.clamps.isEmpty)
    state.press(.character("G"))
    #expect(state.message?.text == "nothing is held")
  }

  @Test func headerAndTitlesSayWhatIsHeld() {
    var state = ready
    state.size = Size(width: 200, height: 60)
    state.play([.terminal(.key(.down)), .terminal(.key(.character("x")))], with: network)
    for (key, title) in [
      ("1", "mean T, layer 2 held at 0"), ("2", "− mean, layer 2 held at 0"),
      ("3", "samples, layer 2 held at 0"),
    ] {
      state.press(.character(Character(key)))
      let rows = state.screen.textRows()
      #expect(rows[0].contains("layer 2 held at 0"))
      #expect(rows.joined().contains(title))
    }
    #expect(state.screen.textRows().joined().contains("coupled, tanh, held at 0"))
    type("0.5", into: &state)
    #expect(state.clampWords == "1 layer and 1 gate held")
    state.size = Size(width: 60, height: 16)
    #expect(state.screen.textRows()[0].contains("2 held"))
  }

  @Test func undoStepsBackThroughClampsAndThresholds() {
    var state = ready
    state.press(.character("x"), .character("3"), .character("+"), .down, .character("x"))
    state.press(.character("u"))
    #expect(state.message?.text == "undone: layer 2 held at 0; now layer 1 held at 0")
    #expect(state.clamps == clamps((.init(layer: 1), 0)))
    #expect(state.display.thresholds.low == 0.15)
    state.press(.character("u"))
    #expect(state.message?.text == "undone: thresholds 0.15, 0.90; now thresholds 0.10, 0.90")
    #expect(state.display.thresholds == Thresholds())
    state.press(.character("u"))
    #expect(state.clamps.isEmpty)
    state.press(.character("u"))
    #expect(state.message?.text == "nothing to undo")
    state.press(.character("U"), .control("r"))
    #expect(state.message?.text == "redone: thresholds 0.15, 0.90")
    #expect(state.clamps == clamps((.init(layer: 1), 0)) && state.display.thresholds.low == 0.15)
    state.press(.character("b"), .character("U"))
    #expect(state.message?.text == "nothing to redo", "a new change ends what was undone")
    state.press(.character("u"))
    #expect(state.display.thresholds.low == 0.15)
  }

  @Test func historyForgetsTheOldestChanges() {
    var state = ready
    for _ in 0..<(UndoHistory.capacity + 5) { state.press(.character("x")) }
    var count = 0
    while state.history.canUndo {
      state.press(.character("u"))
      count += 1
    }
    #expect(count == UndoHistory.capacity)
  }

  @Test func withoutSamplesNothingIsHeld() {
    var state = ExplorerState(size: Size(width: 80, height: 24))
    _ = update(&state, with: .modelOpened(network.summary(dataProblem: "no data here")))
    state.press(.character("x"))
    #expect(state.clamps.isEmpty && state.message?.text == "no data here")
  }

  @Test func whatIsHeldIsHeldWhileItTrains() {
    var state = ready
    state.play([.terminal(.key(.character("x")))], with: network)
    state.press(.character(" "))
    _ = update(
      &state,
      with: .trainingProgressed(
        TrainingProgress(epoch: 7, step: 1, steps: 9, loss: 1, samplesPerSecond: 1)))
    let request = StatisticsRequest(
      epoch: .inTraining, split: .test, thresholds: Thresholds(), clamps: state.clamps)
    #expect(!state.clamps.isEmpty && state.training.watched.contains(.statistics(request)))
  }
}
