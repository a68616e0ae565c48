import ExplorerUI
import Terminal
import TerminalHarness
import Testing

/// What arrives on the screen of what was drawn on a canvas.
@Suite(.serialized)
struct DrawingTests {
  private func colors(
    _ arguments: [String], _ changes: [String: String] = [:]
  ) throws -> VirtualScreen {
    let terminal = try ProbeSession.ready(arguments + ["colors"], changes)
    #expect(terminal.screen.unknown == [])
    return terminal.screen
  }

  /// The probe's inks: 1, 9, 8, 196, orange, black, nearly black.
  private func expectForegrounds(_ screen: VirtualScreen, _ expected: [VirtualColor]) {
    #expect((0..<7).map { screen.rows[2][$0].foreground } == expected)
    #expect((0..<7).map { screen.rows[3][$0].background } == expected)
  }

  @Test func sendsIndexedColours() throws {
    let screen = try colors([])
    expectForegrounds(
      screen,
      [
        .indexed(1), .indexed(9), .indexed(8), .indexed(196), .indexed(208), .indexed(16),
        .indexed(16),
      ])
  }

  @Test func sendsDirectColours() throws {
    let screen = try colors([], ["COLORTERM": "truecolor"])
    expectForegrounds(
      screen,
      [
        .rgb(205, 0, 0), .rgb(255, 0, 0), .rgb(127, 127, 127), .rgb(255, 0, 0), .rgb(255, 128, 0),
        .rgb(0, 0, 0), .rgb(0, 0, 5),
      ])
  }

  @Test func fallsBackToEightColours() throws {
    let screen = try colors([], ["TERM": "xterm"])
    expectForegrounds(
      screen,
      [.indexed(1), .indexed(1), .indexed(7), .indexed(1), .indexed(3), .indexed(0), .indexed(0)])
  }

