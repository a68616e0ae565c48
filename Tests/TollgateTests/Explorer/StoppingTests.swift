import TerminalHarness
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// However the explorer ends, the terminal is as it was.
struct StoppingTests {
  /// Lives as long as the test, so that the explorer has its files.
  private let workspace: Workspace

  init() throws { workspace = try TinyRun.workspace() }

  private func expectRestored(
    _ terminal: PseudoTerminal, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let untouched = try PseudoTerminal(["/bin/true"], environment: [:])
    #expect(!terminal.screen.isAlternate, sourceLocation: sourceLocation)
    #expect(terminal.screen.isCursorVisible, sourceLocation: sourceLocation)
    #expect(!terminal.screen.isMouseOn, sourceLocation: sourceLocation)
    #expect(terminal.modes == untouched.modes, sourceLocation: sourceLocation)
    #expect(terminal.screen.text.allSatisfy { $0.isEmpty }, sourceLocation: sourceLocation)
  }

  @Test(arguments: ["q", "\u{03}"])
  func aKeyLeaves(key: String) throws {
    let terminal = try Explorer.open(in: workspace)
    #expect(terminal.screen.isAlternate)
    terminal.send(key)
    #expect(try terminal.waitForExit() == .exited(0))
    try expectRestored(terminal)
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT])
  func aSignalLeaves(signal: Int32) throws {
    let terminal = try Explorer.open(in: workspace)
    terminal.signal(signal)
    #expect(try terminal.waitForExit() == .exited(128 + signal))
    try expectRestored(terminal)
  }

  @Test func aSignalLeavesInMidTraining() throws {
    let terminal = try Explorer.openTraining(in: workspace)
    let before = try workspace.contents()
    terminal.signal(SIGTERM)
    #expect(try terminal.waitForExit() == .exited(128 + SIGTERM))
    try expectRestored(terminal)
    #expect(try workspace.contents() == before)
  }

  @Test func aTerminalThatCannotShowItIsNamed() throws {
    for (name, words) in [("dumb", "cannot show full screens"), ("nosuch", "unknown terminal")] {
      let terminal = try Explorer.start(
        ["run", "--data", "shapes"], in: workspace, ["TERM": name])
      #expect(try terminal.waitForExit() == .exited(2))
      let text = terminal.screen.text.joined()
      #expect(text.hasPrefix("tollgate: ") && text.contains(words), "\(text)")
      #expect(text.contains("TERM='\(name)'"))
      #expect(!terminal.output.contains(0x1B))
    }
  }

  @Test func aModelThatCannotBeOpenedIsSaidOnTheNormalScreen() throws {
    let terminal = try Explorer.start(["nowhere"], in: workspace)
    #expect(try terminal.waitForExit() == .exited(1))
    #expect(terminal.screen.contains("tollgate: nowhere: no such file or directory"))
    #expect(!terminal.output.contains(0x1B))
  }
}
