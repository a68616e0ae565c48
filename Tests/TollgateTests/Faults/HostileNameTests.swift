import Foundation
import TerminalHarness
import TestSupport
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

/// Names from files that would move the cursor, hide text or break a document: harmless wherever they are printed.
struct HostileNameTests {
  /// Lives as long as the test, so that the programs have their files.
  private let workspace: TemporaryDirectory
  /// A directory's name: an escape sequence, a bell, a direction mark, nothing of width, markup.
  private static let directory = "r\u{1B}[31m\u{7}\u{202E}u\u{200B}n<&\"'"
  /// What a JSON text has for such a name.
  private static let escaped = #"\u001b]0;x\u0007\u009b2J\u202e\u2066a\u200b\u2028]]><script>&\"'"#

  init() throws {
    workspace = try TinyRun.workspace()
    let run = try workspace.bytes("run/run.json")
    let text = String(decoding: run, as: UTF8.self)
      .replacingOccurrences(of: "\"shapes\"", with: "\"\(Self.escaped)\"")
      .replacingOccurrences(of: "\"left\"", with: "\"\(Self.escaped)\"")
    #expect(text.contains("script"))
    try workspace.write("run/run.json", text)
    try workspace.copy(workspace.at("run"), as: Self.directory)
  }

  /// Characters that no output may have, but for the escape where colours are asked for.
  private func bad(_ text: String) -> [Unicode.Scalar] {
    text.unicodeScalars.filter { scalar in
      scalar != "\n"
        && [.control, .format, .lineSeparator, .paragraphSeparator].contains(
          scalar.properties.generalCategory)
    }
  }

  /// Names come with `*` as well.
  @Test(arguments: [
    ["inspect", "run", directory], ["analyze", "run", "--split", directory], ["--\(directory)"],
    ["lesion", "run", "--clamp", directory],
  ])
  func argumentsThatDoNotFitAreHarmless(arguments: [String]) throws {
    let outcome = try Program.run(arguments, in: workspace)
    #expect(outcome.status == .exited(64))
    #expect(outcome.error.contains("\\u{1b}[31m"))
    #expect(bad(outcome.error) == [] && bad(outcome.output) == [])
  }

  @Test(arguments: ["overview", "classes", "cells", "lesion", "training", "compare", "depth"])
  func picturesOfEveryViewAreHarmless(view: String) throws {
    for format in ["ansi", "svg", "csv"] {
      let outcome = try Program.run(
        ["render", view, Self.directory, "--data", "shapes", "--format", format], in: workspace)
      #expect(outcome.status == .exited(0), "\(outcome.error)")
      var text = outcome.output
      // Colours and nothing else.
      if format == "ansi" { text.replace(/\u{1B}\[[0-9;]*m/, with: "") }
      #expect(bad(text) == [], "\(view) as \(format)")
      guard format == "svg" else { continue }
      #expect(!text.contains("<script"))
      #expect(XMLParser(data: Data(text.utf8)).parse())
    }
  }

  @Test(arguments: [
    ["compare", directory, "run"], ["inspect", directory],
    ["inspect", directory + "/epoch-0003.safetensors"], ["analyze", directory, "--data", "shapes"],
    ["analyze", directory, "--data", "shapes", "--csv"], ["lesion", directory, "--data", "shapes"],
    ["analyze", directory], ["analyze", "no" + directory],
    ["compare", directory, "no" + directory],
    ["inspect", "no" + directory], ["render", "1", "no" + directory],
  ])
  func tablesAndErrorsAreHarmless(arguments: [String]) throws {
    let outcome = try Program.run(arguments, in: workspace)
    #expect(outcome.output.count + outcome.error.count > 20)
    #expect(bad(outcome.output) == [], "\(arguments)")
    #expect(bad(outcome.error) == [], "\(arguments)")
  }

  @Test func theExplorerShowsThemHarmless() throws {
    let terminal = try Explorer.start([Self.directory, "--data", "shapes"], in: workspace)
    try terminal.wait(forText: "class share η²")
    for key in "1234567823?" {
      terminal.send(String(key))
      try terminal.wait(for: "silence") { _ in true }
    }
    terminal.send("\u{1B}")
    try terminal.wait(forText: "q leave")
    #expect(terminal.screen.unknown == [])
    let text = String(decoding: terminal.output, as: UTF8.self)
    #expect(!text.contains("\u{7}") && !text.contains("\u{202E}") && !text.contains("\u{200B}"))
    #expect(!text.contains("\u{9B}") && !text.contains("\u{2028}") && !text.contains("\u{2066}"))
  }
}
