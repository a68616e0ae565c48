import Foundation
import HighwayNetworks
import TerminalHarness
import TestSupport
import Testing

/// A real disk that is full, or that nobody may write to.
@Suite(.enabled(if: SmallDisk.isPermitted, SmallDisk.reason))
struct DiskTests {
  private let workspace: TemporaryDirectory

  init() throws { workspace = try TinyRun.workspace() }

  private static let command = TinyRun.options + ["--out", "disk/run", "--epochs", "20"]

  /// Trains the same in a directory that has room.
  private func uninterrupted() throws -> TemporaryDirectory {
    let workspace = try TemporaryDirectory()
    try Shapes.write(to: workspace)
    #expect(try Program.run(Self.command, in: workspace).status == .exited(0))
    return workspace
  }

  @Test func aFullDiskStopsTrainingAndMoreRoomLetsItGoOn() throws {
    let disk = try SmallDisk(in: workspace, kilobytes: 64)
    let full = try Program.run(Self.command, in: workspace)
    #expect(full.status == .exited(1))
    #expect(full.errorLines.count == 2, "\(full.error)")
    #expect(full.error.hasPrefix("tollgate: disk/run/"))
    #expect(full.error.hasSuffix(": the disk is full\n"))
    // What was printed was written; at most one epoch more was begun to be.
    let run = try RunDirectory.open(workspace.at("disk/run"))
    let reached = try #require(run.state()?.epoch)
    #expect((1..<20).contains(reached))
    #expect(full.lines.count == reached + 1)
    for epoch in run.epochs { _ = try run.checkpoint(epoch: epoch) }
    let names = try workspace.names(in: "disk/run")
    #expect(names.allSatisfy { !$0.hasPrefix(".") && $0 != "run.lock" }, "\(names)")

    // Still full: nothing changes.
    let again = try Program.run(Self.command + ["--resume"], in: workspace)
    #expect(again.status == .exited(1))
    #expect(again.error.hasSuffix(": the disk is full\n"), "\(again.error)")
    #expect(try RunDirectory.open(workspace.at("disk/run")).state()?.epoch ?? 0 >= reached)

    try disk.resize(kilobytes: 1_024)
    let resumed = try Program.run(Self.command + ["--resume"], in: workspace)
    #expect(resumed.status == .exited(0), "\(resumed.error)")
    let whole = try uninterrupted()
    #expect(try workspace.names(in: "disk/run") == whole.names(in: "disk/run"))
    for name in try whole.names(in: "disk/run") where name != "metrics.jsonl" {
      #expect(try workspace.bytes("disk/run/" + name) == whole.bytes("disk/run/" + name), "\(name)")
    }
    let losses = try [workspace, whole].map {
      try RunDirectory.open($0.at("disk/run")).metrics.map(\.testLoss)
    }
    #expect(losses[0] == losses[1])
  }

  @Test func aRunThatDoesNotFitAtAllSaysSo() throws {
    let disk = try SmallDisk(in: workspace, kilobytes: 4)
    let outcome = try Program.run(Self.command, in: workspace)
    #expect(outcome.status == .exited(1))
    expectOneLine(outcome, naming: ["disk/run", "the disk is full"])
    // It is begun again as if nothing had been there.
    try disk.resize(kilobytes: 1_024)
    #expect(try Program.run(Self.command, in: workspace).status == .exited(0))
  }

  @Test func outputThatDoesNotFitSaysSo() throws {
    let disk = try SmallDisk(in: workspace, kilobytes: 4)
    try workspace.write("disk/other", [UInt8](repeating: 0, count: 4_096))
    let outcome = try Program.run(
      ["analyze", "run", "--data", "shapes", "--json"], in: workspace,
      output: .file(workspace.at("disk/analysis.json")))
    #expect(outcome.status == .exited(1))
    #expect(outcome.error.hasPrefix("tollgate: standard output: cannot be written: "))
    #expect(outcome.errorLines.count == 2)
    withExtendedLifetime(disk) {}
  }

  @Test func theExplorerKeepsNothingOrEverything() throws {
    let disk = try SmallDisk(in: workspace, kilobytes: 16)
    let terminal = try Explorer.open(in: workspace)
    terminal.send("t")
    try terminal.wait(for: "epoch 4") { $0.marks == "●●●●○" }
    terminal.send("w\u{15}disk/kept\r")
    try terminal.wait(for: "the reason") { $0.footer.contains("the disk is full") }
    #expect(terminal.marks == "●●●●○")
    #expect(try workspace.names(in: "disk") == [])
    try disk.resize(kilobytes: 1_024)
    terminal.send("w\u{15}disk/kept\r")
    try terminal.wait(forText: "saved 1 epoch in disk/kept")
    #expect(try RunDirectory.open(workspace.at("disk/kept")).epochs == [0, 1, 2, 3, 4])
  }

  @Test func aReadOnlyDiskIsNamed() throws {
    let disk = try SmallDisk(in: workspace, kilobytes: 1_024)
    #expect(try Program.run(Self.command, in: workspace).status == .exited(0))
    let before = try workspace.contents()
    try disk.setReadOnly(true)
    for arguments in [
      Self.command + ["--resume", "--epochs", "30"],
      TinyRun.options + ["--out", "disk/new"],
    ] {
      let outcome = try Program.run(arguments, in: workspace)
      #expect(outcome.status == .exited(1))
      expectOneLine(
        outcome,
        naming: [arguments.contains("disk/new") ? "disk/new: " : "disk/run: ", "read-only"])
    }
    // Reading needs no lock.
    let reader = try Program.run(["analyze", "disk/run", "--data", "shapes"], in: workspace)
    #expect(reader.status == .exited(0), "\(reader.error)")
    let terminal = try Explorer.start(["disk/run", "--data", "shapes"], in: workspace)
    try terminal.wait(forText: "sample 0, true class left")
    terminal.send("t")
    try terminal.wait(for: "epoch 21") { $0.header.contains("epoch 21, not saved") }
    for path in ["disk/run", "disk/new"] {
      terminal.send("w\u{15}\(path)\r")
      if path == "disk/run" {
        try terminal.wait(for: "the question") { $0.footer.contains("the run that is open") }
        terminal.send("y")
      }
      try terminal.wait(for: "the reason") {
        $0.footer.contains("\(path): the file system is read-only")
      }
    }
    #expect(try workspace.contents() == before)
  }
}
