import ExplorerUI
import HighwayNetworks
import Testing

@Suite struct ComparisonTests {
  private let network = SyntheticNetwork(layers: 4, units: 6, classes: 2)

  @Test func theKeyLooksForRunsBesideTheOpenOneOnce() {
    var state = ExplorerState.ready(network, epochs: 2)
    #expect(state.press(.character("7")) == [.findRuns(near: "models/mnist-coupled-50")])
    #expect(state.display.view == .compare)
    #expect(state.press(.character("1")).isEmpty)
    #expect(state.press(.character("7")).isEmpty)
    let effects = update(&state, with: .runsFound(["a/x", "a/y"], left: 3))
    #expect(effects == [.readRun("a/x"), .readRun("a/y")])
    #expect(state.message?.text.hasPrefix("3 runs more") == true)
  }

  @Test func namedRunsStayWhereOthersAreFoundLater() {
    var state = ExplorerState.ready(network, epochs: 2)
    #expect(state.press(.character("7")) == [.findRuns(near: "models/mnist-coupled-50")])
    _ = update(&state, with: .comparisonAsked(["a", "b"]))
    #expect(update(&state, with: .runsFound(["c"], left: 2)).isEmpty)
    #expect(state.comparison.entries.map(\.path) == ["a", "b"])
    #expect(state.message == nil)
  }

  @Test func runsOnTheDataSetAtHandAreDrawnAndAllWithAKey() {
    let runs = [
      SyntheticRuns.summary("a"), SyntheticRuns.summary("f", data: "Fashion-MNIST"),
      SyntheticRuns.summary("b"),
    ]
    var state = ExplorerState.comparing(runs, size: Size(width: 120, height: 40))
    func drawn() -> [String] {
      state.comparison.drawn.map { state.comparison.names[$0] }.filter { $0 != "none" }
    }
    #expect(state.comparison.names == ["a", "b", "f", "none"], "data sets stand together")
    #expect(drawn() == ["a", "b"])
    #expect(state.screen.textRows().contains { $0.contains("MNIST only") })
    #expect(!state.screen.textRows().contains { $0.contains("other data") })
    state.press(.down, .down)
    #expect(drawn() == ["f"])
    state.press(.character("a"))
    #expect(drawn() == ["a", "b", "f"])
    #expect(state.screen.textRows().contains { $0.contains("other data") })
    #expect(!state.screen.textRows().contains { $0.contains("MNIST only") })
  }

  @Test func linesThatAreLeftOutAreSaid() {
    var state = ExplorerState.comparing()
    let known = SyntheticRuns.summaries[0]
    let summary = RunSummary(
      path: known.path, description: known.description, metrics: known.metrics,
      recordedEpochs: known.recordedEpochs,
      metricsProblem: .metricsNotText(path: "runs/coupled-4/metrics.jsonl", line: 3),
      unreadableMetrics: 2)
    _ = update(&state, with: .runRead(known.path, summary))
    #expect(state.message?.text.hasSuffix("line 3: not UTF-8; 2 such lines are left out") == true)
  }

  @Test func atMostEightRunsAreTaken() {
    var state = ExplorerState.ready(network, epochs: 2)
    let paths = (0..<12).map { "run\($0)" }
    #expect(update(&state, with: .comparisonAsked(paths)).count == 8)
    #expect(state.comparison.entries.map(\.path) == Array(paths.prefix(8)))
    #expect(state.press(.character("A")).isEmpty)
    #expect(state.message?.text.contains("8 runs") == true)
  }

