import ExplorerUI
import Testing

@testable import HighwayNetworks

@Suite struct TrainingTests {
  private let network = SyntheticNetwork(layers: 5, units: 6, classes: 3)

  private func progress(_ epoch: Int, step: Int = 10, loss: Double = 0.3) -> Action {
    .trainingProgressed(
      TrainingProgress(epoch: epoch, step: step, steps: 40, loss: loss, samplesPerSecond: 9000))
  }

  /// A state in which epochs 7 and 8 were trained and not kept.
  private var trained: ExplorerState {
    var state = ExplorerState.ready(network, epochs: 6)
    state.play(
      [
        .terminal(.key(.character("t"))), progress(7), .epochTrained(network.metrics(7)),
        progress(8), .epochTrained(network.metrics(8)), .trainingStopped(.finished),
      ], with: network)
    return state
  }

  @Test func trainingIsFollowed() {
    var state = ExplorerState.ready(network, epochs: 6)
    #expect(
      state.press(.character("t")) == [.trainEpochs(.oneEpoch, from: .recorded(6), branch: 0)])
    let begun = update(&state, with: progress(7))
    #expect(begun.questions == nil, "nothing is asked of an epoch that moves")
    #expect(begun.contains(.watch(state.training.watched)) && !state.training.watched.isEmpty)
    #expect(update(&state, with: progress(7, step: 11)).isEmpty, "the same is watched on")
    #expect(state.timeline.current?.id == .live(7, step: 11))
    #expect(state.statistics.note == "of epoch 6", "the picture of the epoch before stays")
    _ = update(&state, with: network.picture(7, for: state))
    #expect(state.statistics.note == "live" && state.sample.note == "live")
    #expect(state.momentWords == "live, epoch 7")
    _ = update(&state, with: .epochTrained(network.metrics(7)))
    let effects = update(&state, with: .trainingStopped(.finished))
    let request = StatisticsRequest(epoch: .live(7), split: .test, thresholds: Thresholds())
    #expect(effects.questions?.contains(.statistics(request)) == true)
    #expect(state.timeline.unsavedCount == 1)
  }

  @Test func thePictureMovesOnWhereEpochsAreShort() {
    var state = ExplorerState.ready(network, epochs: 6)
    state.press(.character(" "))
    for epoch in 7...20 {
      _ = update(&state, with: progress(epoch))
      _ = update(&state, with: network.picture(epoch, for: state))
      _ = update(&state, with: .epochTrained(network.metrics(epoch)))
      #expect(state.statistics.note == "live" && state.momentWords == "live, epoch \(epoch)")
    }
  }

  @Test func aPauseIsTheMomentToLook() {
    var state = ExplorerState.ready(network, epochs: 6)
    state.press(.character(" "))
    _ = update(&state, with: progress(7))
    _ = update(&state, with: network.picture(7, for: state))
    state.press(.character(" "))
    _ = update(&state, with: progress(7, step: 13))
    let effects = update(&state, with: .trainingStopped(.paused))
    let request = StatisticsRequest(
      epoch: .live(7, step: 13), split: .test, thresholds: Thresholds())
    #expect(effects.questions?.contains(.statistics(request)) == true)
    #expect(effects.contains(.watch([])))
    state.play(
      [.answered(.statistics(request), .success(.statistics(network.statistics())))], with: network)
    #expect(state.momentWords == "epoch 7, step 13, not saved")
  }

  @Test func scrubbingBackLeavesTrainingRunning() {
    var state = ExplorerState.ready(network, epochs: 6)
    state.press(.character(" "))
    _ = update(&state, with: progress(7))
    let effects = state.press(.character("<"))
    #expect(!effects.contains(.pauseTraining) && effects.contains(.watch([])))
    #expect(state.message?.text == "training goes on; F follows it again")
    #expect(state.momentWords == "epoch 6")
    state.press(.character("F"))
    _ = update(&state, with: network.picture(7, for: state))
    #expect(state.momentWords == "live, epoch 7")
  }

  @Test func trainingFromAnEarlierEpochSetsTheLaterOnesAside() {
    var state = ExplorerState.ready(network, epochs: 6)
    state.press(.character("<"))
    state.press(.character("<"))
    #expect(
      state.press(.character(" ")) == [.trainEpochs(.continuous, from: .recorded(4), branch: 1)])
    #expect(state.timeline.entries.map(\.id.number) == [0, 1, 2, 3, 4])
    #expect(state.model?.metrics.map(\.epoch) == [0, 1, 2, 3, 4])
    #expect(state.message?.text.contains("epochs 5 to 6") == true)
    _ = update(&state, with: progress(5))
    _ = update(&state, with: .epochTrained(network.metrics(5)))
    #expect(state.timeline.current?.id == .live(5, branch: 1))
  }

  @Test func losingTrainedEpochsToAnEarlierStartIsAskedFirst() {
    var state = trained
    state.press(.character("<"))
    #expect(state.press(.character("t")).isEmpty)
    #expect(state.mode == .confirmingBranch(.oneEpoch))
    state.press(.character("2"))
    #expect(state.mode == .normal && state.timeline.entries.last?.id == .live(8))
    state.press(.character("t"))
    let effects = state.press(.character("t"))
    #expect(effects.contains(.trainEpochs(.oneEpoch, from: .live(7), branch: 1)))
    #expect(state.timeline.entries.last?.id == .live(7))
  }

  @Test func aPausedEpochIsGoneOnWithFromItsPlace() {
    var state = ExplorerState.ready(network, epochs: 6)
    state.press(.character(" "))
    _ = update(&state, with: progress(7))
    state.press(.character(" "))
    _ = update(&state, with: .trainingStopped(.paused))
    let effects = state.press(.character("t"))
    #expect(effects.first == .trainEpochs(.oneEpoch, from: .recorded(6), branch: 0))
    #expect(effects.contains(.watch(state.training.watched)))
    #expect(state.timeline.entries.last?.id == .live(7, step: 10))
  }

  @Test func lookingBackIsNotDisturbedByTraining() {
    var state = ExplorerState.ready(network, epochs: 6)
    state.press(.character(" "))
    _ = update(&state, with: progress(7))
    state.play([.terminal(.key(.character("<"))), .terminal(.key(.character("<")))], with: network)
    _ = update(&state, with: .epochTrained(network.metrics(7)))
    _ = update(&state, with: progress(8))
    #expect(state.timeline.current?.id == .recorded(5))
  }

  @Test func spacePausesAndTrainingTwiceIsRefused() {
    var state = ExplorerState.ready(network, epochs: 6)
    #expect(
      state.press(.character(" ")) == [.trainEpochs(.continuous, from: .recorded(6), branch: 0)])
    #expect(state.press(.character("t")).isEmpty)
    #expect(state.message != nil)
    #expect(state.press(.character(" ")) == [.pauseTraining])
    #expect(state.press(.character(" ")).isEmpty, "it pauses already")
    _ = update(&state, with: .trainingStopped(.paused))
    #expect(state.training.phase == .idle)
  }

  @Test func lossThatIsNotFinitePauses() {
    var state = ExplorerState.ready(network, epochs: 6)
    state.press(.character(" "))
    let effects = update(&state, with: progress(7, step: 12, loss: .nan))
    #expect(effects.first == .pauseTraining)
    #expect(state.message?.kind == .failure)
    #expect(state.message?.text.contains("epoch 7, step 12") == true)
    #expect(update(&state, with: progress(7, step: 13, loss: .nan)).isEmpty)
  }

  @Test func failedTrainingDropsTheUnfinishedEpoch() {
    var state = ExplorerState.ready(network, epochs: 6)
    state.press(.character(" "))
    _ = update(&state, with: progress(7))
    _ = update(&state, with: .trainingStopped(.failed("out of memory")))
    #expect(state.timeline.current?.id == .recorded(6))
    #expect(state.message?.text == "out of memory")
  }

  @Test func keepingProposesANewPath() {
    var state = trained
    #expect(state.press(.character("w")).isEmpty)
    #expect(state.press(.enter) == [.keepRun(path: "models/mnist-coupled-50-2", confirmed: false)])
    _ = update(
      &state,
      with: .runKept(path: "models/mnist-coupled-50-2", epochs: [7, 8], nextProposal: "next"))
    #expect(state.timeline.unsavedCount == 0)
    #expect(state.press(.character("q")) == [.quit])
  }

  @Test(arguments: ["models/mnist-coupled-50", "models/mnist-coupled-50/"])
  func openRunIsNeverAddedToSilently(path: String) {
    var state = trained
    state.model?.path = path
    state.press(.character("w"), .backspace, .backspace, .character("/"))
    #expect(state.press(.enter).isEmpty)
    guard case .confirmingKeep = state.mode else {
      Issue.record("no question was asked")
      return
    }
    var refused = state
    #expect(refused.press(.character("n")).isEmpty)
    #expect(refused.mode == .normal)
    let path = "models/mnist-coupled-50"
    #expect(!refused.press(.enter).contains(.keepRun(path: path, confirmed: true)))
    #expect(!refused.press(.enter).contains(.keepRun(path: path, confirmed: false)))
    #expect(
      state.press(.character("y")) == [.keepRun(path: "models/mnist-coupled-50", confirmed: true)])
  }

  @Test func executableMayAskBeforeAddingToARun() {
    var state = trained
    _ = update(
      &state, with: .keepNeedsConfirmation(path: "other", question: "other is a run: add?"))
    #expect(state.screen.textRows().last == " other is a run: add?")
    #expect(state.press(.character("y")) == [.keepRun(path: "other", confirmed: true)])
  }

  @Test func nothingToKeepIsSaid() {
    var state = ExplorerState.ready(network, epochs: 6)
    state.press(.character("w"))
    #expect(state.mode == .normal)
    #expect(state.message?.text == "no trained epochs to save")
  }

  @Test func leavingAsksOnceWhenEpochsWouldBeLost() {
    var state = trained
    #expect(state.press(.character("q")).isEmpty)
    #expect(state.screen.textRows().last?.contains("2 trained epochs would be lost") == true)
    var stays = state
    #expect(stays.press(.down).isEmpty)
    #expect(stays.mode == .normal && stays.selection.block == 1)
    #expect(stays.press(.control("c")).isEmpty, "it asks again")
    #expect(state.press(.control("c")) == [.quit])
    var nothingLost = ExplorerState.ready(network, epochs: 6)
    #expect(nothingLost.press(.character("q")) == [.quit])
  }

  @Test func epochsOfTwoWritersAreToldApart() {
    var state = ExplorerState.ready(network, epochs: 6)
    var written = FollowedRun.Changes()
    written.writer = try? RunHolder(
      json: #"{"process":7,"host":"far","since":"2026-01-31T12:00:00Z"}"#)
    _ = update(&state, with: .runChanged(written))
    state.press(.character("6"))
    #expect(state.screen.textRows().contains { $0.contains("written by process 7") })
    #expect(state.press(.character("t")).isEmpty && state.mode == .confirmingBranch(.oneEpoch))
    #expect(state.screen.textRows().last?.contains("your own branch from epoch 6") == true)
    state.press(.character("t"))
    _ = update(&state, with: .epochTrained(network.metrics(7)))
    written.recorded = [(7, network.metrics(7)), (8, network.metrics(8))]
    _ = update(&state, with: .runChanged(written))
    #expect(state.timeline.entries.map(\.id.number) == [0, 1, 2, 3, 4, 5, 6, 7, 8, 7])
    #expect(state.momentWords?.hasPrefix("epoch 7 of your branch") == true)
    state.press(.character("<"), .character("<"))
    #expect(state.momentWords?.hasPrefix("epoch 7,") == true)
  }

  @Test func aRunThatIsMadeAgainIsOpenedAgain() {
    var state = ExplorerState.ready(network, epochs: 6)
    var changes = FollowedRun.Changes()
    changes.isAnother = true
    let path = state.model?.path ?? ""
    #expect(update(&state, with: .runChanged(changes)).contains(.openModel(path: path)))
    _ = update(&state, with: .epochTrained(network.metrics(7)))
    #expect(!update(&state, with: .runChanged(changes)).contains(.openModel(path: path)))
    #expect(state.message?.text.contains("keep your epochs") == true)
  }

  private func changes(_ epochs: Int...) -> Action {
    var changes = FollowedRun.Changes()
    changes.recorded = epochs.map { ($0, network.metrics($0)) }
    return .runChanged(changes)
  }

  @Test func recordedEpochsOfAnotherProgramAreFollowed() {
    var state = ExplorerState.ready(network, epochs: 6)
    let effects = update(&state, with: changes(7))
    #expect(state.timeline.current?.id == .recorded(7))
    #expect(effects.questions?.count == 2)
    state.press(.character("<"))
    _ = update(&state, with: changes(8))
    #expect(state.timeline.current?.id == .recorded(6))
    _ = update(&state, with: changes(8))
    #expect(state.timeline.entries.count == 9)
  }
}
