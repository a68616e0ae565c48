import TerminalHarness
import TestSupport
import Testing

/// Writing what is shown to a file from inside.
struct ExportTests {
  private let workspace: TemporaryDirectory

  init() throws { workspace = try TinyRun.workspace() }

  @Test func aFileIsWrittenAndNeverReplacedUnasked() throws {
    let terminal = try Explorer.start(["run", "--data", "shapes"], in: workspace)
    try terminal.wait(for: "the run") { $0.header.contains("sample 0, true class left") }
    terminal.send("e")
    try terminal.wait(forText: "write what is shown to: run-overview-epoch")
    terminal.send("\u{15}mine.svg\r")
    try terminal.wait(forText: "wrote mine.svg")
    let first = try workspace.bytes("mine.svg")
    #expect(first.starts(with: Array("<?xml".utf8)))
    terminal.send("3e\u{15}mine.svg\r")
    try terminal.wait(forText: "mine.svg is there already")
    terminal.send("n")
    try terminal.wait(forText: "nothing was written")
    #expect(try workspace.bytes("mine.svg") == first)
    terminal.send("e\u{15}mine.svg\r")
    try terminal.wait(forText: "mine.svg is there already")
    terminal.send("y")
    try terminal.wait(forText: "wrote mine.svg")
    #expect(try workspace.bytes("mine.svg") != first)
    terminal.send("q")
    #expect(try terminal.waitForExit() == .exited(0))
  }
}
