import Foundation
import HighwayNetworks
import TerminalHarness
import TestSupport
import Testing

/// `tollgate experiment`: many runs and what is said about them.
struct ExperimentTests {
  private static let options = [
    "experiment", "--data", "shapes", "--out", "grid", "--units", "5", "--batch-size", "10",
    "--gating", "plain,coupled", "--depth", "3,4",
  ]

  private func workspace() throws -> TemporaryDirectory {
    let workspace = try TemporaryDirectory()
    try Shapes.write(to: workspace)
    return workspace
  }

  private func run(
    _ more: String..., in workspace: TemporaryDirectory
  ) throws -> Outcome {
    try Program.run(Self.options + more, in: workspace)
  }

  /// The parameters of the last recorded epoch of each run, by name.
  private func parameters(in workspace: TemporaryDirectory) throws -> [String: [UInt32]] {
    var found: [String: [UInt32]] = [:]
    for name in try workspace.names(in: "grid") {
      let run = try RunDirectory.open(workspace.at("grid/\(name)"))
      let epoch = try #require(run.epochs.last)
      found[name] = try run.checkpoint(epoch: epoch).network.parameters.map(\.bitPattern)
    }
    return found
  }

  @Test func everyCellBecomesARunOfItsOwn() throws {
    let workspace = try workspace()
    let outcome = try run("--epochs", "2", "--learning-rate", "0.1,0.02", in: workspace)
    #expect(outcome.status == .exited(0), "\(outcome.error)")
    #expect(
      try workspace.names(in: "grid") == [
        "coupled-d3-u5-tanh-lr0.02-m0.9-b-2.0-s1", "coupled-d3-u5-tanh-lr0.1-m0.9-b-2.0-s1",
        "coupled-d4-u5-tanh-lr0.02-m0.9-b-2.0-s1", "coupled-d4-u5-tanh-lr0.1-m0.9-b-2.0-s1",
        "plain-d3-u7-tanh-lr0.02-m0.9-s1", "plain-d3-u7-tanh-lr0.1-m0.9-s1",
        "plain-d4-u7-tanh-lr0.02-m0.9-s1", "plain-d4-u7-tanh-lr0.1-m0.9-s1",
      ])
    for name in try workspace.names(in: "grid") {
      let run = try RunDirectory.open(workspace.at("grid/\(name)"))
      #expect(run.metrics.map(\.epoch) == [0, 1, 2] && run.epochs == [0, 2])
    }
    #expect(outcome.lines.filter { $0.contains("/8  ") }.count == 8)
  }

  @Test func theSummaryHasTheBestSettingOfEachGatingAndDepth() throws {
    let workspace = try workspace()
    let csv = try run(
      "--epochs", "2", "--learning-rate", "0.1,0.0001", "--csv", in: workspace)
    #expect(csv.status == .exited(0), "\(csv.error)")
    let rows = csv.lines.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(rows.count == 5)
    #expect(rows.dropFirst().map { $0[0] + $0[1] } == ["plain3", "plain4", "coupled3", "coupled4"])
    for row in rows.dropFirst() {
      // Two epochs at so small a rate change next to nothing.
      let name = String(try #require(row.last))
      #expect(name.contains("lr0.1"))
      let run = try RunDirectory.open(workspace.at("grid/\(name)"))
      #expect(Double(row[5]) == run.metrics.last?.trainLoss)
    }
    let json = try Program.run(
      ["experiment", "--out", "grid", "--summary", "--json"], in: workspace)
    let document = try JSONSerialization.jsonObject(with: Data(json.output.utf8))
    let groups = try #require((document as? [String: Any])?["groups"] as? [[String: Any]])
    #expect(groups.count == 4)
  }

  @Test func aFinishedCellIsNeverTrainedAgain() throws {
    let workspace = try workspace()
    _ = try run("--epochs", "1", in: workspace)
    let before = try workspace.contents()
    let second = try run("--epochs", "1", in: workspace)
    #expect(second.status == .exited(0))
    #expect(try workspace.contents() == before)
    #expect(try run("--epochs", "1", "--list", in: workspace).output == "")
  }

  @Test func theListedCommandsTrainTheSameRuns() throws {
    let (listed, direct) = (try workspace(), try workspace())
    let list = try run("--epochs", "1", "--list", in: listed)
    #expect(list.lines.count == 4)
    for line in list.lines {
      let shell = Process()
      shell.executableURL = URL(filePath: "/bin/sh")
      shell.arguments = ["-c", String(line)]
      // The command must not depend on where it is run.
      shell.currentDirectoryURL = URL(filePath: "/")
      shell.standardOutput = FileHandle.nullDevice
      try shell.run()
      shell.waitUntilExit()
      #expect(shell.terminationStatus == 0)
    }
    _ = try run("--epochs", "1", in: direct)
    let parameters = try parameters(in: listed)
    #expect(parameters.count == 4)
    #expect(try parameters == self.parameters(in: direct))
  }

  @Test func aStoppedExperimentGoesOnToTheSameBits() throws {
    let (stopped, whole) = (try workspace(), try workspace())
    let program = try Program(Self.options + ["--epochs", "30", "--jobs", "1"], in: stopped)
    // The first line is that of the first finished trial.
    try program.waitForOutput()
    program.signal(SIGINT)
    let outcome = try program.finish()
    #expect(outcome.status == .exited(130))
    #expect(outcome.error == "tollgate: interrupted; the same command goes on where it was\n")
    #expect(outcome.lines.count < 4)
    #expect(try run("--epochs", "30", in: stopped).status == .exited(0))
    #expect(try run("--epochs", "30", in: whole).status == .exited(0))
    #expect(try parameters(in: stopped) == parameters(in: whole))
  }

  @Test func aDivergedCellIsFinishedAndCounted() throws {
    let workspace = try workspace()
    let outcome = try run(
      "--epochs", "3", "--learning-rate", "0.1,1e30", "--activation", "linear", "--csv",
      in: workspace)
    #expect(outcome.status == .exited(0), "\(outcome.error)")
    let rows = outcome.lines.dropFirst().map { $0.split(separator: ",") }
    #expect(rows.map { $0[4] } == ["1", "1", "1", "1"])
    let before = try workspace.contents()
    let second = try run(
      "--epochs", "3", "--learning-rate", "0.1,1e30", "--activation", "linear", in: workspace)
    #expect(second.status == .exited(0))
    #expect(try workspace.contents() == before)
  }

  @Test func theBestSettingIsTrainedWithMoreSeeds() throws {
    let workspace = try workspace()
    let outcome = try run(
      "--epochs", "1", "--learning-rate", "0.1,0.0001", "--repeat-best", "3", "--csv",
      in: workspace)
    #expect(outcome.status == .exited(0), "\(outcome.error)")
    // Eight trials, and two more seeds of the best of each gating and depth.
    #expect(try workspace.names(in: "grid").count == 16)
    #expect(try workspace.names(in: "grid").count { $0.contains("lr0.1-") } == 12)
    #expect(outcome.lines.dropFirst().map { $0.split(separator: ",")[9] } == ["3", "3", "3", "3"])
  }

  @Test func runsOfOtherSettingsAreRefused() throws {
    let workspace = try workspace()
    _ = try run("--epochs", "1", in: workspace)
    let before = try workspace.contents()
    let outcome = try run("--epochs", "1", "--weight-decay", "0.5", in: workspace)
    #expect(outcome.status == .exited(1))
    #expect(outcome.errorLines.count == 2)
    #expect(outcome.error.contains("begun with other settings; choose another --out"))
    #expect(try workspace.contents() == before)
  }

  @Test func theSummaryNamesWhatItLeavesOut() throws {
    let workspace = try workspace()
    _ = try run("--epochs", "1", in: workspace)
    try workspace.write("grid/broken/run.json", "{")
    try workspace.write("grid/notes.txt", "lunch at noon")
    let further = TinyRun.options.filter { $0 != "--threads" }.dropLast()
    _ = try Program.run(further + ["--out", "grid/further", "--epochs", "2"], in: workspace)
    let outcome = try Program.run(["experiment", "--out", "grid", "--summary"], in: workspace)
    #expect(outcome.status == .exited(0))
    #expect(outcome.lines.count { $0.hasPrefix("left out: grid/broken") } == 1)
    #expect(outcome.lines.count { $0.hasPrefix("left out: grid/notes.txt") } == 1)
    // The others stand at epoch 1, so the further one alone counts.
    #expect(outcome.lines.count { $0.hasSuffix(": at epoch 1 of 2") } == 4)
    #expect(outcome.lines.count { $0.contains("tanh lr") } == 1)
  }

  @Test func describedNetworksAreComparedByName() throws {
    let workspace = try workspace()
    for (name, units) in [("narrow", 2), ("wide", 4)] {
      try workspace.write(
        "\(name).json",
        #"{"input":[1,4,3],"classes":3,"layers":[{"kind":"dense","units":\#(units),"activation":"tanh"},"#
          + #"{"kind":"dense","units":3,"activation":"relu"}]}"#)
    }
    let outcome = try Program.run(
      [
        "experiment", "--data", "shapes", "--out", "grid", "--epochs", "1", "--csv",
        "--learning-rate", "0.1,0.01", "--architecture", "narrow.json", "wide.json",
      ], in: workspace)
    #expect(outcome.status == .exited(0), "\(outcome.error)")
    #expect(try workspace.names(in: "grid").count == 4)
    let rows = outcome.lines.dropFirst().map { $0.split(separator: ",") }
    #expect(rows.map { $0[0] } == ["narrow", "wide"])
  }
}
