import TerminalHarness
import TestSupport
import Testing

/// What is asked of the program as a whole.
struct UsageTests {
  @Test(arguments: [
    ["--bogus"], ["train"], ["train", "--out", "x", "--epochs", "0"],
    ["train", "--out", "x", "--record", "5-1"], ["analyze"], ["analyze", "run", "--low", "2"],
    ["analyze", "run", "--low", "0.8", "--high", "0.2"], ["analyze", "run", "--samples", "0"],
    ["analyze", "run", "--split", "both"], ["analyze", "run", "--threads", "0"],
    ["analyze", "run", "more"],
    ["analyze", "run", "--json", "--csv"], ["lesion"], ["lesion", "run", "--clamp", "1=2"],
    ["lesion", "run", "--clamp", "1:x=0"], ["run", "--colors", "8"], ["run", "--samples", "0"],
  ])
  func aWrongCallIsExplained(arguments: [String]) throws {
    let workspace = try TinyRun.workspace()
    let before = try workspace.contents()
    let outcome = try Program.run(arguments, in: workspace)
    #expect(outcome.status == .exited(64))
    #expect(outcome.output == "")
    #expect(outcome.error.hasPrefix("Error: "))
    #expect(outcome.error.contains("Usage: tollgate"))
    #expect(try workspace.contents() == before)
  }

  @Test func helpListsTheCommands() throws {
    let outcome = try Program.run(["--help"], in: TinyRun.shared())
    #expect(outcome.status == .exited(0))
    #expect(outcome.error == "")
    for command in ["explore", "train", "analyze", "lesion"] {
      #expect(outcome.output.contains(command))
    }
  }

  @Test(arguments: ["explore", "train", "analyze", "lesion"])
  func everyOptionOfACommandIsExplained(command: String) throws {
    let outcome = try Program.run([command, "--help"], in: TinyRun.shared())
    #expect(outcome.status == .exited(0))
    #expect(outcome.output.contains("--data"))
    #expect(outcome.output.split(separator: "\n").allSatisfy { !$0.hasSuffix("  ") })
  }

  @Test func theVersionIsTheOneThatRunsRecord() throws {
    let workspace = try TinyRun.shared()
    let outcome = try Program.run(["--version"], in: workspace)
    #expect(outcome.status == .exited(0))
    let version = try #require(outcome.lines.first)
    let run = String(decoding: try workspace.bytes("run/run.json"), as: UTF8.self)
    #expect(run.contains("\"version\": \"\(version)\""))
  }
}
