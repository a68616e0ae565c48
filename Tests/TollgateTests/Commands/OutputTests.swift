import Libc
import TerminalHarness
import TestSupport
import Testing

/// Where standard output leads, and what may stand on it.
struct OutputTests {
  private static let analyze = ["analyze", "run", "--data", "shapes"]

  @Test(arguments: [[], ["--json"]])
  func aReaderThatHasGoneEndsItQuietly(options: [String]) throws {
    let outcome = try Program.run(
      Self.analyze + options, in: TinyRun.shared(), output: .closedPipe)
    #expect(outcome.status == .killed(signal: SIGPIPE))
    #expect(outcome.error == "")
  }

  @Test func aReaderThatHasGoneEndsItQuietlyWhereTheSignalIsIgnored() throws {
    let outcome = try Program.run(
      Self.analyze, in: TinyRun.shared(), output: .closedPipe,
      under: ["/bin/sh", "-c", "trap '' PIPE; exec \"$0\" \"$@\""])
    #expect(outcome.status == .exited(128 + SIGPIPE))
    #expect(outcome.error == "")
  }

  @Test func aFullDiskIsNoSuccess() throws {
    let outcome = try Program.run(
      Self.analyze, in: TinyRun.shared(), output: .file("/dev/full"))
    #expect(outcome.status == .exited(1))
    expectOneLine(outcome, naming: ["standard output", "No space left on device"])
  }

  @Test func namesFromFilesNeverReachATerminalRaw() throws {
    let workspace = try TinyRun.workspace()
    // In JSON an escape is written out; in the file system it is a byte.
    try workspace.replace(
      "\"name\": \"shapes\"", with: #""name": "\u001b]0;owned\u0007""#, in: "run/run.json")
    try Shapes.write(to: workspace, as: "\u{1B}[31mred")
    try Shapes.write(to: workspace, as: "\u{1B}[31mtall", height: 8)
    try workspace.write("\u{1B}[31mred/classes.txt", "\u{1B}[2J\nb\nc\n")
    try workspace.copy(workspace.at("run"), as: "\u{1B}[31mrun")
    try workspace.write("\u{1B}[31mempty/x", "")
    let calls = [
      ["analyze", "run"], ["analyze", "run", "--data", "\u{1B}[31mred"],
      ["analyze", "run", "--data", "\u{1B}[31mred", "--json"],
      ["analyze", "run", "--data", "\u{1B}[31mtall"],
      ["analyze", "\u{1B}[31mrun", "--data", "shapes"],
      ["analyze", "\u{1B}[31mrun", "--data", "shapes", "--json"],
      ["analyze", "\u{1B}[31mempty"], ["analyze", "run", "--data", "\u{1B}[31mempty"],
      ["train", "--resume", "--out", "run"],
      ["train", "--resume", "--out", "run", "--data", "shapes", "--epochs", "4"],
      TinyRun.options + ["--out", "\u{1B}[31mrun"],
      TinyRun.options + ["--out", "\u{1B}[31mnew", "--epochs", "1"],
      TinyRun.options + ["--out", "x", "--gating", "\u{1B}[31m"],
      ["\u{1B}[31mnowhere"],
    ]
    for call in calls {
      let outcome = try Program.run(call, in: workspace)
      expectPlain(outcome.output)
      expectPlain(outcome.error)
      #expect(!(outcome.output + outcome.error).isEmpty)
    }
  }

  @Test func theExplorerNeedsATerminal() throws {
    let workspace = try TinyRun.shared()
    for call in [["run"], ["run", "--data", "shapes"], ["explore", "run"]] {
      let outcome = try Program.run(call, in: workspace)
      #expect(outcome.status == .exited(2))
      expectOneLine(outcome, naming: ["not a terminal"])
    }
  }
}
