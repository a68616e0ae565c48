import Libc
import TerminalHarness
import Testing

/// Ctrl-Z, stops from outside, and coming back.
@Suite(.serialized)
struct StoppingTests {
  /// A shell that has started the probe as a job; its prompt counts commands and shows the status.
  private func underAShell(command: String = "$PROBE") throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      ["/bin/bash", "--norc", "--noprofile", "--noediting", "-i"],
      environment: ProbeSession.environment.merging([
        "PS1": "[\\#:$?] ", "PROBE": try PseudoTerminal.product("terminal-probe"),
      ]) { $1 })
    try terminal.wait(forText: "[1:0]")
    terminal.send(command + "\r")
    try terminal.wait(forText: "ready")
    return terminal
  }

  /// The process group that has the terminal: the probe's.
  private func probe(in terminal: PseudoTerminal) throws -> Int32 {
    try #require(terminal.foregroundProcess)
  }

  private static let stops = [("key", SIGTSTP), ("SIGTSTP", SIGTSTP), ("SIGSTOP", SIGSTOP)]

  @Test(arguments: stops)
  func stopsAndComesBackPainted(way: String, signal: Int32) throws {
    let modes = try PseudoTerminal(["/bin/true"], environment: [:]).modes
    let terminal = try underAShell()
    let process = try probe(in: terminal)
    #expect(process != terminal.process)
    let own = terminal.modes
    for round in 2...3 {
      if way == "key" { terminal.send("\u{1A}") } else { kill(process, signal) }
      try terminal.wait(forText: "[\(round):\(128 + signal)]")
      #expect(Process.state(of: process) == "T")
      #expect(terminal.modes == modes)
      if way != "SIGSTOP" { expectRestored(terminal, modes: modes) }
      terminal.send("fg\r")
      try terminal.wait(for: "the screen to be back") {
        $0.screen.isAlternate && $0.screen.text[1] == "resumed" && !$0.screen.isCursorVisible
          && $0.screen.text[23].hasSuffix("corner") && !$0.screen.contains("Stopped")
      }
      #expect(terminal.modes == own)
      #expect(terminal.screen.isMouseOn)
      terminal.send("a")
      try terminal.wait(forText: "key 'a'")
    }
    terminal.send("q")
    try terminal.wait(forText: "[4:0]")
    expectRestored(terminal, modes: modes)
  }

  @Test func stopsTheWholeJob() throws {
    // The shell sees the job stop only if the subshell, which waits for the probe, stops as well.
    let terminal = try underAShell(command: "($PROBE; echo over)")
    terminal.send("\u{1A}")
    try terminal.wait(forText: "[2:148]")
    terminal.send("fg\r")
    try terminal.wait(for: "the screen to be back") {
      $0.screen.isAlternate && $0.screen.text[1] == "resumed"
    }
    terminal.send("q")
    try terminal.wait(forText: "over")
  }

  @Test func tellsOfASizeThatChangedMeanwhile() throws {
    let terminal = try underAShell()
    terminal.send("\u{1A}")
    try terminal.wait(forText: "[2:148]")
    terminal.resize(width: 60, height: 20)
    terminal.send("fg\r")
    try terminal.wait(for: "the new size") {
      $0.screen.text[0] == "log 60x20" && $0.screen.contains("resized 60x20")
        && $0.screen.contains("resumed")
    }
  }

  @Test func goesOnWhereNobodyCouldContinueIt() throws {
    // The probe leads a session of its own here, as in a window without a shell.
    let terminal = try ProbeSession.ready()
    let modes = terminal.modes
    terminal.forgetOutput()
    terminal.send("\u{1A}")
    try terminal.wait(forText: "ctrl-z")
    // For a moment without the screen the terminal would echo keys and make a signal of Ctrl-C.
    #expect(!String(decoding: terminal.output, as: UTF8.self).contains("\u{1B}[?1049l"))
    #expect(terminal.screen.isAlternate)
    #expect(terminal.modes == modes)
    terminal.send("q")
    #expect(try terminal.waitForExit() == .exited(0))
  }

  @Test(arguments: ["key", "SIGSTOP"])
  func staysOffTheScreenInTheBackground(way: String) throws {
    let terminal = try underAShell()
    let process = try probe(in: terminal)
    let stop = way == "key" ? SIGTSTP : SIGSTOP
    if way == "key" { terminal.send("\u{1A}") } else { kill(process, stop) }
    try terminal.wait(forText: "[2:\(128 + stop)]")
    let wasAlternate = terminal.screen.isAlternate
    terminal.send("bg\r")
    try terminal.wait(forText: "[3:0]")
    try terminal.wait(for: "the job to stop again") { _ in Process.state(of: process) == "T" }
    #expect(terminal.screen.isAlternate == wasAlternate)
    if way == "key" { #expect(!terminal.screen.isMouseOn) }
    terminal.send("fg\r")
    try terminal.wait(for: "the screen to be back") {
      $0.screen.isAlternate && $0.screen.text[1] == "resumed"
        && $0.screen.text[23].hasSuffix("corner") && $0.screen.isMouseOn
    }
  }

  @Test func diesOfASignalThatCameWhileStopped() throws {
    let terminal = try underAShell()
    let process = try probe(in: terminal)
    terminal.send("\u{1A}")
    try terminal.wait(forText: "[2:148]")
    kill(process, SIGTERM)
    terminal.send("fg\r")
    try terminal.wait(forText: "[3:\(128 + SIGTERM)]")
    #expect(!terminal.screen.isAlternate)
  }
}
