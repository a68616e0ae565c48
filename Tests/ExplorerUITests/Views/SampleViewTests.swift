import Testing

@testable import ExplorerUI
@testable import HighwayNetworks

/// What the sample view shows, as rows of text.
@Suite struct SampleViewTests {
  private static let network = SyntheticNetwork(layers: 12, units: 40, classes: 3)
  private static let plain = Capabilities(colors: .mono, unicode: false)

  private func state(
    _ keys: String = "", _ size: Size = Size(width: 80, height: 24),
    _ capabilities: Capabilities = plain, network: SyntheticNetwork = network
  ) -> ExplorerState {
    var state = ExplorerState.ready(
      network, size: size, capabilities: capabilities, epochs: 8)
    for key in "4" + keys { state.play([.terminal(.key(.character(key)))], with: network) }
    return state
  }

  private func rows(
    _ keys: String = "", _ size: Size = Size(width: 80, height: 24),
    _ capabilities: Capabilities = plain, network: SyntheticNetwork = network
  ) -> [String] {
    state(keys, size, capabilities, network: network).screen.textRows()
  }

  @Test func saysWhatTheSampleIsAndWhatItIsTakenFor() {
    let wrong = rows("f")
    #expect(wrong[2].hasPrefix(" sample 37, true class 1, predicted 2 . loss 4.6052"))
    #expect(wrong[0].hasSuffix("sample 37, true 1, predicted 2"))
    #expect(rows()[2].hasPrefix(" sample 0, true class 0, correct . loss 0.0202"))
  }

  @Test func inAsciiAt80x24() {
    let found = rows("fjjllll")
    let expected = Self.screen.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(found == expected.map(String.init))
  }

  @Test func probabilitiesMarkTheTrueClassAndTheOneItIsTakenFor() throws {
    let found = rows("f")
    let bars = found.map { $0.split(separator: "|").last.map(String.init) ?? "" }
    #expect(bars.contains { $0.hasPrefix(" * true > predicted") })
    #expect(bars.contains { $0.hasPrefix("    0") && $0.hasSuffix(" 0.010") })
    #expect(bars.contains { $0.hasPrefix("  * 1") && $0.hasSuffix(" 0.010") })
    #expect(bars.contains { $0.hasPrefix(" >  2 ####") && $0.hasSuffix(" 0.980") })
  }

  @Test func ofManyClassesTheLikeliestAndTheTrueOneAreListed() {
    var record = SyntheticNetwork(layers: 1, units: 1, classes: 100).record(sample: 37)
    #expect(record.label == 37 && record.prediction == 38)
    var bars = ProbabilityBars(record, selected: 0)
    #expect(bars.listed(rows: 5).labels == [38, 0, 1, 37])
    #expect(bars.listed(rows: 5).others == 96)
    #expect(bars.listed(rows: 1).labels == [37])
    #expect(bars.listed(rows: 100).labels == Array(0..<100))
    record.label = nil
    bars = ProbabilityBars(record, selected: 0)
    #expect(bars.listed(rows: 4).labels == [38, 0, 1])
    let large = SyntheticNetwork(layers: 4, units: 5, classes: 100)
    let found = rows("", Size(width: 120, height: 40), network: large)
    #expect(found.joined().contains("others"))
  }

  @Test func tabGoesThroughTheHeatmaps() {
    var state = state()
    #expect(state.screen.textRows()[3].contains(">sample T, "))
    state.press(.tab)
    #expect(state.screen.textRows()[3].contains(">mean T, "))
    state.press(.tab)
    #expect(state.screen.textRows()[3].contains(">sample - mean, "))
    state.press(.tab)
    #expect(state.display.samplePanel == .sample)
    state.press(.backTab)
    #expect(state.display.samplePanel == .difference)
  }

