import Foundation
import HighwayNetworks
import TerminalHarness
import TestSupport
import Testing

/// Two processes that write into the same run: one does, the other says who.
struct LockTests {
  private static let command = TinyRun.options + ["--epochs", "50", "--record", "0", "--json"]
  private static let resume = ["train", "--resume", "--data", "shapes", "--out", "run"]

  /// Training that stands still in its midst, since nobody reads what it prints.
  private func training(_ arguments: [String], in workspace: TemporaryDirectory) throws -> Program {
    let program = try Program(arguments, in: workspace, output: .narrowPipe(4_096))
    try program.waitForOutput()
    return program
  }

  private func names(_ program: Program) -> [String] {
    ["is being written by process \(program.process) on ", " since 20", "wait until it ends"]
  }

  @Test func aSecondProcessIsToldWhoTrains() throws {
    let workspace = try TemporaryDirectory()
    try Shapes.write(to: workspace)
    let first = try training(Self.command + ["--out", "run"], in: workspace)
    let second = try Program.run(Self.resume, in: workspace)
    #expect(second.status == .exited(1))
    expectOneLine(second, naming: names(first))
    // Readers are not kept out.
    let reader = try Program.run(["analyze", "run", "--data", "shapes"], in: workspace)
    #expect(reader.status == .exited(0), "\(reader.error)")
    // The kernel takes the lock back, and what is left of it is in nobody's way.
    #expect(try first.kill { true }.status == .killed(signal: SIGKILL))
    #expect(try workspace.names(in: "run").contains("run.lock"))
    let third = try Program.run(Self.resume + ["--epochs", "50"], in: workspace)
    #expect(third.status == .exited(0), "\(third.error)")
    #expect(try !workspace.names(in: "run").contains("run.lock"))
  }

  @Test func ofTwoThatBeginTheSameRunOneDoes() throws {
    let workspace = try TemporaryDirectory()
    try Shapes.write(to: workspace)
    let command = TinyRun.options + ["--epochs", "2", "--out", "run"]
    let outcomes = try (0..<3).map { _ in try Program(command, in: workspace) }
      .map { try $0.finish() }
    #expect(outcomes.count { $0.status == .exited(0) } == 1)
    for outcome in outcomes where outcome.status != .exited(0) {
      #expect(outcome.status == .exited(1))
      expectOneLine(outcome, naming: ["run"])
      #expect(outcome.error.contains("being written by") || outcome.error.contains("not empty"))
    }
    #expect(try RunDirectory.open(workspace.at("run")).epochs == [0, 1, 2])
  }

  @Test func theExplorerDoesNotWriteWhereAnotherProcessDoes() throws {
    let workspace = try TinyRun.workspace()
    let terminal = try Explorer.open(in: workspace)
    terminal.send("t")
    try terminal.wait(for: "epoch 4") { $0.marks == "●●●●○" }
    terminal.send("w\u{15}run\r")
    try terminal.wait(for: "the question") { $0.footer.contains("the run that is open") }
    let holder = try RunDirectory.openForWriting(workspace.at("run"))
    let before = try workspace.contents()
    terminal.send("y")
    try terminal.wait(forText: "run: is being written by process")
    // The long message covers the timeline until the next key.
    terminal.send("j")
    try terminal.wait(for: "the epochs") { $0.marks == "●●●●○" }
    #expect(try workspace.contents() == before)
    withExtendedLifetime(holder) {}
  }

  @Test func theExplorerKeepsAfterTheOtherHasEnded() throws {
    let workspace = try TinyRun.workspace()
    let host = RunHolder.current().host
    try workspace.write(
      "run/run.lock", "{\"process\":2147483647,\"host\":\"\(host)\",\"since\":\"s\"}\n")
    try workspace.write("run/.tollgate-1-a.tmp", "half")
    let terminal = try Explorer.open(in: workspace)
    terminal.send("t")
    try terminal.wait(for: "epoch 4") { $0.marks == "●●●●○" }
    terminal.send("w\u{15}run\r")
    try terminal.wait(for: "the question") { $0.footer.contains("the run that is open") }
    terminal.send("y")
    try terminal.wait(forText: "saved 1 epoch in run")
    let names = try workspace.names(in: "run")
    #expect(!names.contains("run.lock") && !names.contains(".tollgate-1-a.tmp"), "\(names)")
  }

  @Test func aRunThatIsTakenAwayWhileItTrainsIsNotMadeAnew() throws {
    let workspace = try TemporaryDirectory()
    try Shapes.write(to: workspace)
    let program = try training(Self.command + ["--out", "run"], in: workspace)
    // It may be writing: all at once, as removing cannot be.
    #expect(unsafe rename(workspace.at("run"), workspace.at("moved")) == 0)
    let outcome = try program.finish()
    #expect(outcome.status == .exited(1))
    #expect(outcome.errorLines.count == 2)
    #expect(outcome.error.hasPrefix("tollgate: run"))
    #expect(outcome.error.hasSuffix(": no such file or directory\n"), "\(outcome.error)")
    #expect(try workspace.names() == ["moved", "shapes"])
    // Where it was moved to it goes on.
    let resumed = try Program.run(
      ["train", "--resume", "--data", "shapes", "--out", "moved", "--epochs", "50"], in: workspace)
    #expect(resumed.status == .exited(0), "\(resumed.error)")
  }

  @Test func aRunWhoseLockIsTakenAwayIsNoLongerWritten() throws {
    let workspace = try TemporaryDirectory()
    try Shapes.write(to: workspace)
    let program = try training(Self.command + ["--out", "run"], in: workspace)
    try workspace.delete("run/run.lock")
    let outcome = try program.finish()
    #expect(outcome.status == .exited(1))
    #expect(outcome.errorLines.count == 2)
    #expect(outcome.error.hasPrefix("tollgate: run: run.lock was removed or replaced"))
    let resumed = try Program.run(Self.resume + ["--epochs", "50"], in: workspace)
    #expect(resumed.status == .exited(0), "\(resumed.error)")
  }
}
