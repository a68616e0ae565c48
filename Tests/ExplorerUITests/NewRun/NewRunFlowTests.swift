import ExplorerUI
import Testing

@testable import HighwayNetworks

/// Training a new network, keeping it and throwing it away.
@Suite struct NewRunFlowTests {
  private let network = SyntheticNetwork(layers: 3, units: 6, classes: 3)

  private var summary: ModelSummary {
    var summary = network.summary(epochs: 0)
    summary.path = ""
    summary.name = "new coupled-4, not saved"
    summary.isNew = true
    summary.proposedRunPath = "runs/coupled-4-1"
    return summary
  }

  /// A state in which a new network makes room for a model whose cursor stands at its second layer.
  private func begun(from state: ExplorerState? = nil) -> (ExplorerState, [Effect]) {
    var state = state ?? .ready(SyntheticNetwork(layers: 5, units: 6, classes: 3), epochs: 6)
    state.press(.down)
    let effects = update(&state, with: .runBegun(summary, upTo: 20))
    return (state, effects)
  }

  private func train(_ state: inout ExplorerState, _ epochs: ClosedRange<Int>) {
    for epoch in epochs { _ = update(&state, with: .epochTrained(network.metrics(epoch))) }
    _ = update(&state, with: .trainingStopped(.paused))
  }

  @Test func itIsOpenedAndTrained() {
    let (state, effects) = begun()
    #expect(effects.contains(.trainEpochs(.upTo(20), from: .recorded(0), branch: 0)))
    #expect(state.training.isActive)
    #expect(state.screen.textRows()[0].contains("new coupled-4, not saved"))
    #expect(state.gatedLayers.count == 3)
    #expect(state.message?.text.contains("up to epoch 20") == true)
  }

  @Test func itStandsBesideTheRunsUntilItIsKept() throws {
    var (state, _) = begun()
    state.press(.character("7"))
    _ = update(&state, with: .runsFound(["runs/coupled-4"], left: 0))
    let run = SyntheticRuns.summary("coupled-4")
    _ = update(&state, with: .runRead(run.path, run))
    #expect(state.comparison.entries.map(\.path).sorted() == ["", "runs/coupled-4"])
    train(&state, 1...3)
    let shown = state.shownComparison
    let own = try #require(shown.entries.firstIndex { $0.path.isEmpty })
    #expect(shown.names[own] == "new coupled-4, not saved")
    #expect(shown.entries[own].metrics.map(\.epoch) == [0, 1, 2, 3])
    #expect(state.screen.textRows().contains { $0.contains("new coupled-4") })
    while state.comparison.current?.path.isEmpty == false { state.press(.up) }
    #expect(state.press(.character("D")).isEmpty)
    #expect(state.comparison.entries.count == 2)
    _ = update(
      &state, with: .runKept(path: "runs/new", epochs: [1, 2, 3], nextProposal: "runs/new-2"))
    #expect(!state.comparison.entries.contains { $0.path.isEmpty })
    #expect(state.comparison.entries.contains { $0.path == "runs/new" })
  }

