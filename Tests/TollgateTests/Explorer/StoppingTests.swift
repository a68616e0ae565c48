import Foundation
import HighwayNetworks
import Libc
import TerminalHarness
import TestSupport
import Testing

/// However the explorer ends, the terminal is as it was.
struct StoppingTests {
  /// Lives as long as the test, so that the explorer has its files.
  private let workspace: TemporaryDirectory

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

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT, SIGQUIT])
  func aSignalLeaves(signal: Int32) throws {
    let terminal = try Explorer.open(in: workspace)
    terminal.signal(signal)
    #expect(try terminal.waitForExit() == .exited(128 + signal))
    try expectRestored(terminal)
  }

  @Test func whoLeavesWhileEpochsAreWrittenIsToldSoAndFindsThem() throws {
    let terminal = try Explorer.open(in: workspace)
    terminal.send(" ")
    try terminal.wait(for: "many epochs") { terminal in
      (terminal.header.firstMatch(of: /epoch (\d+)/)?.1).flatMap { Int($0) } ?? 0 > 150
    }
    terminal.send(" ")
    try terminal.wait(for: "a pause") { !$0.screen.contains("▶ training") }
    // The second q answers the question about epochs that are not kept yet.
    terminal.send("w\u{15}kept\rqq")
    #expect(try terminal.waitForExit() == .exited(0))
    // Colours stand between the words.
    let said = String(decoding: terminal.output, as: UTF8.self)
    #expect(said.contains("leaving") && said.contains("written"))
    #expect(try RunDirectory.open(workspace.at("kept")).epochs.count > 150)
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

  /// Also while threads train, which have all signals blocked.
  @Test(arguments: [SIGSEGV, SIGABRT, SIGBUS, SIGILL, SIGFPE])
  func aCrashGivesTheTerminalBack(signal: Int32) throws {
    let terminal = try Explorer.openTraining(in: workspace)
    terminal.signal(signal)
    #expect(try terminal.waitForExit() == .killed(signal: signal))
    let untouched = try PseudoTerminal(["/bin/true"], environment: [:])
    #expect(!terminal.screen.isAlternate)
    #expect(terminal.screen.isCursorVisible)
    #expect(!terminal.screen.isMouseOn)
    #expect(terminal.modes == untouched.modes)
  }

  #if os(Linux)
  /// Sent to the thread itself, where a fault of its own would come up.
  @Test(arguments: [SIGSEGV, SIGABRT, SIGILL])
  func aCrashInAnyThreadGivesTheTerminalBack(signal: Int32) throws {
    let untouched = try PseudoTerminal(["/bin/true"], environment: [:])
    var tried = 0
    while true {
      let workspace = try TinyRun.workspace()
      let terminal = try Explorer.openTraining(in: workspace)
      let workers = try threads(of: terminal).filter { $0 != terminal.process }
      guard tried < workers.count else { break }
      try send(signal, to: workers[tried], of: terminal)
      #expect(try terminal.waitForExit() == .killed(signal: signal))
      #expect(!terminal.screen.isAlternate)
      #expect(terminal.screen.isCursorVisible)
      #expect(!terminal.screen.isMouseOn)
      #expect(terminal.modes == untouched.modes)
      tried += 1
    }
    #expect(tried > 0)
  }

  /// The threads of a program, by their age.
  private func threads(of terminal: PseudoTerminal) throws -> [Int32] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/\(terminal.process)/task")
      .compactMap { Int32($0) }.sorted()
  }

  /// Sends a signal to a thread; the function for it is not imported.
  private func send(_ signal: Int32, to thread: Int32, of terminal: PseudoTerminal) throws {
    typealias Send = @convention(c) (Int32, Int32, Int32) -> Int32
    let function = try unsafe #require(dlsym(nil, "tgkill"))
    let send = unsafe unsafeBitCast(function, to: Send.self)
    #expect(send(terminal.process, thread, signal) == 0)
  }
  #endif

  @Test func ctrlZStopsItAndFgPaintsItAgain() throws {
    let untouched = try PseudoTerminal(["/bin/true"], environment: [:])
    var environment = Explorer.environment
    environment["PS1"] = "[\\#:$?] "
    environment["HOME"] = workspace.path
    let terminal = try PseudoTerminal(
      ["/bin/bash", "--norc", "--noprofile", "--noediting", "-i"], environment: environment,
      width: 100, height: 30)
    try terminal.wait(forText: "[1:0]")
    let program = try PseudoTerminal.product("tollgate")
    terminal.send("cd \(workspace.path) && \(program) run --data shapes\r")
    try terminal.wait(for: "the run") {
      $0.header.contains("sample 0, true class left") && $0.screen.contains("class share η²")
    }
    terminal.send("j")
    try terminal.wait(forText: "layer 2 · unit 0")
    let shown = terminal.screen.text
    let own = terminal.modes
    for round in 2...3 {
      terminal.send("\u{1A}")
      try terminal.wait(forText: "[\(round):148]")
      #expect(!terminal.screen.isAlternate)
      #expect(terminal.screen.isCursorVisible)
      #expect(!terminal.screen.isMouseOn)
      #expect(terminal.modes == untouched.modes)
      terminal.send("fg\r")
      try terminal.wait(for: "the same screen") { $0.screen.text == shown }
      #expect(terminal.screen.isAlternate)
      #expect(terminal.modes == own)
    }
    terminal.send("q")
    try terminal.wait(forText: "[4:0]")
    #expect(!terminal.screen.isAlternate)
    #expect(terminal.modes == untouched.modes)
  }

  /// Those of Debian's ncurses-base that stand for the rest.
  private static let terminals = [
    "xterm", "xterm-256color", "xterm-mono", "xterm-r6", "screen", "screen-256color", "tmux",
    "tmux-256color", "linux", "vt100", "vt220", "rxvt", "rxvt-unicode-256color", "ansi",
  ]

  @Test(arguments: terminals, ["C.UTF-8", "C"])
  func showsAViewOnEveryCommonTerminal(name: String, locale: String) throws {
    let changes = ["TERM": name, "LC_ALL": locale]
    let terminal = try Explorer.start(["run", "--data", "shapes"], in: workspace, changes)
    try terminal.wait(for: "the numbers") {
      $0.header.contains("sample 0, true class left") && $0.screen.contains("class share")
        && $0.footer.contains("q leave")
    }
    #expect(terminal.screen.unknown == [])
    if locale == "C" { #expect(terminal.output.allSatisfy { $0 < 0x80 }) }
    terminal.send("q")
    #expect(try terminal.waitForExit() == .exited(0))
    let untouched = try PseudoTerminal(["/bin/true"], environment: [:])
    #expect(terminal.modes == untouched.modes)
    #expect(!terminal.screen.isMouseOn)
    #expect(!terminal.screen.isAlternate)
  }

  @Test(arguments: [
    ("\"$0\" run </dev/null", "standard input is not a terminal"),
    ("\"$0\" run >out", "standard output is not a terminal"),
    ("TERM= \"$0\" run", "TERM is not set"), ("unset TERM; \"$0\" run", "TERM is not set"),
  ])
  func withoutATerminalItSaysSoAndEndsWith2(command: String, message: String) throws {
    let terminal = try PseudoTerminal(
      [
        "/bin/sh", "-c", "cd \(workspace.path); " + command, try PseudoTerminal.product("tollgate"),
      ],
      environment: Explorer.environment)
    #expect(try terminal.waitForExit() == .exited(2))
    let text = terminal.screen.text.joined()
    #expect(text.hasPrefix("tollgate: ") && text.contains(message), "\(text)")
    #expect(!terminal.output.contains(0x1B))
    #expect((try? workspace.bytes("out")).map(\.isEmpty) ?? true)
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
