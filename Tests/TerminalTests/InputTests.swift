import Libc
import TerminalHarness
import Testing

/// Keys, mouse, sizes, wakes and stops as they come through a real terminal line.
@Suite(.serialized)
struct InputTests {
  @Test func decodesKeys() throws {
    let terminal = try ProbeSession.ready()
    let keys: [(String, String)] = [
      ("a", "key 'a'"), ("é", "key 'é'"), ("€", "key '€'"), ("𝒙", "key '𝒙'"),
      ("\u{1B}[A", "key up"),
      ("\u{1B}OB", "key down"), ("\u{1B}[C", "key right"), ("\u{1B}OD", "key left"),
      ("\u{1B}[5~", "key pageUp"), ("\u{1B}[6~", "key pageDown"), ("\u{1B}[H", "key home"),
      ("\u{1B}OF", "key end"), ("\u{1B}[1~", "key home"), ("\u{1B}[4~", "key end"),
      ("\u{1B}[3~", "key delete"), ("\u{1B}[Z", "key backTab"), ("\t", "key tab"),
      ("\r", "key enter"), ("\u{7F}", "key backspace"), ("\u{8}", "key backspace"),
      ("\u{3}", "ctrl-c"), ("\u{1C}b", "key 'b'"), ("\u{1B}[1;5A", "key up"),
      ("\u{1B}[6;2~", "key pageDown"), ("\u{1B}OP", "key function(1)"),
      ("\u{1B}OS", "key function(4)"), ("\u{1B}[11~", "key function(1)"),
      ("\u{1B}[15~", "key function(5)"), ("\u{1B}[24~", "key function(12)"),
      ("\u{1B}[[A", "key function(1)"), ("\u{1B}", "key escape"),
    ]
    for (bytes, description) in keys {
      terminal.send("_")
      try terminal.wait(for: "_") { $0.screen.text[1] == "key '_'" }
      terminal.send(bytes)
      try terminal.wait(for: description) { $0.screen.text[1] == description }
    }
  }

  @Test func swallowsSequencesThatItDoesNotKnow() throws {
    let terminal = try ProbeSession.ready()
    for noise in [
      "\u{1B}[99~", "\u{1B}[?1;2c", "\u{1B}[[Z", "\u{1B}[200~\u{1B}[201~", "\u{1B}Xq\u{1B}\\",
      "\u{1B}[202~", "\u{1B}]10;rgb:1/2/3\u{1B}\\",
      "\u{1B}Oz", "\u{1B}[12;34R", "\u{1B}[I",
    ] {
      terminal.send(noise + "=")
      try terminal.wait(for: "= after \(noise.debugDescription)") { $0.screen.text[1] == "key '='" }
      terminal.send("-")
      try terminal.wait(for: "-") { $0.screen.text[1] == "key '-'" }
    }
    // The log holds the last eight lines: nothing but the two keys in turn.
    let log = terminal.screen.text[2..<10]
    #expect(log.allSatisfy { $0 == "key '='" || $0 == "key '-'" })
  }

  @Test func asksForTheBackgroundAndTellsTheAnswer() throws {
    let terminal = try ProbeSession.ready()
    #expect(String(decoding: terminal.output, as: UTF8.self).contains("\u{1B}]11;?\u{1B}\\"))
    terminal.send("\u{1B}]11;rgb:ffff/ffff/ffff\u{1B}\\")
    try terminal.wait(for: "the answer") { $0.screen.text[1] == "ground light" }
    // A second one too: the terminal's colours may change.
    terminal.send("\u{1B}]11;rgb:0/0/0\u{7}")
    try terminal.wait(for: "the answer") { $0.screen.text[1] == "ground dark" }
  }

  @Test(arguments: ["linux", "vt100"])
  func asksNoTerminalThatDoesNotAnswer(name: String) throws {
    let terminal = try ProbeSession.ready([], ["TERM": name])
    #expect(!String(decoding: terminal.output, as: UTF8.self).contains("]11;?"))
  }

