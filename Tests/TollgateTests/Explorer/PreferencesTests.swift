import TerminalHarness
import TestSupport
import Testing

/// What is remembered from one session to the next; always in a directory of the test.
struct PreferencesTests {
  private let workspace: TemporaryDirectory
  private let file = "state/tollgate/explorer.json"

  init() throws { workspace = try TinyRun.workspace() }

  private func open(_ options: [String] = []) throws -> PseudoTerminal {
    let terminal = try Explorer.start(
      ["run", "--data", "shapes"] + options, in: workspace,
      ["XDG_STATE_HOME": workspace.at("state"), "HOME": workspace.at("home")])
    try terminal.wait(for: "the run") { $0.header.contains("sample 0, true class left") }
    return terminal
  }

  private func leave(_ terminal: PseudoTerminal) throws {
    terminal.send("q")
    #expect(try terminal.waitForExit() == .exited(0))
  }

  @Test func theViewAndTheThresholdsAreThereAgain() throws {
    var terminal = try open()
    terminal.send("3+")
    try terminal.wait(forText: "carried < 0.15")
    try leave(terminal)
    #expect(try workspace.names(in: "state/tollgate") == ["explorer.json"])
    terminal = try open()
    try terminal.wait(forText: "carried < 0.15")
    try leave(terminal)
  }

  @Test func nothingIsWrittenWhereNothingChanged() throws {
    try leave(try open())
    #expect(try !workspace.names().contains("state"))
  }

  @Test func nothingIsReadOrWrittenWithoutConfig() throws {
    try workspace.write(file, #"{"view":"Cells"}"#)
    let terminal = try open(["--no-config"])
    try terminal.wait(forText: "▸gate bias")
    terminal.send("6")
    try terminal.wait(forText: "loss (nats, log)")
    try leave(terminal)
    #expect(try workspace.bytes(file) == Array(#"{"view":"Cells"}"#.utf8))
  }

  @Test func aBrokenFileIsReportedAndLeftAsItIs() throws {
    try workspace.write(file, "{\"view\":")
    let terminal = try open()
    try terminal.wait(forText: "explorer.json")
    terminal.send("3")
    try terminal.wait(forText: "Cells of all")
    try leave(terminal)
    #expect(try workspace.bytes(file) == Array("{\"view\":".utf8))
  }

  @Test func theHomeDirectoryServesWhereNoOtherIsNamed() throws {
    let terminal = try Explorer.start(
      ["run", "--data", "shapes"], in: workspace,
      ["XDG_STATE_HOME": "relative", "HOME": workspace.at("home")])
    try terminal.wait(for: "the run") { $0.header.contains("sample 0, true class left") }
    terminal.send("m")
    try terminal.wait(forText: "colours: cividis")
    try leave(terminal)
    #expect(try workspace.names(in: "home/.local/state/tollgate") == ["explorer.json"])
  }
}
