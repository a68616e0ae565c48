import ExplorerUI
import Terminal
import Testing

/// Which entry and how many colours, without a terminal.
struct TerminalPlanTests {
  private static let xterm256 = TerminalDescription(colors: 256)

  private func plan(
    _ name: String?, colorTerm: String? = nil, noColor: String? = nil, tmux: String? = nil,
    screen: String? = nil,
    asked: Capabilities.ColorDepth? = nil, _ description: TerminalDescription? = xterm256
  ) throws(TerminalError) -> TerminalPlan {
    try TerminalPlan(
      asked: asked,
      environment: TerminalEnvironment(
        name: name, colorTerm: colorTerm, noColor: noColor, tmux: tmux, screen: screen),
      description: description)
  }

  @Test func readsTheGroundFromTheColoursThatAreNamed() {
    for (numbers, ground) in [
      ("0;15", Ground.light), ("15;0", .dark), ("0;default;7", .light), ("7;4", .dark),
      ("0;default", .dark), ("", .dark), ("0;99999", .dark), (nil, .dark),
    ] {
      #expect(TerminalEnvironment(colorNumbers: numbers).ground == ground, "\(numbers ?? "none")")
    }
  }

  @Test func takesTheDepthFromTerminfo() throws {
    for (colors, depth) in [
      (256, Capabilities.ColorDepth.indexed256), (88, .sixteen),
      (16, .sixteen), (8, .sixteen), (2, .mono), (0, .mono), (-1, .mono),
    ] {
      #expect(try plan("x", TerminalDescription(colors: colors)).colors == depth)
    }
  }

  @Test func believesColorTermWhereTheTerminalIsItsOwn() throws {
    #expect(try plan("xterm-256color", colorTerm: "truecolor").entry == .direct)
    #expect(try plan("xterm-256color", colorTerm: "yes").entry == .named("xterm-256color"))
    #expect(try plan("screen-256color", colorTerm: "truecolor").colors == .indexed256)
    let inTmux = try plan("screen-256color", colorTerm: "truecolor", tmux: "socket,1,0")
    #expect(inTmux.colors == .trueColor)
    #expect(try plan("linux", colorTerm: "24bit").colors == .indexed256)
  }

  @Test func usesItsOwnEntryForDirectTerminals() throws {
    let direct = TerminalDescription(colors: 1 << 24, isDirect: true)
    #expect(try plan("xterm-direct", direct).entry == .direct)
    #expect(try plan("xterm-direct", direct).colors == .trueColor)
    let limited = try plan("xterm-direct", asked: .indexed256, direct)
    #expect(limited.entry == .direct && limited.colors == .indexed256)
  }

  @Test func anEmptyNoColorIsNone() throws {
    #expect(try plan("x", noColor: "").colors == .indexed256)
    #expect(try plan("x", noColor: "0").colors == .mono)
    #expect(try plan("x", noColor: "1", asked: .sixteen).colors == .sixteen)
  }

  @Test func neverPromisesMoreThanTheEntryHas() throws {
    #expect(try plan("x", asked: .indexed256, TerminalDescription(colors: 8)).colors == .sixteen)
    #expect(try plan("x", asked: .sixteen, TerminalDescription(colors: 0)).colors == .mono)
    #expect(try plan("x", asked: .mono).colors == .mono)
  }

  @Test func refusesWhatCannotShowAScreen() {
    #expect(throws: TerminalError.terminalNotNamed) { try plan(nil, nil) }
    #expect(throws: TerminalError.terminalNotNamed) { try plan("", nil) }
    #expect(throws: TerminalError.unknownTerminal(name: "x")) { try plan("x", nil) }
    #expect(throws: TerminalError.unusableTerminal(name: "dumb", missing: "cup")) {
      try plan("dumb", colorTerm: "truecolor", TerminalDescription(colors: 8, missing: "cup"))
    }
  }

  @Test func saysInOneLineWhatIsWrong() {
    let errors: [TerminalError] = [
      .notATerminal(stream: "standard input"), .terminalNotNamed,
      .unknownTerminal(name: "a\nb\u{1B}c"), .unusableTerminal(name: "dumb", missing: "cup"),
      .system(call: "dup", code: 24),
    ]
    for error in errors {
      let line = "\(error)"
      #expect(!line.isEmpty)
      #expect(line.unicodeScalars.allSatisfy { $0.value >= 32 })
    }
  }

  @Test func leavesOutDelays() {
    let plain = { (text: String) in TerminalString.withoutPadding(Array(text.utf8)) }
    #expect(plain("\u{1B}[m\u{F}$<2>") == Array("\u{1B}[m\u{F}".utf8))
    #expect(plain("a$<10*/>b$c$<") == Array("ab$c$<".utf8))
    #expect(plain("") == [])
  }

  @Test(arguments: ["xterm-256color", "screen-256color", "tmux-256color"])
  func screenNeverGetsDirectColors(name: String) throws {
    let plan = try plan(name, colorTerm: "truecolor", tmux: "socket,1,0", screen: "1.pts-0.host")
    #expect(plan.colors == .indexed256 && plan.entry == .named(name))
    let asked = try self.plan(name, screen: "1.pts-0.host", asked: .trueColor)
    #expect(asked.colors == .indexed256 && asked.entry == .named(name))
    let direct = try self.plan(
      "xterm-direct", screen: "1.pts-0.host", TerminalDescription(colors: 1 << 24, isDirect: true))
    #expect(direct.colors == .indexed256 && direct.entry == .named("screen-256color"))
  }

  @Test func theEscapeDelayIsTheEnvironments() {
    #expect(TerminalEnvironment.escapeDelay(nil) == 25)
    #expect(TerminalEnvironment.escapeDelay("300") == 300)
    #expect(TerminalEnvironment.escapeDelay("0") == 0)
    #expect(
      TerminalEnvironment.escapeDelay("-1") == 25 && TerminalEnvironment.escapeDelay("x") == 25)
    #expect(TerminalEnvironment.escapeDelay("99999999") == 10_000)
  }
}