  @Test(arguments: ["xterm-256color", "screen", "linux"])
  func reportsTheMouseOnEveryTerminal(name: String) throws {
    let terminal = try ProbeSession.ready([], ["TERM": name], width: 260)
    let reports = [
      ("\u{1B}[<0;251;3M", "mouse press 250,2"), ("\u{1B}[<32;5;6M", "mouse drag 4,5"),
      ("\u{1B}[<0;5;6m", "mouse release 4,5"), ("\u{1B}[<64;1;1M", "mouse scrollUp 0,0"),
      ("\u{1B}[<65;1;2M", "mouse scrollDown 0,1"), ("\u{1B}[M !\"", "mouse press 0,1"),
    ]
    for (bytes, description) in reports {
      terminal.send(bytes)
      try terminal.wait(for: description) { $0.screen.text[1] == description }
    }
  }

  @Test func followsTheWindowsSize() throws {
    let terminal = try ProbeSession.ready()
    for (width, height) in [(100, 40), (30, 8), (200, 60), (80, 24)] {
      terminal.resize(width: width, height: height)
      try terminal.wait(for: "\(width)x\(height)") {
        $0.screen.text[0] == "log \(width)x\(height)"
          && $0.screen.text[1] == "resized \(width)x\(height)"
          && $0.screen.text[height - 1].hasSuffix("corner")
      }
    }
    #expect(terminal.screen.unknown == [])
  }

  @Test(arguments: [(40_000, 24), (80, 65_535)])
  func cutsAWindowThatIsBeyondMeasure(width: Int, height: Int) throws {
    let terminal = try ProbeSession.ready()
    terminal.claimSize(width: width, height: height)
    let size = "\(min(width, 4096))x\(min(height, 2048))"
    try terminal.wait(forText: "resized \(size)")
    terminal.send("q")
    #expect(try terminal.waitForExit() == .exited(0))
  }

  @Test func startsInAWindowThatIsBeyondMeasure() throws {
    let terminal = try PseudoTerminal(
      [try PseudoTerminal.product("terminal-probe")], environment: ProbeSession.environment,
      claiming: (width: 80, height: 65_535))
    try terminal.wait(forText: "ready")
    terminal.send("q")
    #expect(try terminal.waitForExit() == .exited(0))
  }

  @Test func takesPastedTextBetweenMarks() throws {
    let terminal = try ProbeSession.ready()
    #expect(terminal.screen.modes.contains(2004))
    terminal.send("\u{1B}[200~q t\u{1B}[201~")
    try terminal.wait(forText: "pasted 3: q t")
  }

  @Test func wakesFromAnotherThread() throws {
    let terminal = try ProbeSession.ready()
    // Again and again: a wake must not leave the next one thought to be pending.
    for key in ["a", "b", "c"] {
      terminal.send("+")
      try terminal.wait(forText: "woken")
      // Eight lines push the wakes out of the log.
      for _ in 0..<8 { terminal.send(key) }
      try terminal.wait(for: "the keys") {
        $0.screen.text[2..<10].allSatisfy { $0 == "key '\(key)'" }
      }
    }
  }

  @Test func gathersWakes() throws {
    let terminal = try ProbeSession.ready()
    terminal.send("+")
    try terminal.wait(forText: "woken")
    // Ten thousand came; the loop came round as often as it could, which is far less.
    let line = try #require(terminal.screen.text.last { $0.hasPrefix("woken") })
    let rounds = try #require(Int(line.dropFirst("woken ".count)))
    #expect(rounds < 5000)
  }

  @Test func sleepsWhileNothingHappens() throws {
    let terminal = try ProbeSession.ready()
    terminal.send("a")
    try terminal.wait(forText: "key 'a'")
    let before = try #require(Process.wakeUps(of: terminal.process))
    var state = pollfd()
    // A second in which the tests look away.
    _ = unsafe poll(&state, 0, 1000)
    #expect(Process.wakeUps(of: terminal.process) == before)
    #expect(Process.state(of: terminal.process) == "S")
  }

  @Test func repaintsOnCtrlL() throws {
    let terminal = try ProbeSession.ready()
    let before = terminal.output.count
    terminal.send("\u{C}")
    try terminal.wait(forText: "ctrl-l")
    let sent = String(decoding: terminal.output[before...], as: UTF8.self)
    // The last column is written by inserting before it.
    #expect(sent.contains("corne"))
  }
}