  @Test func wideScreensShowAllThreeWithTheirScales() {
    let found = rows("", Size(width: 200, height: 60), Capabilities(), network: SyntheticNetwork())
    let all = found.joined(separator: "\n")
    for title in ["▸sample T ", " mean T, 1,000 test samples ", " sample − mean "] {
      #expect(all.contains(title), "\(title)")
    }
    #expect(!all.contains("mean of"), "nothing is averaged")
    #expect(all.contains("gates with T > 0.5 by layer"))
    #expect(all.contains("layer 1 · unit 0"))
  }

  @Test func inspectorKeepsOffTheEdgeWhereItHasTheRoom() {
    for (keys, width, height) in [("3", 100, 30), ("1", 140, 44), ("", 160, 48)] {
      let found = rows(keys, Size(width: width, height: height))
      #expect(found[2..<height - 3].allSatisfy { $0.count < width }, "\(found)")
    }
  }

  @Test func theInspectorGivesTheDifference() throws {
    let state = state("jjllll", Size(width: 120, height: 40))
    let record = try #require(state.sample.value)
    let layer = try #require(state.layerStatistics(2))
    let gate = record.trace.layers[2].transformGate[4]
    let all = state.screen.textRows()
    let row = try #require(all.first { $0.contains("- mean  ") && $0.contains(" sd") })
    let difference = NumberFormat.signed(gate - layer.meanT[4], 3)
    let sigmas = NumberFormat.signed((gate - layer.meanT[4]) / layer.stdT[4], 1)
    #expect(row.hasSuffix("\(difference) \(sigmas) sd"))
    #expect(all.contains { $0.contains("sample T, C") && $0.contains(NumberFormat.fixed(gate, 3)) })
  }

  @Test func theSentenceTellsTheStory() throws {
    let sentence = CursorSentence.parts(state("fjjllll", Size(width: 120, height: 40)))
    try #require(sentence.count == 3, "\(sentence)")
    #expect(sentence[0] == "sample 37, true class 1, predicted 2")
    #expect(sentence[1].hasSuffix("in layers 1–3") || sentence[1].contains("gates open"))
    #expect(sentence[2].hasPrefix("T of unit 4 in layer 3 is "))
    #expect(sentence[2].contains(" σ ") && sentence[2].hasSuffix(" its mean"))
  }

  @Test func openGatesAreCountedWhereMostOfThemAre() {
    func trace(_ counts: [Int]) -> SampleTrace {
      SampleTrace(
        layers: counts.enumerated().map { index, count in
          let gates = (0..<9).map { Float($0 < count ? 0.6 : 0.5) }
          return SampleTrace.Layer(
            layer: index + 1, blockState: gates, transformGate: gates, carryGate: gates,
            blockOutput: gates)
        }, probabilities: [1], loss: 0)
    }
    func words(_ counts: [Int]) -> String { SampleView.openGates(trace(counts)) }
    #expect(words([0, 0, 0]) == "no gate is open")
    #expect(words([0, 1, 0]) == "1 gate open, all in layer 2")
    #expect(words([9, 8, 0, 0, 0, 1]) == "18 gates open, mostly in layers 1–2")
    #expect(words([0, 0, 0, 3, 9, 0, 0]) == "12 gates open, mostly in layer 5")
    #expect(words([5, 5, 5, 5]) == "20 gates open", "everywhere")
  }

  @Test func whatIsHeldIsMarked() throws {
    let found = rows("jx", Size(width: 200, height: 60), Capabilities())
    #expect(found[0].contains("layer 2 held at 0"))
    #expect(found[2].contains("▸sample T, layer 2 held at 0"))
    #expect(found.contains { $0.contains(" sample − mean, layer 2 held at 0") })
    #expect(rows("jx")[2].hasSuffix(" . layer 2 held at 0"))
    let parts = CursorSentence.parts(state("jx"))
    try #require(parts.count == 3, "\(parts)")
    #expect(parts[2].hasPrefix("T of unit 0 in layer 2 is held at "))
  }

