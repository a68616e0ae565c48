import HighwayNetworks
import TerminalHarness
import TestSupport
import Testing

/// Training in the explorer, and keeping what came of it.
struct TrainingTests {
  /// Lives as long as the test, so that the explorer has its files.
  private let workspace: TemporaryDirectory

  init() throws { workspace = try TinyRun.workspace() }

  /// Opens the run and trains an epoch of it.
  private func trained() throws -> PseudoTerminal {
    let terminal = try Explorer.open(in: workspace)
    let drift = terminal.screen.row(with: "since start")
    terminal.send("t")
    try terminal.wait(for: "epoch 4 with its statistics") {
      let now = $0.screen.row(with: "since start")
      return !now.isEmpty && now != drift && $0.header.contains("epoch 4, not saved")
        && $0.screen.contains("1 epoch not saved")
        && $0.marks == "●●●●○"
    }
    return terminal
  }

  /// Has the trained epochs written under a path.
  private func keep(_ path: String, in terminal: PseudoTerminal) throws {
    terminal.send("w")
    try terminal.wait(for: "the prompt") { $0.footer.contains("save the trained epochs as run:") }
    // Clears what is proposed.
    terminal.send("\u{15}\(path)\r")
  }

  @Test func anEpochIsTrainedAndShownAsNotKept() throws {
    let before = try workspace.contents()
    let terminal = try trained()
    #expect(terminal.screen.contains("epoch 4 of 4"))
    #expect(try workspace.contents() == before)
  }

  @Test func itTrainsAsTheCommandWouldHave() throws {
    let terminal = try trained()
    try keep("kept", in: terminal)
    try terminal.wait(forText: "saved 1 epoch in kept")
    let outcome = try Program.run(
      ["train", "--resume", "--out", "run", "--data", "shapes", "--epochs", "4"], in: workspace)
    #expect(outcome.status == .exited(0))
    #expect(
      try workspace.bytes("kept/state.safetensors") == workspace.bytes("run/state.safetensors"))
  }

  @Test func trainedEpochsAreKeptAsARunThatOpens() throws {
    let original = try workspace.contents()
    let terminal = try trained()
    try keep("kept", in: terminal)
    try terminal.wait(forText: "saved 1 epoch in kept")
    #expect(terminal.marks == "●●●●●")
    #expect(!terminal.header.contains("not saved"))
    let run = try RunDirectory.open(workspace.at("kept"))
    #expect(run.epochs == [0, 1, 2, 3, 4])
    #expect(run.metrics.map(\.epoch) == run.epochs)
    #expect(try run.state()?.epoch == 4)
    for (name, bytes) in original { #expect(try workspace.contents()[name] == bytes) }
    let outcome = try Program.run(["analyze", "kept", "--data", "shapes"], in: workspace)
    #expect(outcome.status == .exited(0))
    #expect(outcome.output.contains("kept/epoch-0004.safetensors, epoch 4"))
    // Nothing would be lost any more.
    terminal.send("q")
    #expect(try terminal.waitForExit() == .exited(0))
  }

  @Test func aCheckpointAloneIsTrainedAndKept() throws {
    let terminal = try Explorer.start(
      ["run/epoch-0002.safetensors", "--data", "shapes"], in: workspace)
    try terminal.wait(forText: "sample 0, true class left")
    terminal.send("t")
    try terminal.wait(for: "epoch 3") { $0.header.contains("epoch 3, not saved") }
    try keep("kept", in: terminal)
    try terminal.wait(forText: "saved 1 epoch in kept")
    let run = try RunDirectory.open(workspace.at("kept"))
    #expect(run.epochs == [2, 3])
    #expect(run.description.data?.name == "shapes")
    let outcome = try Program.run(["analyze", "kept", "--data", "shapes"], in: workspace)
    #expect(outcome.status == .exited(0))
  }

  @Test func aFreePathIsProposed() throws {
    let terminal = try trained()
    terminal.send("w")
    try terminal.wait(forText: "save the trained epochs as run: run-2")
    terminal.send("\r")
    try terminal.wait(forText: "saved 1 epoch in run-2")
    #expect(try RunDirectory.open(workspace.at("run-2")).epochs == [0, 1, 2, 3, 4])
  }

  @Test func aDirectoryInUseIsRefused() throws {
    let before = try workspace.contents()
    let terminal = try trained()
    try keep("shapes", in: terminal)
    try terminal.wait(forText: "shapes: the directory is not empty")
    #expect(terminal.marks == "●●●●○")
    #expect(try workspace.contents() == before)
  }

  @Test(arguments: ["run", "./run", "run/"])
  func theOpenRunIsNotTouchedWithoutAYes(path: String) throws {
    let before = try workspace.contents()
    let terminal = try trained()
    try keep(path, in: terminal)
    try terminal.wait(for: "the question") { $0.footer.contains("the run that is open") }
    #expect(terminal.footer.contains("?"))
    terminal.send("n")
    try terminal.wait(forText: "nothing was written")
    #expect(terminal.marks == "●●●●○")
    #expect(try workspace.contents() == before)
  }

  @Test func theOpenRunTakesTheEpochsAfterAYes() throws {
    let terminal = try trained()
    try keep("run", in: terminal)
    try terminal.wait(for: "the question") { $0.footer.contains("the run that is open") }
    terminal.send("y")
    try terminal.wait(forText: "saved 1 epoch in run")
    // Each epoch once: the explorer does not take its own for another program's.
    #expect(terminal.marks == "●●●●●")
    terminal.send("t")
    try terminal.wait(for: "epoch 5") { $0.marks == "●●●●●○" }
    try keep("run", in: terminal)
    try terminal.wait(for: "the question") { $0.footer.contains("the run that is open") }
    terminal.send("y")
    try terminal.wait(for: "epoch 5 to be kept") { $0.marks == "●●●●●●" }
    let run = try RunDirectory.open(workspace.at("run"))
    #expect(run.epochs == [0, 1, 2, 3, 4, 5])
    #expect(run.metrics.map(\.epoch) == run.epochs)
    #expect(try run.state()?.epoch == 5)
  }

  @Test func leavingWithEpochsNotKeptAsksOnce() throws {
    let terminal = try trained()
    terminal.send("q")
    try terminal.wait(forText: "1 trained epoch would be lost: q leaves, w saves")
    terminal.send("\u{1B}")
    try terminal.wait(for: "the question to go") { !$0.screen.contains("would be lost") }
    terminal.send("q")
    try terminal.wait(forText: "1 trained epoch would be lost")
    terminal.send("q")
    #expect(try terminal.waitForExit() == .exited(0))
  }

  @Test func trainingPausesInMidEpochAndGoesOn() throws {
    let terminal = try Explorer.openTraining(in: workspace)
    terminal.send(" ")
    try terminal.wait(forText: "paused in epoch ")
    terminal.send(" ")
    try terminal.wait(forText: "▶ training on")
    terminal.send("qq")
    #expect(try terminal.waitForExit() == .exited(0))
  }

  @Test func leavingWhileItTrainsEnds() throws {
    let terminal = try Explorer.openTraining(in: workspace)
    terminal.send("q")
    try terminal.wait(forText: "would be lost")
    terminal.send("q")
    #expect(try terminal.waitForExit() == .exited(0))
  }
}
