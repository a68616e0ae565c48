import Foundation
import TerminalHarness
import TestSupport
import Testing

/// `tollgate render`, and keys played without a terminal.
struct RenderTests {
  private let workspace: TemporaryDirectory

  init() throws { workspace = try TinyRun.workspace() }

  private func render(_ arguments: [String]) throws -> Outcome {
    try Program.run(["render"] + arguments + ["--data", "shapes"], in: workspace)
  }

  @Test func aFileGetsTheFormatThatItsNameSays() throws {
    for (name, start) in [
      ("a.svg", "<?xml"), ("a.txt", " Overview"), ("a.csv", "layer,unit,gateBias"), ("a.json", "{"),
    ] {
      let outcome = try render(["overview", "run", "-o", name])
      #expect(outcome.status == .exited(0), "\(outcome.error)")
      #expect(outcome.output == "")
      #expect(try workspace.bytes(name).starts(with: Array(start.utf8)), "\(name)")
    }
    #expect(try render(["1", "run", "-o", "a.png"]).status == .exited(0))
    #expect(try workspace.bytes("a.png").starts(with: [0x89, 0x50, 0x4E, 0x47]))
  }

  @Test func aPictureNeedsAFontButAnSVGDoesNot() throws {
    let path = try workspace.write("fonts.conf", "<fontconfig></fontconfig>")
    for (name, status) in [("a.png", 1), ("a.pdf", 1), ("a.svg", 0)] as [(String, Int32)] {
      let outcome = try Program.run(
        ["render", "overview", "run", "--data", "shapes", "-o", name], in: workspace,
        under: ["/usr/bin/env", "FONTCONFIG_FILE=\(path)"])
      #expect(outcome.status == .exited(status))
      #expect(outcome.error.contains("apt install fonts-dejavu-core") == (status == 1))
    }
    #expect(try render(["overview", "run", "-o", "b.pdf"]).status == .exited(0))
    #expect(try workspace.bytes("b.pdf").starts(with: Array("%PDF-".utf8)))
  }

  @Test func aPanelIsNamedOrThoseThatThereAreAreListed() throws {
    let one = try render(["overview", "run", "--panel", "mean-T"])
    #expect(one.status == .exited(0), "\(one.error)")
    #expect(one.output.contains("mean T") && !one.output.contains("gate bias"))
    let other = try render(["overview", "run", "--panel", "attic"])
    #expect(other.status == .exited(2))
    #expect(other.error.contains("expected gate-bias, mean-T, sample-T, sample-y"))
    #expect(try render(["cells", "run", "--panel", "x"]).error.contains("has no panels"))
    #expect(try render(["cells", "run", "--theme", "pink"]).status == .exited(64))
  }

  @Test func runsAreComparedOverTheSamplesThatAreAskedFor() throws {
    try workspace.copy(workspace.at("run"), as: "other")
    for split in ["train", "test"] {
      let outcome = try render(["compare", "run", "other", "--split", split])
      #expect(outcome.status == .exited(0), "\(outcome.error)")
      #expect(outcome.output.contains("shapes \(split) samples"), "\(outcome.output)")
    }
  }

  @Test func theNumbersAreThoseOfAnalyze() throws {
    let table = try render(["overview", "run", "--format", "csv"])
    let analyzed = try Program.run(
      ["analyze", "run", "--data", "shapes", "--split", "test", "--json"], in: workspace)
    let object = try JSONSerialization.jsonObject(with: Data(analyzed.output.utf8))
    let layers = try #require((object as? [String: Any])?["layers"] as? [[String: Any]])
    let means = try #require(layers[0]["meanT"] as? [Double])
    let row = table.lines[2].split(separator: ",")
    #expect(row.prefix(2) == ["1", "1"])
    #expect(Float(row[3]) == Float(means[1]))
  }

  @Test func whatIsChosenIsShown() throws {
    let outcome = try render(
      [
        "cells", "run", "--epoch", "1", "--class", "1", "--layer", "2", "--unit", "3",
        "--inspector",
      ])
    #expect(outcome.status == .exited(0), "\(outcome.error)")
    #expect(outcome.lines.last?.contains("epoch 1 ·") == true, "\(outcome.lines)")
    #expect(outcome.output.contains("layer 2 · unit 3"))
  }

  @Test func whatDoesNotExistIsRefused() throws {
    for (arguments, problem) in [
      (["cells", "run", "--epoch", "99"], "--epoch: expected one of the recorded epochs"),
      (["cells", "run", "--class", "99"], "--class: expected"),
      (["cells", "run", "--layer", "99"], "--layer: expected"),
      (["cells", "run", "--unit", "99"], "--unit: expected"),
      (["cells", "run", "-o", "picture"], "expected a name that ends in"),
      (["cells", "run", "run"], "expected one path, found 2"),
      (["attic", "run"], "attic"),
    ] {
      let outcome = try render(arguments)
      let isUsage = problem == "attic" || problem.contains("one path")
      #expect(outcome.status == .exited(isUsage ? 64 : 2), "\(arguments)")
      #expect(outcome.error.contains(problem), "\(outcome.error)")
    }
    #expect(try render(["cells", "nowhere"]).status == .exited(1))
  }

  @Test func runsAreDrawnSideBySide() throws {
    for name in ["other", "third"] { try workspace.copy(workspace.at("run"), as: name) }
    let outcome = try render(["compare", "run", "other", "--size", "100x30"])
    #expect(outcome.status == .exited(0), "\(outcome.error)")
    #expect(outcome.lines.contains { $0.contains(" other ") })
    #expect(outcome.output.contains("training loss"))
    #expect(!outcome.output.contains("third"), "only what was named is drawn")
  }

  @Test func keysArePlayedAndTheScreenIsPrinted() throws {
    let arguments = ["run", "--data", "shapes", "--dump", "--size", "80x24"]
    let outcome = try Program.run(arguments + ["--keys", "3 j"], in: workspace)
    #expect(outcome.status == .exited(0), "\(outcome.error)")
    #expect(outcome.lines.count == 24)
    #expect(outcome.output.contains("Cells of all") && outcome.output.contains("layer 2"))
    #expect(outcome.lines.last?.contains("q leave") == true)
    #expect(try Program.run(arguments + ["--keys", "3 j"], in: workspace).output == outcome.output)
    let wrong = try Program.run(arguments + ["--keys", "3 zz"], in: workspace)
    #expect(wrong.status == .exited(2))
    #expect(wrong.error.contains("--keys: word 2, “zz”: no such key"))
  }
}