  @Test(arguments: [Gating.residual, .plain, .frozen(p: 0.5), .carryOnly])
  func networksWithoutLearnedGatesSaySo(gating: Gating) {
    let network = SyntheticNetwork(layers: 6, units: 8, classes: 2, gating: gating)
    for (width, height) in [(80, 24), (200, 60)] {
      var state = state("", Size(width: width, height: height), network: network)
      #expect(CursorSentence.parts(state)[1].contains("by definition, gating \(gating.name)"))
      state.display.samplePanel = .difference
      let all = state.screen.textRows().joined()
      #expect(all.contains("by definition") && all.contains("gating"))
    }
  }

  @Test func networksWithoutHighwayLayersShowTheSampleAllTheSame() {
    let network = SyntheticNetwork(layers: 0, units: 4, classes: 3)
    let found = rows("f", network: network)
    #expect(found[2].hasPrefix(" sample 37, true class 1, predicted 2"))
    #expect(found.joined(separator: " ").contains("highway layers"))
    #expect(found.joined().contains("0.980"))
  }

  @Test func withoutSamplesTheReasonIsShown() {
    for (summary, words) in [
      (Self.network.summary(dataProblem: "no data found"), "no data found"),
      (
        ModelSummary(
          path: "", name: "x", architecture: Self.network.architecture, recordedEpochs: [0]),
        "no test samples"
      ),
    ] {
      var state = ExplorerState(size: Size(width: 80, height: 24), capabilities: Self.plain)
      state.play([.modelOpened(summary)], with: Self.network)
      let effects = state.press(.character("4"))
      #expect(effects.questions?.contains { $0.isAboutVerdicts } != true)
      #expect(state.screen.textRows()[2].contains(words))
      state.press(.character("f"), .character("."), .tab)
      #expect(state.display.sampleFilter == .all)
    }
  }

  @Test func nothingMovesWhenTheDataArrive() {
    var waiting = ExplorerState.ready(Self.network, capabilities: Self.plain, epochs: 8)
    waiting.results = AnswerStore()
    waiting.press(.character("4"))
    let (before, after) = (waiting.screen.textRows(), rows())
    #expect(before[2].contains("computing"))
    #expect(before[3].prefix(40) == after[3].prefix(40))
    for row in 3..<20 {
      let rule = before[row].firstIndex(of: "|")
      #expect(rule != nil && rule == after[row].firstIndex(of: "|"), "row \(row)")
    }
  }

  @Test func theMouseChoosesCellsAndClasses() throws {
    var state = state("", Size(width: 200, height: 60), Capabilities())
    state.selection.block = 4
    state.selection.unit = 17
    let cells = state.screen.glyphs
    let marks = cells.indices.filter { cells[$0].scalar == "╋" }
    #expect(marks.count == 3)
    for (mark, panel) in zip(marks, SamplePanel.allCases) {
      state.selection.block = 0
      state.selection.unit = 0
      let point = Point(x: mark % 200, y: mark / 200)
      _ = update(&state, with: .terminal(.mouse(MouseEvent(.press, at: point))))
      #expect(state.selection.block == 4 && state.selection.unit == 17)
      #expect(state.display.samplePanel == panel)
    }
    let found = state.screen.textRows()
    let row = try #require(found.firstIndex { $0.hasPrefix("   2") })
    let bar = Point(x: 12, y: row)
    _ = update(&state, with: .terminal(.mouse(MouseEvent(.press, at: bar))))
    #expect(state.selection.label == 2)
  }

