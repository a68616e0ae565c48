import HighwayNetworks
import TerminalHarness
import TestSupport
import Testing

/// A run that another program writes while it is open.
struct FollowingTests {
  /// Lives as long as the test, so that the explorer has its files.
  private let workspace: TemporaryDirectory

  init() throws { workspace = try TinyRun.workspace() }

  @Test func anEpochThatAnotherProgramRecordsAppearsAndCanBeLookedAt() throws {
    let terminal = try Explorer.open(in: workspace)
    let outcome = try Program.run(
      ["train", "--resume", "--out", "run", "--data", "shapes", "--epochs", "5"], in: workspace)
    #expect(outcome.status == .exited(0))
    // Who stood at the last epoch stands at the last one again, and sees it.
    try terminal.wait(for: "epoch 5") {
      $0.marks == "●●●●●●" && $0.header.contains("epoch 5") && $0.header.contains("true class left")
    }
    #expect(!terminal.screen.contains("not recorded"))
    let metrics = try RunDirectory.open(workspace.at("run")).metrics
    for epoch in [5, 4] {
      try terminal.wait(for: "the loss of epoch \(epoch)") {
        $0.screen.contains("loss \(Explorer.fourDigits(metrics[epoch].testLoss)), ")
          && $0.screen.contains("epoch \(epoch) of 5")
      }
      terminal.send("<")
    }
    try terminal.wait(for: "epoch 3") { $0.header.contains("epoch 3") }
  }

  @Test func whoLooksAtAnEarlierEpochStaysThere() throws {
    let terminal = try Explorer.open(in: workspace)
    terminal.send("<")
    try terminal.wait(for: "epoch 2") { $0.header.contains("epoch 2") }
    let outcome = try Program.run(
      ["train", "--resume", "--out", "run", "--data", "shapes", "--epochs", "4"], in: workspace)
    #expect(outcome.status == .exited(0))
    try terminal.wait(for: "epoch 4") { $0.marks == "●●●●●" }
    #expect(terminal.screen.contains("epoch 2 of 4"))
  }

  @Test func aRunInItsFirstSecondIsWaitedFor() throws {
    let run = try RunDirectory.open(workspace.at("run"))
    let writer = RunHolder.current()
    try workspace.write("first/run.lock", writer.json)
    try workspace.write("first/run.json", run.description.indentedJSON)
    let terminal = try Explorer.start(["first", "--data", "shapes"], in: workspace)
    try terminal.wait(forText: "waiting for epoch 0 of first")
    try workspace.copy(
      workspace.at("run/epoch-0000.safetensors"), as: "first/epoch-0000.safetensors")
    try terminal.wait(for: "epoch 0") { $0.header.contains("epoch 0") }
    terminal.send("6")
    try terminal.wait(forText: "written by process \(writer.process)")
  }

  @Test func aRunThatIsDeletedAndMadeAgainIsOpenedAgain() throws {
    try workspace.copy(workspace.at("run"), as: "again")
    let terminal = try Explorer.start(["again", "--data", "shapes"], in: workspace)
    try terminal.wait(for: "epoch 3") { $0.marks == "●●●●" }
    try workspace.delete("again")
    let train = [
      "train", "--out", "again", "--data", "shapes", "--epochs", "1", "--depth", "3", "--units",
      "4",
    ]
    #expect(try Program.run(train, in: workspace).status == .exited(0))
    try terminal.wait(for: "epoch 1") { $0.marks == "●●" }
  }

  @Test func epochsOfAnotherProgramAreNotWrittenOver() throws {
    let terminal = try Explorer.open(in: workspace)
    terminal.send("t")
    try terminal.wait(for: "epoch 4") { $0.marks == "●●●●○" }
    let outcome = try Program.run(
      ["train", "--resume", "--out", "run", "--data", "shapes", "--epochs", "5"], in: workspace)
    #expect(outcome.status == .exited(0))
    let before = try workspace.contents()
    terminal.send("w\u{15}run\r")
    try terminal.wait(for: "the question") { $0.footer.contains("the run that is open") }
    terminal.send("y")
    try terminal.wait(forText: "run: has an epoch 4 of its own")
    #expect(try workspace.contents() == before)
  }
}
