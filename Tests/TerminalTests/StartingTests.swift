import TerminalHarness
import Testing

/// What the program makes of the terminal that it finds.
@Suite(.serialized)
struct StartingTests {
  @Test(arguments: [
    ("", "TERM is not set"), ("dumb", "cannot show full screens"),
    ("nonsense-terminal", "unknown terminal TERM='nonsense-terminal'"),
    ("unknown", "unknown terminal TERM='unknown'"),
    ("x\u{1B}[31m", "unknown terminal TERM='x?[31m'"),
  ])
  func refusesATerminalThatCannot(name: String, message: String) throws {
    let terminal = try ProbeSession.start([], ["TERM": name])
    let modes = terminal.modes
    #expect(try terminal.waitForExit() == .exited(2))
    #expect(terminal.screen.contains(message))
    #expect(!String(decoding: terminal.output, as: UTF8.self).contains("\u{1B}"))
    #expect(terminal.modes == modes)
  }

  @Test(arguments: [
    ("\"$0\" </dev/null", "standard input is not a terminal"),
    ("\"$0\" | cat", "standard output is not a terminal"),
  ])
  func refusesFilesAndPipes(command: String, message: String) throws {
    let terminal = try PseudoTerminal(
      ["/bin/sh", "-c", command, try PseudoTerminal.product("terminal-probe")],
      environment: ProbeSession.environment)
    _ = try terminal.waitForExit()
    #expect(terminal.screen.contains(message))
    #expect(!terminal.output.contains(0x1B))
  }

  @Test(arguments: [
    (["LC_ALL": "C.UTF-8"], true), (["LC_ALL": "C"], false), (["LC_ALL": ""], false),
    (["LC_ALL": "", "LANG": "xx_XX.UTF-8"], true), (["LC_ALL": "", "LC_CTYPE": "xx.utf8"], true),
    (["LC_ALL": "C", "LANG": "C.UTF-8"], false),
  ])
  func takesTheCharacterSetFromTheLocale(changes: [String: String], unicode: Bool) throws {
    let terminal = try ProbeSession.ready([], changes)
    #expect(terminal.screen.contains("unicode=\(unicode)"))
  }

  @Test func forcesUnicodeInTheCLocale() throws {
    let terminal = try ProbeSession.ready(["--unicode", "wide"], ["LC_ALL": "C"])
    try terminal.wait(forText: "é▀⣿")
    #expect(terminal.screen.unknown == [])
  }

  @Test(
    arguments: [
      ([:], "indexed256"), (["COLORTERM": "truecolor"], "trueColor"),
      (["COLORTERM": "24bit"], "trueColor"), (["TERM": "xterm"], "sixteen"),
      (["TERM": "vt100"], "mono"), (["NO_COLOR": "1", "COLORTERM": "truecolor"], "mono"),
      (["TERM": "screen", "COLORTERM": "truecolor"], "sixteen"),
      (["TERM": "xterm-newer", "COLORTERM": "truecolor"], "trueColor"),
    ] as [([String: String], String)])
  func takesTheDepthFromTheEnvironment(changes: [String: String], depth: String) throws {
    let terminal = try ProbeSession.ready([], changes)
    #expect(terminal.screen.contains("ready \(depth)"))
    #expect(terminal.screen.unknown == [])
  }

  @Test func takesTheSizeFromTheTerminalNotTheEnvironment() throws {
    let terminal = try ProbeSession.ready(
      [], ["COLUMNS": "50", "LINES": "12"], width: 100, height: 30)
    #expect(terminal.screen.contains("log 100x30"))
  }

  @Test(arguments: ["", "/nowhere"])
  func leavesTheEnvironmentAsItWas(terminfo: String) throws {
    // The entry brought along goes through TERMINFO.
    let terminal = try ProbeSession.ready([], ["COLORTERM": "truecolor", "TERMINFO": terminfo])
    #expect(terminal.screen.contains("ready trueColor"))
    #expect(terminal.screen.text[2] == "terminfo " + (terminfo.isEmpty ? "unset" : terminfo))
  }

  @Test func leavesTheMouseAloneIfAsked() throws {
    let terminal = try ProbeSession.ready(["--no-mouse"])
    #expect(!terminal.screen.isMouseOn)
  }
}
