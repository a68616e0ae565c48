import Libc
import TerminalHarness
import Testing

/// However the program ends, the terminal is as it was.
@Suite(.serialized)
struct LeavingTests {
  /// Starts the probe and takes the modes from before it has changed them: those of a new terminal.
  private func start(
    _ arguments: [String] = [], _ changes: [String: String] = [:]
  ) throws -> (terminal: PseudoTerminal, modes: [UInt64]) {
    let untouched = try PseudoTerminal(["/bin/true"], environment: [:])
    let modes = untouched.modes
    let terminal = try ProbeSession.ready(arguments, changes)
    // The console and old terminals have one screen, the oldest no way to hide the cursor.
    let name = changes["TERM"] ?? "xterm"
    #expect(terminal.screen.isAlternate || ["linux", "vt100"].contains(name))
    #expect(!terminal.screen.isCursorVisible || name == "vt100")
    #expect(terminal.screen.modes.isSuperset(of: [1002, 1006]))
    #expect(terminal.modes != modes)
    return (terminal, modes)
  }

  @Test func restoresWhenItQuits() throws {
    let (terminal, modes) = try start()
    terminal.send("q")
    #expect(try terminal.waitForExit() == .exited(0))
    expectRestored(terminal, modes: modes)
    #expect(terminal.screen.text.allSatisfy { $0.isEmpty })
  }

  @Test(arguments: ["xterm", "linux", "screen", "tmux-256color", "vt100"])
  func restoresOtherTerminals(name: String) throws {
    let (terminal, modes) = try start([], ["TERM": name])
    terminal.send("q")
    #expect(try terminal.waitForExit() == .exited(0))
    #expect(terminal.screen.isCursorVisible)
    #expect(!terminal.screen.isMouseOn)
    #expect(terminal.modes == modes)
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT, SIGQUIT])
  func leavesInOrderOnTermination(signal: Int32) throws {
    let (terminal, modes) = try start()
    terminal.signal(signal)
    #expect(try terminal.waitForExit() == .exited(128 + signal))
    expectRestored(terminal, modes: modes)
  }

  @Test(arguments: [SIGTERM, SIGINT])
  func secondSignalKillsAProgramThatDoesNotListen(signal: Int32) throws {
    let (terminal, modes) = try start()
    terminal.send("D")
    try terminal.wait(for: "the deaf loop") { Process.state(of: $0.process) == "S" }
    terminal.signal(signal)
    try terminal.wait(for: "the first signal to be taken") {
      Process.pendingSignals(of: $0.process) == 0 && Process.state(of: $0.process) == "S"
    }
    terminal.signal(signal)
    #expect(try terminal.waitForExit() == .killed(signal: signal))
    expectRestored(terminal, modes: modes)
  }

  @Test(arguments: [
    ("S", SIGSEGV), ("T", SIGSEGV), ("O", SIGSEGV), ("P", SIGILL), ("A", SIGABRT),
  ])
  func restoresAfterACrash(key: String, signal: Int32) throws {
    let (terminal, modes) = try start()
    terminal.send(key)
    guard case .killed(let killer) = try terminal.waitForExit() else {
      Issue.record("it did not die of a signal")
      return
    }
    // A trap is SIGILL on x86 and SIGTRAP on ARM.
    #expect(killer == signal || signal == SIGILL && killer == SIGTRAP)
    expectRestored(terminal, modes: modes)
  }

  @Test(arguments: [
    SIGUSR1, SIGALRM, SIGPIPE, SIGXCPU, SIGSEGV, SIGPROF, SIGVTALRM, SIGSTKFLT, SIGIO, SIGPWR, 34,
    64,
  ])
  func restoresAfterADeadlySignalFromOutside(signal: Int32) throws {
    let (terminal, modes) = try start()
    terminal.signal(signal)
    #expect(try terminal.waitForExit() == .killed(signal: signal))
    expectRestored(terminal, modes: modes)
  }

  @Test func showsTheLastWordsOfATrap() throws {
    let (terminal, _) = try start()
    terminal.send("P")
    _ = try terminal.waitForExit()
    #expect(!terminal.screen.isAlternate)
    // A trace that follows may have moved it off the screen.
    let text = String(decoding: terminal.output, as: UTF8.self)
    let leaving = try #require(text.firstRange(of: "\u{1B}[?1049l"))
    let words = try #require(text.firstRange(of: "the probe was asked to fail"))
    #expect(leaving.upperBound <= words.lowerBound)
  }

  @Test func letsTheBacktracerPrintOnTheNormalScreen() throws {
    let (terminal, modes) = try start(
      [], ["SWIFT_BACKTRACE": "enable=yes,interactive=no,color=no,timeout=20s"])
    terminal.send("S")
    #expect(try terminal.waitForExit() == .killed(signal: SIGSEGV))
    #expect(!terminal.screen.isAlternate)
    #expect(terminal.modes == modes)
    let text = String(decoding: terminal.output, as: UTF8.self)
    let leaving = try #require(text.firstRange(of: "\u{1B}[?1049l"))
    let report = try #require(text.firstRange(of: "Program crashed"))
    #expect(leaving.upperBound <= report.lowerBound)
  }

  @Test(arguments: [SIGABRT, SIGSEGV])
  func endsAfterTheBacktraceOfASignalThatWasSent(signal: Int32) throws {
    let (terminal, modes) = try start(
      [], ["SWIFT_BACKTRACE": "enable=yes,interactive=no,color=no,timeout=20s"])
    terminal.signal(signal)
    #expect(try terminal.waitForExit() == .killed(signal: signal))
    #expect(!terminal.screen.isAlternate)
    #expect(terminal.modes == modes)
  }

  @Test func keepsStrayLinesUntilTheScreenIsLeft() throws {
    let (terminal, modes) = try start()
    terminal.send("E")
    try terminal.wait(forText: "key 'E'")
    #expect(!terminal.screen.contains("a stray line"))
    terminal.send("q")
    #expect(try terminal.waitForExit() == .exited(0))
    expectRestored(terminal, modes: modes)
    #expect(terminal.screen.contains("a stray line"))
  }

  @Test func restoresWhenExitIsCalledDeepInside() throws {
    let (terminal, modes) = try start()
    terminal.send("X")
    #expect(try terminal.waitForExit() == .exited(3))
    expectRestored(terminal, modes: modes)
  }

  @Test func endsWhenTheWindowIsClosed() throws {
    let (terminal, _) = try start()
    terminal.hangUp()
    #expect(try terminal.waitForExit() == .exited(128 + SIGHUP))
  }

  @Test func leavesAnIgnoredHangUpIgnored() throws {
    let terminal = try PseudoTerminal(
      [
        "/bin/sh", "-c", "trap '' HUP; exec \"$0\"",
        try PseudoTerminal.product("terminal-probe"),
      ], environment: ProbeSession.environment)
    try terminal.wait(forText: "ready")
    terminal.signal(SIGHUP)
    terminal.send("a")
    try terminal.wait(forText: "key 'a'")
    #expect(!terminal.screen.contains("terminate"))
    terminal.send("q")
    #expect(try terminal.waitForExit() == .exited(0))
  }
}