  @Test func aPauseIsGoneOnFromUpToTheSameEpoch() {
    var (state, _) = begun()
    #expect(state.press(.character(" ")) == [.pauseTraining])
    train(&state, 1...3)
    #expect(
      state.press(.character(" ")).first == .trainEpochs(.upTo(20), from: .live(3), branch: 0))
    train(&state, 4...20)
    #expect(
      state.press(.character(" ")).first == .trainEpochs(.continuous, from: .live(20), branch: 0),
      "and beyond it when asked to")
  }

  @Test func theModelBeforeIsGoneBackToAsItWasLeft() {
    var before = ExplorerState.ready(SyntheticNetwork(layers: 5, units: 6, classes: 3), epochs: 6)
    before.press(.character("t"))
    _ = update(&before, with: .epochTrained(network.metrics(7)))
    _ = update(&before, with: .trainingStopped(.finished))
    before.press(.character("x"))
    var (state, _) = begun(from: before)
    #expect(state.clamps.isEmpty)
    #expect(state.press(.character("B")).isEmpty, "not while it trains")
    train(&state, 1...2)
    #expect(state.press(.character("B")).first == .turnToParked(keepsOpen: true))
    #expect(state.timeline.entries.last?.id == .live(7))
    #expect(state.clamps == before.clamps && !state.clamps.isEmpty)
    #expect(state.selection.block == 1 && state.gatedLayers.count == 5)
    #expect(state.screen.textRows()[0].contains("mnist-coupled"))
    state.press(.character("u"))
    #expect(state.clamps.isEmpty, "its changes are undone as before")
    #expect(state.press(.character("B")).first == .turnToParked(keepsOpen: true))
    #expect(state.timeline.entries.map(\.id) == [.recorded(0), .live(1), .live(2)])
    #expect(state.model?.isNew == true)
  }

  @Test func leavingCountsTheEpochsOfBoth() {
    var (state, _) = begun()
    train(&state, 1...2)
    state.press(.character("B"))
    #expect(state.timeline.unsavedCount == 0)
    #expect(state.press(.character("q")).isEmpty)
    #expect(state.screen.textRows().last?.contains("2 trained epochs would be lost") == true)
  }

  @Test func keptItStandsBesideTheModelBefore() {
    var (state, _) = begun()
    train(&state, 1...2)
    state.press(.character("w"))
    #expect(state.press(.enter) == [.keepRun(path: "runs/coupled-4-1", confirmed: false)])
    let effects = update(
      &state, with: .runKept(path: "runs/coupled-4-1", epochs: [1, 2], nextProposal: "n"))
    #expect(
      effects.starts(with: [.readRun("models/mnist-coupled-50"), .readRun("runs/coupled-4-1")]))
    #expect(
      state.comparison.entries.map(\.path) == ["models/mnist-coupled-50", "runs/coupled-4-1"])
    #expect(state.model?.isNew == false && state.model?.name == "coupled-4-1")
    #expect(state.message?.text == "saved 2 epochs in runs/coupled-4-1")
    #expect(state.press(.character("W")).isEmpty)
    #expect(state.message?.kind == .warning, "what is kept is not discarded")
    #expect(state.press(.character("q")) == [.quit])
  }

  @Test(arguments: [0, 7])
  func aFullComparisonMakesRoomForIt(place: Int) {
    var (state, _) = begun()
    var runs = (1...7).map { "models/r\($0)" }
    runs.insert("models/mnist-coupled-50", at: place)
    _ = update(&state, with: .runsFound(runs, left: 0))
    train(&state, 1...1)
    let effects = update(&state, with: .runKept(path: "runs/a", epochs: [1], nextProposal: "n"))
    #expect(effects.contains(.forgetRun("models/r7")))
    runs.removeAll { $0 == "models/r7" }
    #expect(state.comparison.entries.map(\.path) == runs + ["runs/a"])
  }

  @Test func discardingAsksOnceAndGoesBack() {
    var (state, _) = begun()
    train(&state, 1...2)
    #expect(state.press(.character("W")).isEmpty)
    #expect(
      state.screen.textRows().last?.hasPrefix(" 2 trained epochs would be lost: y discards them")
        == true)
    var stays = state
    #expect(stays.press(.down).isEmpty)
    #expect(stays.mode == .normal && stays.model?.isNew == true)
    var keeps = state
    keeps.press(.character("w"))
    #expect(keeps.screen.textRows().last?.contains("save the trained epochs as run") == true)
    #expect(state.press(.character("y")).first == .turnToParked(keepsOpen: false))
    #expect(state.model?.name == "mnist-coupled-50")
    #expect(state.press(.character("B")).isEmpty)
    #expect(state.message?.text == "no model was open before")
    #expect(state.press(.character("q")) == [.quit])
  }

  @Test func discardedWithNothingBeforeTheModelsAreListed() {
    var (state, _) = begun(from: ExplorerState(size: Size(width: 80, height: 24)))
    _ = update(&state, with: .trainingStopped(.failed("the loss is no longer finite")))
    #expect(state.press(.character("W")) == [.listModels, .wanted([])])
    #expect(state.model == nil)
    _ = update(
      &state, with: .modelsListed([ModelEntry(path: "a", name: "a")], preferred: nil))
    #expect(state.mode == .models)
  }

  @Test func anotherNewNetworkInItsPlaceAsksForItsEpochs() throws {
    var state = FormTests.opened()
    guard case .newRun(let form) = state.mode else {
      Issue.record("no form")
      return
    }
    let settings = try #require(form.settings)
    state.press(.escape)
    (state, _) = begun(from: state)
    train(&state, 1...2)
    state.mode = .newRun(form)
    #expect(state.press(.enter).isEmpty)
    #expect(state.mode == .confirmingDiscard(2, for: settings))
    #expect(state.press(.character("y")) == [.beginRun(settings)])
    _ = update(&state, with: .runBegun(summary, upTo: 5))
    #expect(state.parked?.model.name == "mnist-coupled-50", "the one before both")
    #expect(state.timeline.entries.map(\.id) == [.recorded(0)])
  }

  @Test func lossThatIsNotFiniteLeavesTheLastGoodEpoch() {
    var (state, _) = begun()
    _ = update(&state, with: .epochTrained(network.metrics(1)))
    _ = update(
      &state,
      with: .trainingProgressed(
        TrainingProgress(epoch: 2, step: 3, steps: 40, loss: 2, samplesPerSecond: 1)))
    let reason = "the loss is no longer finite in epoch 2, step 4, at learning rate 1000000.0"
    _ = update(&state, with: .trainingStopped(.failed(reason)))
    #expect(state.timeline.entries.map(\.id) == [.recorded(0), .live(1)])
    #expect(state.message == Message(.failure, reason + "; N takes other settings"))
    #expect(!state.training.isActive)
    let rows = state.screen.textRows().suffix(3).joined(separator: " ")
    #expect(rows.contains("epoch 2, step 4"), "\(rows)")
  }

  @Test func whatCannotBeMadeLeadsBackToTheForm() {
    var state = FormTests.opened()
    state.press(.enter)
    _ = update(&state, with: .runRefused(message: "models/data/mnist: gone"))
    guard case .newRun(let form) = state.mode else {
      Issue.record("no form")
      return
    }
    #expect(form.problem == "models/data/mnist: gone")
    #expect(state.screen.textRows().contains { $0.contains("models/data/mnist: gone") })
  }

  @Test(arguments: ["new", "train"])
  func thePaletteOpensTheForm(name: String) {
    var state = ExplorerState.ready(network)
    state.press(.character(":"))
    for letter in name { state.press(.character(letter)) }
    state.press(.enter)
    guard case .newRun = state.mode else {
      Issue.record("\(state.mode)")
      return
    }
  }
}
