import TerminalHarness
import TestSupport
import Testing

/// Choosing among models and changing from one to another.
struct ModelListTests {
  /// A directory with the runs `run` and `second`, and one that is broken.
  private let workspace: TemporaryDirectory

  init() throws {
    workspace = try TinyRun.workspace()
    try workspace.copy(workspace.at("run"), as: "second")
    try workspace.write("broken/run.json", "{")
  }

  private func listed() throws -> PseudoTerminal {
    let terminal = try Explorer.start(["--data", "shapes"], in: workspace, height: 60)
    try terminal.wait(for: "the list") {
      $0.screen.contains("second") && $0.screen.contains("Enter open")
        && $0.screen.row(with: "broken").contains("run.json")
    }
    return terminal
  }

  private func find(_ name: String, _ terminal: PseudoTerminal) throws {
    terminal.send("/" + name)
    try terminal.wait(forText: "› " + name)
  }

  @Test func aModelIsChosenAndAnotherAfterIt() throws {
    let terminal = try listed()
    try find("run", terminal)
    terminal.send("\u{1B}")
    try find("second", terminal)
    terminal.send("\r")
    try terminal.wait(for: "the second run") {
      $0.header.contains("second") && $0.header.contains("sample 0, true class left")
    }
    terminal.send("M")
    try terminal.wait(for: "the list again") {
      $0.screen.contains("• second") || $0.screen.contains("› second")
    }
    terminal.send("\u{1B}")
    try terminal.wait(for: "the model again") { $0.header.contains("sample 0, true class left") }
    terminal.send(":open run/\r")
    try terminal.wait(for: "the first run") {
      $0.header.contains(" run ") && $0.header.contains("sample 0, true class left")
    }
    terminal.send("q")
    #expect(try terminal.waitForExit() == .exited(0))
  }

  @Test func brokenModelsSayWhyAndTheListStays() throws {
    let terminal = try listed()
    try find("broken", terminal)
    terminal.send("\r")
    try terminal.wait(for: "the reason") { $0.footer.contains("broken/run.json") }
    #expect(terminal.screen.contains("› broken"))
    terminal.send("\u{03}")
    #expect(try terminal.waitForExit() == .exited(0))
  }

  @Test func whatCannotBeOpenedLeavesTheModelThere() throws {
    let terminal = try Explorer.open(in: workspace)
    terminal.send(":open nowhere\r")
    try terminal.wait(for: "the reason") {
      $0.footer.contains("nowhere") && !$0.footer.contains("opening")
    }
    #expect(terminal.header.contains("sample 0, true class left"))
  }

  @Test func trainedEpochsAreNotLostToAnotherModel() throws {
    let terminal = try Explorer.open(in: workspace)
    terminal.send("6t")
    try terminal.wait(forText: "○ 1 epoch not saved")
    terminal.send(":open second\r")
    try terminal.wait(for: "the question") { $0.footer.contains("1 trained epoch would be lost") }
    terminal.send("y")
    try terminal.wait(for: "the second run") {
      $0.header.contains("second") && $0.header.contains("epoch 3 ·")
    }
    #expect(!terminal.screen.contains("not saved"))
    terminal.send("t")
    try terminal.wait(forText: "○ 1 epoch not saved")
  }

  @Test func pathsAreCompleted() throws {
    let terminal = try Explorer.open(in: workspace)
    terminal.send(":open sec")
    try terminal.wait(forText: "› second/")
    terminal.send("\t")
    try terminal.wait(forText: "epoch-0003.safetensors")
    terminal.send("3\t\r")
    try terminal.wait(for: "the checkpoint") { $0.header.contains("epoch-0003") }
  }
}
