import HighwayNetworks
import Libc
import TerminalHarness
import TestSupport
import Testing

/// `tollgate train --resume`: a run that was stopped goes on as if it had not been.
struct ResumeTests {
  @Test func aResumedRunEndsWhereAnUninterruptedOneDoes() throws {
    let workspace = try TinyRun.workspace()
    let begun = try Program.run(
      TinyRun.options + ["--out", "stopped", "--epochs", "2"], in: workspace)
    #expect(begun.status == .exited(0))
    let resumed = try Program.run(
      ["train", "--resume", "--data", "shapes", "--out", "stopped", "--epochs", "3"],
      in: workspace)
    #expect(resumed.status == .exited(0))
    #expect(resumed.lines.count == 2)
    // The state holds every parameter, moment and random bit; the epochs' files name their command.
    #expect(
      try workspace.bytes("stopped/state.safetensors") == workspace.bytes("run/state.safetensors"))
    let runs = try ["stopped", "run"].map { try RunDirectory.open(workspace.at($0)) }
    for epoch in 0...3 {
      let parameters = try runs.map { try $0.checkpoint(epoch: epoch).network.parameters }
      #expect(parameters[0].map(\.bitPattern) == parameters[1].map(\.bitPattern))
    }
    #expect(runs[0].metrics.map(\.testLoss) == runs[1].metrics.map(\.testLoss))
  }

  /// Long enough that it cannot get to the end before its output is read.
  private static let last = 40
  private static let longCommand =
    TinyRun.options + ["--out", "run", "--epochs", "\(last)", "--record", "0", "--json"]

  /// Starts training and sends a signal in its midst.
  private func interrupted(by signal: Int32, in workspace: TemporaryDirectory) throws -> Outcome {
    try Shapes.write(to: workspace)
    let program = try Program(Self.longCommand, in: workspace, output: .narrowPipe(4_096))
    try program.waitForOutput()
    program.signal(signal)
    return try program.finish()
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func aSignalEndsItBetweenSteps(signal: Int32) throws {
    let workspace = try TemporaryDirectory()
    let outcome = try interrupted(by: signal, in: workspace)
    #expect(outcome.status == .exited(128 + signal))
    #expect(outcome.errorLines.count == 2 && outcome.errorLines.last == "", "\(outcome.error)")
    #expect(outcome.error.hasPrefix("tollgate: interrupted in epoch "))
    #expect(outcome.error.contains("--resume"))
    let run = try RunDirectory.open(workspace.at("run"))
    let reached = try #require(run.metrics.last?.epoch)
    #expect(reached < Self.last)
    #expect(try run.state()?.epoch == reached)
    // What was recorded was also printed.
    #expect(outcome.lines.count == reached + 1)
  }

  @Test(arguments: [SIGINT, SIGKILL])
  func aRunThatWasEndedAnywhereGoesOnToTheSameBytes(signal: Int32) throws {
    // The same command in two directories: not even the recorded command differs.
    let (stopped, whole) = (try TemporaryDirectory(), try TemporaryDirectory())
    let outcome = try interrupted(by: signal, in: stopped)
    #expect(outcome.status == (signal == SIGKILL ? .killed(signal: signal) : .exited(130)))
    let resumed = try Program.run(Self.longCommand + ["--resume"], in: stopped)
    #expect(resumed.status == .exited(0), "\(resumed.error)")
    try Shapes.write(to: whole)
    #expect(try Program.run(Self.longCommand, in: whole).status == .exited(0))
    for name in [
      "epoch-0000.safetensors", "epoch-0040.safetensors", "state.safetensors", "run.json",
    ] {
      #expect(try stopped.bytes("run/" + name) == whole.bytes("run/" + name), "\(name)")
    }
    let metrics = try [stopped, whole].map { try RunDirectory.open($0.at("run")).metrics }
    #expect(metrics[0].map(\.testLoss) == metrics[1].map(\.testLoss))
  }

  @Test func aRunThatIsDoneIsLeftAsItIs() throws {
    let workspace = try TinyRun.workspace()
    let before = try workspace.contents()
    let outcome = try Program.run(
      ["train", "--resume", "--data", "shapes", "--out", "run", "--epochs", "3"], in: workspace)
    #expect(outcome.status == .exited(0))
    #expect(outcome.lines == ["recorded in run"])
    #expect(try workspace.contents() == before)
  }

  @Test func aNormalizationOfOtherChannelsIsRefused() throws {
    let workspace = try TinyRun.workspace()
    let run = try RunDirectory.open(workspace.at("run"))
    var description = run.description
    description.data?.normalization = Normalization(mean: [0, 0, 0], std: [1, 1, 1])
    try workspace.write("run/run.json", description.json)
    let outcome = try Program.run(
      ["train", "--resume", "--data", "shapes", "--out", "run", "--epochs", "4"], in: workspace)
    #expect(outcome.status == .exited(1))
    expectOneLine(outcome, naming: ["3 channels", "have 1"])
  }

  @Test func dataWithoutTrainingImagesIsRefused() throws {
    let workspace = try TinyRun.workspace()
    for name in try workspace.names(in: "shapes") where name.hasPrefix("train") {
      try workspace.delete("shapes/" + name)
    }
    var description = try RunDirectory.open(workspace.at("run")).description
    description.data?.files = try DataSet.fingerprints(workspace.at("shapes"))
    try workspace.write("run/run.json", description.json)
    let outcome = try Program.run(
      ["train", "--resume", "--data", "shapes", "--out", "run", "--epochs", "4"], in: workspace)
    #expect(outcome.status == .exited(1))
    expectOneLine(outcome, naming: ["shapes", "no training images"])
  }

  @Test func otherDataIsRefused() throws {
    let workspace = try TinyRun.workspace()
    try Shapes.write(to: workspace, as: "other", height: 8)
    let before = try workspace.contents()
    let outcome = try Program.run(
      ["train", "--resume", "--data", "other", "--out", "run", "--epochs", "4"], in: workspace)
    #expect(outcome.status == .exited(1))
    expectOneLine(outcome, naming: ["shapes", "other", "SHA-256"])
    #expect(try workspace.contents() == before)
  }
}