  @Test func gatesAreAskedForOneRunAtATimeTheOneAtHandFirst() {
    var state = ExplorerState.ready(network, epochs: 2)
    let summaries = SyntheticRuns.summaries
    _ = update(&state, with: .comparisonAsked(summaries.map(\.path)))
    // The keys may have moved on before anything is read.
    state.press(.down)
    _ = update(&state, with: .runRead(summaries[2].path, summaries[2]))
    #expect(state.comparison.pendingGates == nil, "there are no gates to learn in a plain network")
    let second = update(&state, with: .runRead(summaries[1].path, summaries[1]))
    let request = RunGatesRequest(
      path: "runs/coupled-8", epoch: 4, split: .test, thresholds: Thresholds())
    #expect(second.questions == [.runGates(request)])
    #expect(update(&state, with: .runRead(summaries[0].path, summaries[0])).isEmpty)
    let answer = Answer.runGates(SyntheticRuns.gates(layers: 8))
    let next = update(&state, with: .answered(.runGates(request), .success(answer)))
    #expect(
      next == [
        .wanted([
          .runGates(
            RunGatesRequest(
              path: "runs/coupled-4", epoch: 6, split: .test, thresholds: Thresholds()))
        ])
      ])
    #expect(state.comparison.entries[1].gates?.meanT.count == 8)
  }

  @Test func theRunAtHandComesBeforeThoseAboveAndBelow() {
    var state = ExplorerState.ready(network, epochs: 2)
    let runs = ["a", "b", "c", "d"].map { SyntheticRuns.summary($0) }
    _ = update(&state, with: .comparisonAsked(runs.map(\.path)))
    var effects: [Effect] = []
    for run in runs { effects += update(&state, with: .runRead(run.path, run)) }
    func request(_ name: String) -> RunGatesRequest {
      RunGatesRequest(path: "runs/\(name)", epoch: 6, split: .test, thresholds: Thresholds())
    }
    #expect(effects.questions == [.runGates(request("a"))])
    state.press(.down, .down)
    var order: [Effect] = []
    for name in ["a", "c", "b"] {
      order += update(
        &state,
        with: .answered(
          .runGates(request(name)), .success(.runGates(SyntheticRuns.gates(layers: 4)))))
    }
    #expect(order == ["c", "b", "d"].map { .wanted([.runGates(request($0))]) })
  }

  @Test func nothingIsComputedBehindAnotherView() {
    var state = ExplorerState.ready(network, epochs: 2)
    _ = update(&state, with: .comparisonAsked(["runs/coupled-4"]))
    state.press(.character("1"))
    #expect(update(&state, with: .runRead("runs/coupled-4", SyntheticRuns.summaries[0])).isEmpty)
    #expect(state.press(.character("7")).count == 1)
  }

  @Test func gatesThatCannotBeHadAreNotAskedForAgainUntilRepainted() throws {
    var state = ExplorerState.comparing(withGates: false)
    let request = try #require(state.comparison.pendingGates)
    let next = update(&state, with: .failed(.runGates(request), "no data"))
    #expect(next.questions?.contains(.runGates(request)) != true)
    #expect(state.comparison.entries[0].gatesProblem == "no data")
    let repainted = state.press(.control("l"))
    #expect(repainted.contains(.readRun(SyntheticRuns.missing)))
    #expect(state.comparison.entries[0].gatesRequest == nil)
  }

  @Test func aRunThatGrowsIsLookedAtAnew() {
    var state = ExplorerState.comparing()
    let grown = SyntheticRuns.summary("coupled-4", epochs: 9)
    let effects = update(&state, with: .runRead("runs/coupled-4", grown))
    #expect(
      effects == [
        .wanted([
          .runGates(
            RunGatesRequest(
              path: "runs/coupled-4", epoch: 9, split: .test, thresholds: Thresholds()))
        ])
      ])
    #expect(state.comparison.entries[0].gates != nil, "the earlier ones stay until then")
    #expect(state.comparison.shown(0)?.epoch == 9)
  }

  @Test func addingTypesAPathAndDroppingForgetsIt() {
    var state = ExplorerState.comparing()
    state.press(.character("A"))
    let typed = state.press(
      .character("r"), .character("u"), .character("n"), .character("/"), .enter)
    #expect(typed == [.readRun("run")])
    #expect(state.comparison.current?.path == "run")
    #expect(state.press(.character("D")) == [.forgetRun("run")])
    #expect(state.comparison.current?.path == SyntheticRuns.missing)
    for _ in 0..<4 { state.press(.character("D")) }
    #expect(state.comparison.entries.isEmpty)
    #expect(state.press(.character("D"), .enter, .down, .left).isEmpty)
    #expect(state.message?.text == "no runs to compare; A adds one")
  }

  @Test func aRunKeepsItsNumberWhenAnotherIsDropped() {
    var state = ExplorerState.comparing()
    state.press(.character("D"))
    #expect(state.comparison.entries.map(\.number) == [1, 2, 3])
    state.press(.character("A"), .character("x"), .enter)
    #expect(state.comparison.entries.map(\.number) == [1, 2, 3, 0])
  }

  @Test func theRunThatIsThereAlreadyIsNotAddedTwice() {
    var state = ExplorerState.comparing()
    state.press(.character("A"))
    for character in "runs/plain-4" { state.press(.character(character)) }
    #expect(state.press(.enter).isEmpty)
    #expect(state.comparison.entries.count == 4)
    #expect(state.comparison.cursor == 2)
  }

  @Test func enterOpensTheRunUnlessEpochsWouldBeLost() {
    var state = ExplorerState.comparing()
    state.press(.down)
    #expect(state.press(.enter) == [.openModel(path: "runs/coupled-8")])
    state.press(.character("t"))
    #expect(state.press(.enter).isEmpty)
    #expect(state.message?.text == "training runs; space pauses it")
    _ = update(&state, with: .epochTrained(network.metrics(4)))
    _ = update(&state, with: .trainingStopped(.finished))
    #expect(state.press(.enter).isEmpty)
    #expect(state.mode == .confirmingOpen(path: "runs/coupled-8"))
  }

  @Test func theMarkerGoesAlongTheEpochsOfTheRunAtHand() {
    var state = ExplorerState.comparing()
    #expect(state.comparison.marker == nil)
    state.press(.left)
    #expect(state.comparison.marker == 5)
    #expect((0...2).map { state.comparison.shown($0)?.epoch } == [5, 4, 5])
    state.press(.home)
    #expect((0...2).map { state.comparison.shown($0)?.epoch } == [0, 0, 0])
    state.press(.right, .right, .character("X"))
    // Two epochs of half a second each: the second run takes a second for one.
    #expect(state.comparison.marker == 1)
    #expect((0...2).map { state.comparison.shown($0)?.epoch } == [2, 1, 2])
    state.press(.end)
    #expect(state.comparison.marker == nil)
    #expect(state.comparison.shown(3) == nil)
  }

  @Test func theOpenRunIsShownWithWhatIsTrainedHere() {
    var state = ExplorerState.ready(network, epochs: 3)
    let path = "models/mnist-coupled-50"
    _ = update(&state, with: .comparisonAsked([path]))
    _ = update(&state, with: .runRead(path, SyntheticRuns.summary("x", epochs: 3)))
    #expect(state.shownComparison.entries[0].metrics.last?.epoch == 3)
    state.press(.character("t"))
    _ = update(&state, with: .epochTrained(network.metrics(4)))
    #expect(state.shownComparison.entries[0].metrics.last?.epoch == 4)
    // Half an epoch further its loss so far is drawn.
    let before = CompareCurves(state.shownComparison).plot(Theme(state.capabilities))
    let progress = TrainingProgress(
      epoch: 5, step: 10, steps: 20, loss: 0.25, samplesPerSecond: 1_000)
    _ = update(&state, with: .trainingProgressed(progress))
    let after = CompareCurves(state.shownComparison).plot(Theme(state.capabilities))
    #expect(before.series[0].points.last?.x == 4)
    #expect(after.series[0].points.last.map { [$0.x, $0.y] } == [4.5, 0.25])
  }

  @Test func otherDataAreNamedWithTheirSizes() {
    var comparison = Comparison(
      [SyntheticRuns.summary("a"), SyntheticRuns.summary("b", data: "Fashion-MNIST")].map {
        Comparison.Entry(path: $0.path, summary: $0)
      })
    #expect(comparison.differingData == [], "they are not drawn together")
    comparison.showsAll = true
    #expect(comparison.differingData == ["MNIST 4,000", "Fashion-MNIST 4,000"])
    #expect(Comparison([comparison.entries[0]]).differingData == [])
  }

  @Test func namesThatEndAlikeAreGivenInFull() {
    let comparison = Comparison(
      ["a/run", "b/run", "b/other/"].map { Comparison.Entry(path: $0) })
    #expect(comparison.names == ["a/run", "b/run", "other"])
  }
}
