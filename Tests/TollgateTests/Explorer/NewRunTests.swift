import HighwayNetworks
import TerminalHarness
import TestSupport
import Testing

/// A new network that is set up and trained in the explorer.
struct NewRunTests {
  private let workspace: TemporaryDirectory

  init() throws { workspace = try TinyRun.workspace() }

  /// Plays keys to the explorer on the tiny run and returns the screen that they lead to.
  private func play(_ keys: String) throws -> Outcome {
    let outcome = try Program.run(
      ["run", "--data", "shapes", "--no-config", "--keys", keys, "--dump"], in: workspace)
    #expect(outcome.status == .exited(0), "\(outcome.error)")
    return outcome
  }

  @Test(arguments: [("residual", "residual"), ("full", "full"), ("frozen", "frozen=0.25")])
  func itTrainsAsTheCommandDoes(name: String, argument: String) throws {
    let constant = name == "frozen" ? "Down 0.25" : name == "full" ? "Down -1" : ""
    let outcome = try play(
      "N \(name) \(constant) Down 3 Down 6 Down relu Down 0.05 Down exponential=0.9 Down 0.5 "
        + "PgDn Up Up 7 Up 2 Enter w Enter")
    #expect(outcome.output.contains("saved 2 epochs in runs/\(name)-3-1"), "\(outcome.output)")
    let trained = try Program.run(
      [
        "train", "--data", "shapes", "--out", "command", "--gating", argument, "--gate-bias", "-1",
        "--depth", "3", "--units", "6", "--activation", "relu", "--learning-rate", "0.05",
        "--schedule", "exponential=0.9", "--momentum", "0.5", "--batch-size", "10", "--seed", "7",
        "--epochs", "2",
      ], in: workspace)
    #expect(trained.status == .exited(0), "\(trained.error)")
    let inside = "runs/\(name)-3-1"
    #expect(
      try workspace.bytes("\(inside)/state.safetensors")
        == workspace.bytes("command/state.safetensors"))
    var (kept, expected) = (
      try RunDirectory.open(workspace.at(inside)), try RunDirectory.open(workspace.at("command"))
    )
    #expect(kept.epochs == [0, 1, 2])
    for epoch in 0...2 {
      #expect(
        try kept.checkpoint(epoch: epoch).network.parameters
          == expected.checkpoint(epoch: epoch).network.parameters)
    }
    func timeless(_ run: RunDirectory) -> [EpochMetrics] {
      run.metrics.map { metrics in
        var metrics = metrics
        metrics.seconds = 0
        return metrics
      }
    }
    #expect(timeless(kept) == timeless(expected))
    var description = expected.description
    description.command = nil
    #expect(kept.description == description)
    // What is kept is gone on with like any other run.
    let resumed = try Program.run(
      ["train", "--resume", "--out", inside, "--data", "shapes", "--epochs", "3"], in: workspace)
    #expect(resumed.status == .exited(0), "\(resumed.error)")
    (kept, expected) = (try RunDirectory.open(workspace.at(inside)), expected)
    #expect(kept.epochs == [0, 1, 2, 3])
  }

  @Test func keptItIsComparedAndAddedTo() throws {
    let before = try workspace.contents()
    let outcome = try play("N PgDn Up Up Up 2 Enter w Enter t w Ctrl-U runs/coupled-4-1 Enter y 7")
    #expect(outcome.output.contains(" run "), "\(outcome.output)")
    #expect(outcome.output.contains(" coupled-4-1 "))
    #expect(try RunDirectory.open(workspace.at("runs/coupled-4-1")).epochs == [0, 1, 2, 3])
    for (name, bytes) in before { #expect(try workspace.contents()[name] == bytes) }
  }

  @Test func discardedItLeavesNothing() throws {
    let before = try workspace.contents()
    let outcome = try play("N PgDn Up Up Up 2 Enter W y")
    #expect(outcome.lines.first?.contains(" run ") == true, "\(outcome.output)")
    #expect(outcome.output.contains("back at run"))
    #expect(try workspace.contents() == before)
  }

  @Test func lossThatIsNotFiniteIsAMessage() throws {
    let outcome = try play("N PgDn Up Up Up Up Up Up Up Up Up 1e30 Enter")
    #expect(outcome.output.contains("the loss is no longer finite in epoch 1, step "))
    #expect(outcome.output.contains("learning rate"))
    #expect(outcome.lines.first?.contains("epoch 0") == true, "\(outcome.output)")
  }

  @Test func dataThatIsNotThereIsSaidInTheForm() throws {
    let outcome = try play("N PgDn Up nonsense Enter")
    #expect(outcome.output.contains("New network"))
    #expect(outcome.output.contains("shapesnonsense"), "\(outcome.output)")
    #expect(outcome.output.contains("data: shapesnonsense: no such file"), "\(outcome.output)")
  }

  @Test func itIsTrainedLiveAndLeftForTheModelBefore() throws {
    let terminal = try Explorer.open(in: workspace)
    // Numbers of the run before that are asked for anew when it is gone back to.
    func trainingNumbers() throws -> [String] {
      terminal.send("s")
      try terminal.wait(for: "the training samples") {
        $0.header.contains("shapes train, 60 samples") && $0.screen.contains("class share η²")
      }
      return Array(terminal.screen.text[2..<20])
    }
    let before = try trainingNumbers()
    terminal.send("sN")
    try terminal.wait(for: "the form") {
      $0.screen.contains("New network") && $0.screen.contains("60 images, 3 classes")
    }
    // Another seed: the form proposes the very network that is open.
    terminal.send("\u{1B}[6~\u{1B}[A\u{1B}[A7\r")
    try terminal.wait(for: "all epochs") {
      $0.header.contains("new coupled-4, not saved") && $0.screen.contains("20 epochs not saved")
    }
    terminal.send("w\r")
    try terminal.wait(forText: "saved 20 epochs in runs/coupled-4-1")
    #expect(terminal.header.contains("coupled-4-1"))
    terminal.send("B")
    try terminal.wait(for: "the run before") { $0.header.contains("  run ") }
    #expect(try trainingNumbers() == before)
    terminal.send("q")
    #expect(try terminal.waitForExit() == .exited(0))
  }
}
