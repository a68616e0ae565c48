import TerminalHarness
import Testing

/// What each view shows of a run, and what the keys change.
struct ViewTests {
  @Test func theHeaderNamesTheModelItsDataAndWhatIsChosen() throws {
    let terminal = try Explorer.open(in: TinyRun.shared())
    let header = try #require(terminal.screen.text.first)
    for part in [
      "tollgate", "run", "shapes test, 21 samples", "epoch 3", "class 0 left",
      "sample 0, true class left",
    ] { #expect(header.contains(part), "\(header)") }
    terminal.resize(width: 140, height: 30)
    try terminal.wait(for: "the network's shape") {
      $0.header.contains("3 layers × 5 units, coupled")
    }
    #expect(terminal.screen.contains("epoch 3 of 3"))
    #expect(terminal.screen.unknown == [])
  }

  @Test func eachNumberShowsItsView() throws {
    let terminal = try Explorer.open(in: TinyRun.shared())
    for (key, marks) in [
      ("2", ["0 left − mean", "T of each class − mean, this unit"]),
      ("3", ["Cells of all 21 test samples", "carried < 0.10", "transformed > 0.90"]),
      ("6", ["loss (nats, log)", "accuracy", "trains epoch 4", "settings"]),
      ("1", ["gate bias", "mean T", "T of sample 0", "y of sample 0"]),
    ] {
      terminal.send(key)
      try terminal.wait(for: "view \(key)") { terminal in
        marks.allSatisfy(terminal.screen.contains)
      }
    }
  }

  @Test func bracketsChangeTheClassInACircle() throws {
    let terminal = try Explorer.open(in: TinyRun.shared())
    for (key, chosen) in [
      ("]", "class 1 middle"), ("]", "class 2 right"), ("]", "class 0 left"),
      ("[", "class 2 right"),
    ] {
      terminal.send(key)
      try terminal.wait(for: chosen) { $0.header.contains(chosen) }
    }
  }

  @Test func commaAndPointChangeTheSample() throws {
    let terminal = try Explorer.open(in: TinyRun.shared())
    for (key, sample) in [
      (".", "sample 1, true class middle"), (".", "sample 2, true class right"),
      (",", "sample 1, true class middle"),
      (",", "sample 0, true class left"), (",", "sample 20, true class right"),
    ] {
      terminal.send(key)
      try terminal.wait(for: sample) { $0.header.contains(sample) }
    }
    #expect(terminal.screen.contains("T of sample 20"))
  }

  @Test func angleBracketsChangeTheEpochAndStopAtTheEnds() throws {
    let terminal = try Explorer.open(in: TinyRun.shared())
    for (key, epoch) in [("<", 2), ("<", 1), (">", 2), ("<<<", 0), (">>>>>", 3)] {
      terminal.send(key)
      try terminal.wait(for: "epoch \(epoch)") {
        $0.header.contains("epoch \(epoch)") && $0.screen.contains("epoch \(epoch) of 3")
      }
    }
  }

  @Test func epochZeroHasTheBiasesThatTrainingStartedFrom() throws {
    let terminal = try Explorer.open(in: TinyRun.shared())
    terminal.send("<<<")
    try terminal.wait(for: "epoch 0") { $0.screen.row(with: "since start").contains("0.000") }
    #expect(terminal.screen.row(with: "gate bias               -2").contains("-2.000"))
  }

  @Test func tabMovesTheFocusFromHeatmapToHeatmap() throws {
    let terminal = try Explorer.open(in: TinyRun.shared())
    #expect(terminal.screen.contains("▸gate bias"))
    for panel in ["mean T", "T of sample 0", "y of sample 0", "gate bias"] {
      terminal.send("\t")
      try terminal.wait(forText: "▸" + panel)
    }
    terminal.send("\u{1B}[Z")
    try terminal.wait(forText: "▸y of sample 0")
  }

  @Test func arrowsAndLettersMoveTheCursor() throws {
    let terminal = try Explorer.open(in: TinyRun.shared())
    for (key, place) in [
      ("j", "layer 2 · unit 0"), ("l", "layer 2 · unit 1"), ("k", "layer 1 · unit 1"),
      ("h", "layer 1 · unit 0"), ("\u{1B}[B", "layer 2 · unit 0"),
      ("\u{1B}[C", "layer 2 · unit 1"), ("/3:4\r", "layer 3 · unit 4"),
      ("jl", "layer 3 · unit 4"),
    ] {
      terminal.send(key)
      try terminal.wait(forText: place)
    }
  }

  @Test func goingNowhereSaysWhere() throws {
    let terminal = try Explorer.open(in: TinyRun.shared())
    terminal.send("/9\r")
    try terminal.wait(forText: "no highway layer 9; they run from 1 to 3")
    terminal.send("/2:7\r")
    try terminal.wait(forText: "no unit 7 in layer 2; they run from 0 to 4")
    #expect(terminal.screen.contains("layer 1 · unit 0"))
  }

  @Test func theSplitIsSwitched() throws {
    let terminal = try Explorer.open(in: TinyRun.shared())
    terminal.send("3s")
    try terminal.wait(forText: "Cells of all 60 train samples")
    #expect(terminal.header.contains("shapes train, 60 samples"))
  }

  @Test func helpOpensAndCloses() throws {
    let terminal = try Explorer.open(in: TinyRun.shared())
    let before = terminal.screen.text
    terminal.send("?")
    try terminal.wait(forText: "─ Keys and words ─")
    #expect(terminal.screen.contains("the next heatmap"))
    terminal.send("\u{1B}")
    try terminal.wait(for: "the help to close") { !$0.screen.contains("─ Keys and words ─") }
    #expect(terminal.screen.text == before)
  }

  @Test func theScreenFollowsTheWindow() throws {
    let terminal = try Explorer.open(in: TinyRun.shared())
    let before = terminal.screen.text
    terminal.resize(width: 80, height: 24)
    try terminal.wait(for: "80×24") {
      $0.screen.text.last?.contains("q leave") == true && $0.screen.contains("▸gate bias")
    }
    terminal.resize(width: 50, height: 10)
    try terminal.wait(forText: "Tollgate needs 60×16")
    #expect(terminal.screen.contains("this terminal is 50×10"))
    terminal.resize(width: 100, height: 30)
    try terminal.wait(for: "the first size again") { $0.screen.text == before }
  }

  @Test(arguments: [["--ascii"], ["--colors", "mono"], ["--colors", "256"]])
  func lesserTerminalsAreServed(options: [String]) throws {
    let terminal = try Explorer.start(
      ["run", "--data", "shapes"] + options, in: TinyRun.shared())
    try terminal.wait(forText: "sample 0, true class left")
    #expect(terminal.screen.sawNonASCII == (options != ["--ascii"]))
    #expect(terminal.screen.unknown == [])
  }
}
