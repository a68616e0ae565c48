import ExplorerUI
import Testing

@testable import HighwayNetworks

@Suite struct UpdateTests {
  private let network = SyntheticNetwork(layers: 5, units: 6, classes: 3)
  private var ready: ExplorerState { .ready(network, epochs: 6) }

  @Test func openingAsksForWhatIsShownOnce() {
    var state = ExplorerState(size: Size(width: 80, height: 24))
    let effects = update(&state, with: .modelOpened(network.summary(epochs: 6)))
    let request = StatisticsRequest(epoch: .recorded(6), split: .test, thresholds: Thresholds())
    #expect(
      effects == [
        .wanted([
          .sample(SampleRequest(epoch: .recorded(6), split: .test, sample: 0)),
          .statistics(request),
        ])
      ])
    #expect(state.press(.down, .right, .character("2")).isEmpty, "already asked for")
  }

  @Test func scrubbingAsksOnlyForEpochsNotSeenYet() {
    var state = ready
    let effects = state.press(.character("<"))
    #expect(effects.questions?.count == 2)
    #expect(state.timeline.current?.id == .recorded(5))
    #expect(state.press(.down, .up).isEmpty, "it is being computed")
    #expect(
      state.press(.character(">")) == [.wanted([])], "epoch 6 is known, 5 is not shown any more")
    state = ready
    state.play([.terminal(.key(.character("<"))), .terminal(.key(.character(">")))], with: network)
    #expect(state.press(.character("<"), .character(">"), .character("<")).isEmpty)
  }

  @Test func epochsEndAtTheEnds() {
    var state = ready
    state.press(.character(">"))
    #expect(state.timeline.cursor == 6)
    for _ in 0..<10 { state.press(.character("<")) }
    #expect(state.timeline.cursor == 0)
  }

  @Test func failedRequestsAreNotRepeatedUntilRepaint() throws {
    var state = ExplorerState(size: Size(width: 80, height: 24))
    let effects = update(&state, with: .modelOpened(network.summary()))
    let questions = try #require(effects.questions)
    for question in questions { _ = update(&state, with: .failed(question, "file is gone")) }
    #expect(state.message?.text == "file is gone")
    #expect(state.press(.down).isEmpty)
    #expect(state.press(.control("l")) == [.repaint, .wanted(questions)])
  }

  @Test func droppedRequestsAreMadeAgainWhenTheyAreShown() throws {
    var state = ready
    let effects = state.press(.character("<"))
    state.press(.character(">"))
    let questions = try #require(effects.questions)
    #expect(state.press(.character("<")) == [.wanted(questions)])
  }

  @Test func statisticsOfAnotherShapeAreRefused() {
    var state = ready
    let request = StatisticsRequest(epoch: .recorded(3), split: .test, thresholds: Thresholds())
    let other = SyntheticNetwork(layers: 5, units: 7, classes: 3).statistics()
    _ = update(&state, with: .answered(.statistics(request), .success(.statistics(other))))
    #expect(state.results.statistics(.recorded(3), .test) == nil)
  }

  @Test func thresholdsMoveInStepsAndAskForNewCounts() {
    var state = ready
    state.press(.character("3"))
    let effects = state.press(.character("+"))
    #expect(state.display.thresholds == Thresholds(low: 0.15, high: 0.9))
    #expect(effects.count == 1)
    #expect(state.statistics.note == "computing cells…", "the old picture stays")
    #expect(state.statistics.value != nil)
    for _ in 0..<30 { state.press(.character("+")) }
    #expect(state.display.thresholds.low == 0.9, "low stops at high")
    for _ in 0..<30 { state.press(.character("(")) }
    #expect(state.display.thresholds.high == 0.9, "high stops at low")
    for _ in 0..<30 { state.press(.character("-"), .character(")")) }
    #expect(state.display.thresholds == Thresholds(low: 0, high: 1))
  }

  @Test func twoWaySplitComesBack() {
    var state = ready
    state.press(.character("3"), .character("+"), .character("b"))
    #expect(state.display.thresholds == Thresholds(low: 0.5, high: 0.5))
    state.press(.character("b"))
    #expect(state.display.thresholds == Thresholds(low: 0.15, high: 0.9))
  }

  @Test func thresholdKeysSayWhereTheyWork() {
    var state = ready
    state.press(.character("+"))
    #expect(state.display.thresholds == Thresholds())
    #expect(state.message?.text.contains("3 Cells") == true)
    state.press(.down)
    #expect(state.message == nil, "a message goes with the next key")
  }

  @Test func cursorStaysWithinTheNetwork() {
    var state = ready
    for _ in 0..<9 { state.press(.down, .right) }
    #expect(state.selection.block == 4 && state.selection.unit == 5)
    state.press(.home)
    #expect(state.selection.block == 0)
    state.press(.pageDown)
    #expect(state.selection.block == 4)
    for _ in 0..<9 { state.press(.character("k"), .character("h")) }
    #expect(state.selection.block == 0 && state.selection.unit == 0)
  }

  @Test func classesAndSamplesTurnInACircle() {
    var state = ready
    state.press(.character("["))
    #expect(state.selection.label == 2)
    state.press(.character("]"))
    #expect(state.selection.label == 0)
    let effects = state.press(.character(","))
    #expect(state.selection.sample == 999)
    #expect(
      effects == [
        .wanted([.sample(SampleRequest(epoch: .recorded(6), split: .test, sample: 999))])
      ])
  }

  @Test func goToTakesLayerAndUnit() {
    var state = ready
    type("4:5", into: &state, opening: .character("/"))
    #expect(state.selection.block == 3 && state.selection.unit == 5)
    type(":2", into: &state, opening: .character("/"))
    #expect(state.selection.block == 3 && state.selection.unit == 2)
    type("2", into: &state, opening: .character("/"))
    #expect(state.selection.block == 1 && state.selection.unit == 2)
  }

  @Test(arguments: ["9", "0:1", "x", ":", "", "2:6", "2:-1", "1:2:3", "99999999999999999999"])
  func goToSaysWhatItExpected(text: String) {
    var state = ready
    type(text, into: &state, opening: .character("/"))
    #expect(state.selection == ready.selection)
    #expect(state.message?.kind == .warning && state.message?.text.hasPrefix("go to") == false)
  }

  @Test func withoutDataTheBiasesAreStillRead() {
    var state = ExplorerState(size: Size(width: 80, height: 24))
    let summary = network.summary(dataProblem: "no MNIST found: give --data")
    #expect(update(&state, with: .modelOpened(summary)) == [.wanted([.gateBiases(.recorded(20))])])
    let biases = (0..<5).map { layer in (0..<6).map { network.bias(layer, $0, epoch: 20) } }
    let question = Question.gateBiases(.recorded(20))
    #expect(update(&state, with: .answered(question, .success(.gateBiases(biases)))).isEmpty)
    #expect(state.gateBiases.value?[2] == biases[2])
    #expect(state.message?.text == "no MNIST found: give --data")
    #expect(state.press(.character("t")).isEmpty)
    #expect(state.message?.text == "no MNIST found: give --data")
  }

  @Test func splitChangesSamplesAndStatistics() {
    var state = ready
    let effects = state.press(.character("s"))
    #expect(state.selection.split == .train)
    #expect(effects.questions?.count == 2)
    #expect(state.sampleCount == 4000)
  }

  @Test func keysThatLeadNowhereSayWhy() {
    var state = ready
    state.press(.character(">"))
    #expect(state.message?.text == "this is the last epoch; t trains one more")
    for _ in state.timeline.entries { state.press(.character("<")) }
    #expect(state.message?.text == "this is the first epoch")
    state.press(.character("s"))
    #expect(state.message?.text == "training samples")
    _ = update(&state, with: .comparisonAsked(["models/mnist-coupled-50", "other"]))
    #expect(state.press(.enter).isEmpty)
    #expect(state.message?.text == "this run is open; 1 to 6 show it")
    #expect(state.press(.down, .enter) == [.openModel(path: "other")])
  }

  @Test func textsTakeTheGroundOfTheTerminalOrTheOneThatWasChosen() {
    var state = ready
    #expect(state.capabilities.ground == .dark)
    _ = update(&state, with: .terminal(.ground(.light)))
    #expect(state.capabilities.ground == .light)
    for (line, ground) in [("dark", Ground.dark), ("light", .light), ("auto", .light)] {
      for key in ":theme \(line)" { _ = update(&state, with: .terminal(.key(.character(key)))) }
      _ = update(&state, with: .terminal(.key(.enter)))
      #expect(state.capabilities.ground == ground, "\(line)")
    }
  }

  @Test func terminationLeavesAtOnce() {
    var state = ready
    #expect(update(&state, with: .terminal(.terminate(15))) == [.quit])
    #expect(update(&state, with: .terminal(.resumed)) == [.repaint])
    #expect(state.press(.control("z")) == [.suspend])
  }

  @Test func cacheForgetsWhatWasUsedLongestAgo() {
    var cache = BoundedCache<Int, String>(capacity: 2)
    cache.insert("a", for: 1)
    cache.insert("b", for: 2)
    cache.touch(1)
    cache.insert("c", for: 3)
    #expect(cache.peek(1) == "a" && cache.peek(2) == nil && cache.peek(3) == "c")
  }

  @Test func cacheIsBoundedByTheSizesOfItsEntries() {
    var cache = BoundedCache<Int, String>(capacity: 10)
    for key in 1...3 { cache.insert("\(key)", for: key, size: 4) }
    #expect(cache.peek(1) == nil && cache.count == 2)
    cache.insert("b", for: 2, size: 1)
    cache.insert("d", for: 4, size: 5)
    #expect(cache.count == 3, "4 + 1 + 5 have room")
    cache.insert("e", for: 5, size: 100)
    #expect(cache.count == 1 && cache.peek(5) == "e", "the newest stays")
  }

  @Test func statisticsOfManyEpochsTakeBoundedMemory() {
    let network = SyntheticNetwork()
    var state = ExplorerState.ready(network, epochs: 60)
    let statistics = network.statistics()
    for epoch in 0..<60 {
      let request = StatisticsRequest(
        epoch: .recorded(epoch), split: .test, thresholds: Thresholds())
      _ = update(
        &state, with: .answered(.statistics(request), .success(.statistics(statistics))))
    }
    let kept = (0..<60).filter { state.results.statistics(.recorded($0), .test) != nil }
    // 49 × 50 histograms of 64 counts in 4 bytes are 627 kB.
    #expect((20...53).contains(kept.count) && kept.contains(59), "\(kept)")
  }

  private func type(_ text: String, into state: inout ExplorerState, opening key: Key) {
    state.press(key)
    for character in text { state.press(.character(character)) }
    state.press(.enter)
  }
}
