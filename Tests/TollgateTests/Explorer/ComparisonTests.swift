import HighwayNetworks
import TerminalHarness
import TestSupport
import Testing

/// Runs side by side in the explorer.
struct ComparisonTests {
  /// Lives as long as the test, so that the explorer has its files.
  private let workspace: TemporaryDirectory

  init() throws {
    workspace = try TinyRun.workspace()
    try workspace.copy(workspace.at("run"), as: "other")
    try workspace.write("notes/x", "no run")
  }

  private func row(_ number: Int, _ screen: VirtualScreen) -> String {
    screen.row(with: " \(number)━━ ")
  }

  @Test func theCommandOpensTheViewWithTableCurvesAndGates() throws {
    let terminal = try Explorer.start(
      ["compare", "run", "other", "nowhere", "--data", "shapes"], in: workspace)
    let last = try #require(try RunSummary.read(workspace.at("run")).last)
    try terminal.wait(for: "the runs with their gates") {
      row(1, $0.screen).contains(Explorer.fourDigits(last.trainLoss))
        && row(3, $0.screen).contains("nowhere: no such file or directory")
        && $0.screen.contains("1 run") && $0.screen.contains("%┤")
        && !$0.screen.contains("computing…")
    }
  }

  @Test func theKeyFindsTheRunsBesideTheOpenOne() throws {
    let terminal = try Explorer.open(in: workspace)
    terminal.send("7")
    try terminal.wait(for: "both runs") {
      row(1, $0.screen).contains("run ") && row(2, $0.screen).contains("other ")
        && row(2, $0.screen).contains("coupled")
    }
    #expect(!terminal.screen.contains("notes"))
    terminal.send("j\r")
    try terminal.wait(for: "the other run") { $0.header.contains(" other ") }
    terminal.send("1")
    try terminal.wait(for: "its statistics") {
      $0.screen.contains("class share η²") && $0.header.contains("true class left")
    }
  }

  @Test func aRunThatAnotherProgramTrainsOnIsFollowed() throws {
    let terminal = try Explorer.open(in: workspace)
    terminal.send("7")
    try terminal.wait(for: "both runs") { row(2, $0.screen).contains("coupled") }
    let outcome = try Program.run(
      ["train", "--resume", "--out", "other", "--data", "shapes", "--epochs", "5"], in: workspace)
    #expect(outcome.status == .exited(0))
    let last = try #require(try RunSummary.read(workspace.at("other")).last)
    try terminal.wait(for: "epoch 5") {
      row(2, $0.screen).contains("   5 ")
        && row(2, $0.screen).contains(Explorer.fourDigits(last.trainLoss))
    }
    #expect(terminal.header.contains("epoch 3"), "the open run stays where it is")
  }

  @Test func dataThatAreNotHereLeaveTableAndCurves() throws {
    let terminal = try Explorer.start(["compare", "run", "other"], in: workspace)
    try terminal.wait(for: "the reason") {
      row(1, $0.screen).contains("coupled") && $0.screen.contains("the data set")
        && $0.screen.contains("training loss")
    }
  }

  @Test func aPathThatIsTypedIsAdded() throws {
    let terminal = try Explorer.open(in: workspace)
    terminal.send("7")
    try terminal.wait(for: "both runs") { row(2, $0.screen).contains("coupled") }
    terminal.send("Anotes\r")
    try terminal.wait(for: "the row") {
      row(3, $0.screen).contains("notes: not a run, run.json is missing")
    }
    terminal.send("DD")
    try terminal.wait(for: "one row less") {
      row(3, $0.screen).isEmpty && row(2, $0.screen).isEmpty && !row(1, $0.screen).isEmpty
    }
  }
}