  @Test(arguments: [["NO_COLOR": "1"], ["TERM": "vt100"]])
  func sendsNoColourWhereNoneIsWanted(changes: [String: String]) throws {
    let screen = try colors([], changes)
    #expect(
      screen.rows.joined().allSatisfy { $0.foreground == .standard && $0.background == .standard })
  }

  @Test func asksCountBeforeTheEnvironment() throws {
    let screen = try colors(["--colors", "trueColor"], ["NO_COLOR": "1"])
    #expect(screen.rows[2][4].foreground == .rgb(255, 128, 0))
    let limited = try colors(["--colors", "sixteen"], ["COLORTERM": "truecolor"])
    #expect(limited.rows[2][3].foreground == .indexed(9))
  }

  /// The colours of the upper and the lower half of a glyph.
  private func halves(_ glyph: VirtualGlyph) -> [VirtualColor] {
    switch glyph.scalar {
    case "▀": [glyph.foreground, glyph.background]
    case "▄": [glyph.background, glyph.foreground]
    default: [glyph.background, glyph.background]
    }
  }

  @Test(arguments: [[:], ["COLORTERM": "truecolor"]])
  func keepsTheHalvesOfBlocksApart(changes: [String: String]) throws {
    let screen = try colors([], changes)
    let blue = halves(screen.rows[6][0])[0]
    #expect(blue != .standard)
    for x in 0..<7 {
      let ink = screen.rows[2][x].foreground
      #expect(halves(screen.rows[4][x]) == [ink, blue])
      #expect(halves(screen.rows[5][x]) == [blue, ink])
    }
    #expect(halves(screen.rows[6][0]) == [blue, blue])
    #expect(screen.rows[6][1].scalar == "▀")
    #expect(halves(screen.rows[6][1]) == [blue, .standard])
  }

  @Test func startsColourPairsAfreshWhenTheyRunOut() throws {
    // A frame's 200 × 58 pairs are within the limit of 65,535; those of six frames are not.
    let terminal = try ProbeSession.start(
      ["flood"], ["COLORTERM": "truecolor"], width: 200, height: 60)
    try terminal.wait(forText: "ready")
    for frame in 1..<9 {
      terminal.send(frame % 2 == 0 ? "a" : "b")
      try terminal.wait(for: "frame \(frame)") { self.isFlood($0.screen, frame: frame) }
    }
    #expect(terminal.screen.unknown == [])
  }

  /// Whether the screen shows a frame of the probe's scene, looked at glyph by glyph.
  private func isFlood(_ screen: VirtualScreen, frame: Int) -> Bool {
    for y in 2..<screen.height {
      for x in 0..<screen.width {
        let place = (frame * 1000 + y) * 1000 + x
        let expected = [2 * place, 2 * place + 1].map {
          VirtualColor.rgb($0 >> 16 & 255, $0 >> 8 & 255, $0 & 255)
        }
        if halves(screen.rows[y][x]) != expected { return false }
      }
    }
    return true
  }

  @Test func drawsOnWhereColourPairsNeverSuffice() throws {
    let terminal = try ProbeSession.ready(["flood"], ["TERM": "xterm"])
    terminal.send("a")
    try terminal.wait(forText: "key 'a'")
    #expect(terminal.screen.rows[5][5].scalar.map { " ▀▄".unicodeScalars.contains($0) } == true)
    #expect(terminal.screen.unknown == [])
  }

  @Test func replacesWhatMustNotReachATerminal() throws {
    let terminal = try ProbeSession.ready(["hostile"])
    #expect(
      terminal.screen.text[2]
        == String(repeating: "|?", count: 15) + "end")
    #expect(terminal.screen.unknown == [])
    let sent = String(decoding: terminal.output, as: UTF8.self).unicodeScalars
    #expect(!sent.contains("\u{202E}") && !sent.contains("\u{200B}") && !sent.contains("\u{9B}"))
  }

  @Test func placesWideCharacters() throws {
    let terminal = try ProbeSession.ready(["wide"])
    #expect(terminal.screen.text[2] == "a字b")
    #expect(terminal.screen.rows[2][3].scalar == "b")
    #expect(terminal.screen.text[3] == " c")
    #expect(terminal.screen.text[4].last == "?")
    #expect(terminal.screen.text[5] == "é▀⣿")
    #expect(terminal.screen.text[1].hasPrefix("ready"))
  }

  @Test(arguments: [(["--ascii"], [:]), ([], ["LC_ALL": "C"])])
  func sendsNoByteBeyondASCII(arguments: [String], changes: [String: String]) throws {
    let terminal = try ProbeSession.ready(arguments + ["log"], changes)
    for scene in ["colors", "flood", "hostile", "wide", "emphasis"] {
      terminal.send("N")
      try terminal.wait(forText: "\(scene) 80x24")
      if scene == "wide" {
        #expect(terminal.screen.text[2] == "a? b")
        #expect(terminal.screen.text[5] == "???")
      }
    }
    terminal.send("q")
    #expect(try terminal.waitForExit() == .exited(0))
    #expect(!terminal.screen.sawNonASCII)
    #expect(terminal.screen.unknown == [])
  }

  @Test(arguments: ["xterm-256color", "vt100"])
  func showsEmphasis(name: String) throws {
    let terminal = try ProbeSession.ready(["emphasis"], ["TERM": name])
    let row = terminal.screen.rows[2]
    #expect(row[0].bold)
    #expect(row[1].dim || name == "vt100")
    #expect(row[2].reverse)
    #expect(row[3].underline)
    #expect(!row[4].bold && !row[4].underline && !row[4].reverse)
  }

  @Test func sendsOnlyWhatHasChanged() throws {
    let terminal = try ProbeSession.ready(["colors"])
    terminal.send("a")
    try terminal.wait(forText: "key 'a'")
    let before = terminal.output.count
    terminal.send("b")
    try terminal.wait(forText: "key 'b'")
    #expect(terminal.output.count - before < 64)
  }
}
