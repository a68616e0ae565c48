import Foundation
import HighwayNetworks
import TerminalHarness
import TestSupport
import Testing

/// `tollgate compare` without a terminal.
struct CompareTests {
  private let workspace: TemporaryDirectory

  init() throws {
    workspace = try TinyRun.workspace()
    try workspace.copy(workspace.at("run"), as: "other, \"run\"")
  }

  private func compare(_ arguments: [String]) throws -> Outcome {
    try Program.run(["compare"] + arguments, in: workspace)
  }

  @Test func aPipeGetsATableAndAPlotOfNumbers() throws {
    let outcome = try compare(["run", "other, \"run\""])
    #expect(outcome.status == .exited(0), "\(outcome.error)")
    let run = try RunSummary.read(workspace.at("run"))
    let rows = outcome.lines.prefix(3)
    #expect(rows[0].hasSuffix("run"))
    #expect(rows[1].hasPrefix("1  coupled      4      5"))
    #expect(rows[1].hasSuffix("  run"))
    #expect(rows[2].hasSuffix("  other, \"run\""))
    let last = try #require(run.last)
    #expect(rows[1].contains(String(format: "%.4f", last.trainLoss)))
    #expect(rows[1].contains(String(format: "%.2f", 100 * last.testAccuracy)))
    let plot = outcome.output.components(separatedBy: "training loss (nats), log by epoch")
    #expect(plot.count == 2 && plot[1].contains("1") && plot[1].contains("┤"))
    #expect(try compare(["run", "other, \"run\"", "--text"]).output == outcome.output)
    let ascii = try compare(["run", "other, \"run\"", "--ascii"])
    #expect(ascii.output.utf8.allSatisfy { $0 < 0x80 })
  }

  @Test func whatCannotBeReadHasARowAndTheRestIsShown() throws {
    let outcome = try compare(["run", "nowhere"])
    #expect(outcome.status == .exited(1))
    #expect(outcome.output.contains("1  coupled"))
    #expect(outcome.output.contains("2 cannot be read: nowhere: no such file or directory"))
    #expect(outcome.errorLines.count == 2)
    #expect(outcome.error.hasPrefix("tollgate: nowhere: no such file"))
  }

  @Test func filesThatAreNoRunsGetOneLineAndNoTable() throws {
    let outcome = try compare(["shapes", "run/run.json"])
    #expect(outcome.status == .exited(1))
    #expect(outcome.output == "")
    #expect(outcome.errorLines.count == 2, "\(outcome.error)")
    #expect(outcome.error.contains("none of these is a run") && outcome.error.contains("shapes"))
  }

  @Test func linesThatCannotBeReadAreCountedInANote() throws {
    let path = workspace.at("run/metrics.jsonl")
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try workspace.write("run/metrics.jsonl", "{broken}\n" + text + "nonsense\n")
    let outcome = try compare(["run", "other, \"run\""])
    #expect(outcome.status == .exited(0))
    #expect(outcome.errorLines.count == 2)
    #expect(outcome.error.hasPrefix("tollgate: note: run/metrics.jsonl, line 1: "))
    #expect(outcome.error.contains("2 such lines are left out"))
  }

  @Test func theObjectHasTheDocumentedKeys() throws {
    let outcome = try compare(["run", "nowhere", "--json"])
    #expect(outcome.status == .exited(1))
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let runs = try #require((object as? [String: Any])?["runs"] as? [[String: Any]])
    #expect(runs.map { $0["run"] as? String } == ["run", "nowhere"])
    #expect((runs[1]["error"] as? String)?.contains("no such file") == true)
    let run = runs[0]
    #expect(run["gating"] as? String == "coupled")
    #expect(run["depth"] as? Int == 4 && run["units"] as? Int == 5)
    #expect(run["data"] as? String == "shapes" && run["diverged"] as? Bool == false)
    let metrics = try RunDirectory.open(workspace.at("run")).metrics
    let epochs = try #require(run["epochs"] as? [[String: Any]])
    #expect(epochs.map { $0["epoch"] as? Int } == metrics.map(\.epoch))
    // Foundation may read the last digit of a number differently.
    for (epoch, expected) in zip(epochs, metrics) {
      let loss = try #require(epoch["trainLoss"] as? Double)
      #expect(abs(loss - expected.trainLoss) < 1e-12)
    }
    let last = try #require(run["last"] as? [String: Any])
    #expect(last["epoch"] as? Int == TinyRun.lastEpoch)
    let least = try #require(run["leastTestLoss"] as? [String: Any])
    let leastLoss = try #require(least["testLoss"] as? Double)
    #expect(abs(leastLoss - (metrics.map(\.testLoss).min() ?? 0)) < 1e-12)
    let greatest = try #require(run["greatestTestAccuracy"] as? [String: Any])
    let accuracy = try #require(greatest["testAccuracy"] as? Double)
    #expect(abs(accuracy - (metrics.map(\.testAccuracy).max() ?? 0)) < 1e-12)
  }

  @Test func valuesSeparatedByCommasQuoteWhatHoldsOne() throws {
    let outcome = try compare(["run", "other, \"run\"", "--csv"])
    let lines = outcome.lines
    #expect(lines.count == 3)
    let columns = lines[0].split(separator: ",").count
    #expect(lines[1].split(separator: ",", omittingEmptySubsequences: false).count == columns)
    #expect(lines[2].hasPrefix("\"other, \"\"run\"\"\",coupled,4,5,"))
  }

  @Test func otherDataAreSaidToBeSo() throws {
    try workspace.replace("\"name\": \"shapes\"", with: "\"name\": \"forms\"", in: "run/run.json")
    let outcome = try compare(["run", "other, \"run\""])
    #expect(outcome.output.contains("other data: forms 60, shapes 60"))
  }

  @Test func namesFromFilesNeverReachATerminalRaw() throws {
    try workspace.replace(
      "\"name\": \"shapes\"", with: #""name": "\u001b]0;owned\u0007""#, in: "run/run.json")
    try workspace.copy(workspace.at("run"), as: "\u{1B}[31mred")
    for format in [[], ["--json"], ["--csv"], ["--ascii"]] {
      let outcome = try compare(["run", "\u{1B}[31mred", "\u{1B}[2Jnone"] + format)
      expectPlain(outcome.output)
      expectPlain(outcome.error)
    }
  }

  @Test(arguments: [["run"], ["run", "run"], (0..<9).map { "run\($0)" }])
  func twoToEightRunsAreCompared(runs: [String]) throws {
    let outcome = try compare(runs)
    #expect(outcome.status == .exited(64))
    #expect(outcome.output == "")
  }
}
