import Testing

@testable import ExplorerUI
@testable import HighwayNetworks

@Suite struct CompareViewTests {
  private static let ascii = Capabilities(colors: .mono, unicode: false)

  @Test func inAsciiAt60x16() {
    let state = ExplorerState.comparing(size: Size(width: 60, height: 16), capabilities: Self.ascii)
    #expect(
      state.screen.textRows()
        == Self.smallest.split(
          separator: "\n", omittingEmptySubsequences: false
        ).map(String.init))
  }

  @Test func rowsSayWhatIsNotThereInWords() {
    var state = ExplorerState.comparing(size: Size(width: 120, height: 40))
    var text = state.screen.textRows().joined(separator: "\n")
    for words in ["no gates:", "T = 1,", "C = 0"] { #expect(text.contains(words)) }
    #expect(text.contains("runs/none: no such file or directory"))
    #expect(text.contains("no gates: 3"))
    #expect(text.contains("cannot be"))
    state.comparison.entries[0].gates = nil
    state.comparison.entries[0].gatesProblem = "the data set KMNIST is not here"
    text = state.screen.textRows().joined(separator: "\n")
    #expect(text.contains("the data set"))
  }

  @Test func aDivergedRunIsCalledSo() {
    var summary = SyntheticRuns.summaries[0]
    var metrics = summary.metrics
    metrics[6].trainLoss = .nan
    summary = RunSummary(
      path: summary.path, description: summary.description, metrics: metrics, recordedEpochs: [0])
    let rows = ExplorerState.comparing([summary]).screen.textRows()
    #expect(rows[3].contains("diverged"))
  }

  @Test func otherDataAreSaidToBeSo() {
    let runs = [SyntheticRuns.summary("a"), SyntheticRuns.summary("b", data: "KMNIST")]
    var state = ExplorerState.comparing(runs)
    state.press(.character("a"))
    let rows = state.screen.textRows().joined()
    #expect(rows.contains("other data: MNIST 4,000, KMNIST 4,000"))
  }

  @Test(arguments: [Size(width: 60, height: 16), Size(width: 120, height: 40)])
  func nothingMovesWhenTheDataArrive(size: Size) {
    var before = ExplorerState.ready(
      SyntheticNetwork(layers: 4, units: 6, classes: 2), size: size, epochs: 3)
    let paths = SyntheticRuns.summaries.map(\.path) + [SyntheticRuns.missing]
    _ = update(&before, with: .comparisonAsked(paths))
    let after = ExplorerState.comparing(size: size)
    let body = ScreenLayout(size).body
    let (early, late) = (CompareLayout(before, in: body), CompareLayout(after, in: body))
    #expect(early.table == late.table)
    #expect(
      [early.curves, early.heatmaps, early.cells] == [late.curves, late.heatmaps, late.cells])
    let rows = zip(before.screen.textRows(), after.screen.textRows())
    for (old, new) in rows.dropFirst(2).prefix(5) { #expect(old.prefix(14) == new.prefix(14)) }
    #expect(before.screen.textRows().joined().contains("reading…"))
  }

  @Test func tabShowsOnePictureAfterTheOtherWhereThereIsRoomForOne() {
    var state = ExplorerState.comparing()
    var titles: [String] = []
    for _ in 0..<4 {
      titles.append(String(state.screen.textRows()[7].prefix(14)))
      state.press(.tab)
    }
    #expect(titles == ["▸training loss", "▸mean T, depth", "▸cells with T ", "▸training loss"])
  }

  @Test func keysChangeWhatTheCurvesShow() {
    var state = ExplorerState.comparing()
    func title() -> String { state.screen.textRows()[7] }
    #expect(title().hasPrefix("▸training loss (nats), log by epoch"))
    state.press(.character("Y"))
    #expect(title().hasPrefix("▸training loss (nats) by epoch"))
    state.press(.character("C"), .character("X"))
    #expect(title().hasPrefix("▸test loss (nats) by seconds"))
    state.press(.character("C"), .character("C"))
    #expect(title().hasPrefix("▸test accuracy by seconds"))
    #expect(state.press(.character("Y")).isEmpty)
    #expect(state.message?.text.contains("linear") == true)
    state.press(.tab, .tab, .character("C"))
    #expect(title().hasPrefix("▸carried < 0.10 by depth"))
  }

  @Test func curvesAreMadeOfTheirNumbersWhereThereIsNoColour() {
    for capabilities in [Self.ascii, Capabilities(colors: .mono, unicode: true)] {
      let rows = ExplorerState.comparing(capabilities: capabilities).screen.textRows()
      let plot = rows[8..<19].joined()
      for mark in "123" { #expect(plot.count { $0 == mark } > 3) }
      #expect(!plot.contains("*") && !plot.unicodeScalars.contains { $0.value >= 0x2800 })
    }
  }

  @Test func runsThatEndInOnePlaceKeepTheirMarksApart() {
    let curve = { (name: String, mark: Unicode.Scalar) in
      LinePlot.Series(name, points: [(0, 1), (1, 1)], style: Style(), mark: mark)
    }
    var canvas = Canvas(size: Size(width: 30, height: 8))
    LinePlot([curve("a", "1"), curve("b", "2"), curve("c", "3")]).draw(
      on: &canvas, in: canvas.bounds)
    let text = canvas.textRows().joined(separator: "\n")
    // Each stands on its curve, as near to the end as others leave room.
    for mark in "123" { #expect(text.contains("⠤\(mark)"), "\(text)") }
  }

  @Test func heatmapsOfAnyDepthSpanTheSameHeight() {
    let shallow = SyntheticRuns.gates(layers: 3)
    let deep = SyntheticRuns.gates(layers: 20)
    for gates in [shallow, deep] {
      let rows = gates.rows(7)
      #expect(rows.count == 7)
      #expect(rows.allSatisfy { $0.count == 6 })
    }
    #expect(shallow.rows(7).first == shallow.meanT.first)
    #expect(shallow.rows(7).last == shallow.meanT.last)
    for row in [0, 4, 9] {
      let shared = (deep.meanT[2 * row][4] + deep.meanT[2 * row + 1][4]) / 2
      #expect(abs(deep.rows(10)[row][4] - shared) < 1e-6)
    }
    #expect(shallow.shares(.open).map(\.depth) == [0, 0.5, 1])
    let share = shallow.shares(.carried)[1].share
    #expect(abs(share - shallow.cells[1].carried / 6) < 1e-9)
  }

  @Test func clickingARowTakesTheRun() {
    var state = ExplorerState.comparing()
    _ = update(&state, with: .terminal(.mouse(MouseEvent(.press, at: Point(x: 8, y: 5)))))
    #expect(state.comparison.cursor == 2)
    _ = update(&state, with: .terminal(.mouse(MouseEvent(.scrollUp, at: Point(x: 8, y: 12)))))
    #expect(state.comparison.cursor == 1)
  }

  @Test(arguments: [
    Capabilities(colors: .trueColor, unicode: true), Capabilities(colors: .indexed256),
    Capabilities(colors: .sixteen), ascii,
  ])
  func everySizeAndNumberOfRunsDraws(capabilities: Capabilities) {
    for count in [1, 3, 7] {
      let runs = (0..<count).map { index in
        SyntheticRuns.summary(
          "\u{1B}[31mrun\(index)", gating: index == 1 ? .residual : .coupled, layers: index + 1)
      }
      var state = ExplorerState.comparing(runs, capabilities: capabilities)
      for width in stride(from: 60, through: 210, by: 30) {
        for height in stride(from: 16, through: 61, by: 9) {
          state.size = Size(width: width, height: height)
          state.press(.tab, .down)
          #expect(state.screen.glyphs.allSatisfy { $0.scalar != "\u{1B}" })
          #expect(capabilities.unicode || state.screen.glyphs.allSatisfy { $0.scalar.value < 0x80 })
        }
      }
    }
  }

  private static let smallest = """
     tollgate  mnist-cou~  epoch 3 . class 0 . sample 0, true 0
     1 Over 2 Clas 3 Cell 4 Samp 5 Lesi 6 Trai 7 Comp 8 Dept
         run           gating depth    train     test  acc.%
     1-- coupled-4    coupled     5   0.1538   0.2538  96.15
     2-- coupled-8    coupled     9   0.4000   0.5000  90.00
     3-- plain-4        plain     5   0.2308   0.3308  94.23
     4-- none        runs/none: no such file or directory
    >training loss (nats), log by epoch
         1+        33333
          |        11111111111113333333322222
       0.3+                     111111111111111113333333333333
          |                                      1111111111111
    epoch  0                2               4                6
     coupled-4: 96.15 % of test samples correct after epoch 6
     epoch *0   *1   *2   *3                       epoch 3 of 3
     <v^> epoch, run  Tab picture  Enter open  ? help  q leave
    """
}