  @Test func partsGoInOrderWhereThereIsLittleRoom() {
    var state = ExplorerState.ready()
    func layout(_ width: Int, _ height: Int) -> SampleLayout {
      let size = Size(width: width, height: height)
      state.size = size
      return SampleLayout(
        state, in: ScreenLayout(size).body, capabilities: Capabilities())
    }
    #expect(layout(200, 60).panels.count == 3 && layout(200, 60).plot != nil)
    #expect(layout(200, 60).picture.scale == 2)
    #expect(layout(120, 40).panels.count == 2 && layout(120, 40).inspector != nil)
    #expect(layout(80, 24).picture.step == 1 && layout(80, 24).inspector != nil)
    let small = layout(60, 16)
    #expect(small.panels.count == 1 && small.inspector == nil && small.picture.step == 2)
    #expect(small.probabilities.height == 10)
    for size in [(60, 16), (80, 24), (100, 30), (120, 40), (160, 50), (200, 60), (60, 60)] {
      let layout = layout(size.0, size.1)
      var parts =
        [layout.head, layout.input, layout.probabilities] + layout.panels.map(\.layout.rect)
      if let plot = layout.plot { parts.append(plot) }
      if let inspector = layout.inspector { parts.append(inspector.rect) }
      for (index, part) in parts.enumerated() {
        for other in parts.dropFirst(index + 1) {
          #expect(!overlap(part, other), "\(size): \(part) \(other)")
        }
      }
    }
  }

  private func overlap(_ one: Rect, _ other: Rect) -> Bool {
    one.x < other.maxX && other.x < one.maxX && one.y < other.maxY && other.y < one.maxY
  }
}

extension SampleViewTests {
  /// The view at 80×24.
  fileprivate static let screen = #"""
     tollgate  mnist-coupled-50  epoch 8 . class 0 . sample 37, true 1, predicted 2
     1 Overview 2 Classes 3 Cells 4 Sample 5 Lesion 6 Training 7 Compare 8 Depth
     sample 37, true class 1, predicted 2 . loss 4.6052
     input 28x28                 >sample T, 2 units a cell | * true > predicted
    ++++++++++++++++++++++++++++   1  +@=* .:...*  -:=:.:  |    0              0.010
    ++++++++++++++++++++++++++++   2 :-:#**.= + #:=.:.::   |  * 1              0.010
    ++++++++++++++++++++++++++++   3 .-+:   :.=. = ....-:  | >  2 ############ 0.980
    ++++++++++++++++++++++++++++   4 --   ::  .:.::..+.    |
    ++++++++++++++++++++++++++++   5   -.-...-.....-:.. .  | layer 3 . unit 4
    ++++++++++++++++++++++++++++   6  :... .. ..  . -:: .  | coupled, tanh
    ++++++++++++++++++++++++++++   7 :. .  :  . -.:- ....  | sample T, C 0.080 0.920
    ++++++++++++++++++++++++++++   8 -: :. .:..:. . ....-  |   - mean -0.140 -0.9 sd
    ++++++++++++++++++++++++++++   9  ::    . ..:.::. ...  |   H, y     -0.312 0.334
    ++++++++++++++++++++++++++++  10 :. ..:.. ::. := ...:  | gate bias        -3.442
    ++++++++++++++++++++++++++++  11  :...: ...:-. :...:.  |   since start    -1.442
    ++++++++++++++++++++++++++++  12 .:--:::.. .:.. :. .:  | mean T   0.220 +- 0.154
    ++++++++++++++++++++++++++++     0 4       20          |   range   0.022 - 0.678
    ++++++++++++++++++++++++++++   0  .:-= 0.4 +*#%@ >=0.8 | class 0 mean T    0.149
     misclassified: 1 of 27       layer x unit             |   deviation      -0.071
                                  Tab T . mean . T - mean  | class share eta2  0.152
     sample 37, true class 1, predicted 2: 20 gates open, mostly in layers 1-2
     loss  ## ** ++ == -- :: .. __ __            test loss 0.4205, accuracy 90.50 %
     epoch *0 *1 *2 *3 *4 *5 *6 *7 *8                                  epoch 8 of 8
     <v^> move  ,. sample  f filter  Tab heatmap  [] class  ? help  q leave
    """#
}

extension Question {
  fileprivate var isAboutVerdicts: Bool { if case .verdicts = self { true } else { false } }
}
