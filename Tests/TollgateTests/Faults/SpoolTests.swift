import ExplorerUI
import HighwayNetworks
import Libc
import TerminalHarness
import TestSupport
import Testing

@testable import tollgate

/// Trained epochs that nobody has kept yet: beyond the memory, and when the program is ended from outside.
struct SpoolTests {
  private let workspace: TemporaryDirectory

  init() throws { workspace = try TinyRun.workspace() }

  /// A session on the run with room for two epochs in memory.
  private func session() throws -> Session {
    try Session(
      ModelSource(workspace.at("run")), data: DataPlace(workspace.at("shapes")), sampleLimit: 10,
      liveLimit: 0, spoolDirectory: workspace.at("unsaved"))
  }

  private func parameters(_ epoch: Int, _ session: Session) -> [Float] {
    [Float](
      repeating: Float(epoch), count: ParameterLayout(session.model.architecture).count)
  }

  private func state(_ epoch: Int, _ session: Session) -> TrainingState {
    TrainingState(
      epoch: epoch, step: epoch, parameters: parameters(epoch, session),
      moments: parameters(0, session), random: [1, 2, 3, 4])
  }

  @Test func epochsBeyondTheMemoryAreAllKept() throws {
    let session = try session()
    for epoch in 4...9 {
      session.finish(parameters(epoch, session), .example(epoch))
      let made = try session.makeRoom()
      #expect((made == nil) == (epoch != 6), "it says once where the epochs go")
    }
    #expect(try workspace.names(in: "unsaved") == ["run-1"])
    for epoch in 4...9 {
      let network = try session.network(.live(epoch, branch: 0))
      #expect(network.parameters == parameters(epoch, session))
    }
    let keeper = RunKeeper(session: session, state: state(9, session))
    guard case .runKept(_, let epochs, _) = keeper.keep(workspace.at("kept"), confirmed: false)
    else {
      Issue.record("they were not saved")
      return
    }
    #expect(epochs == Array(4...9))
    let run = try RunDirectory.open(workspace.at("kept"))
    #expect(run.epochs == Array(0...9))
    for epoch in 4...9 {
      #expect(try run.checkpoint(epoch: epoch).network.parameters == parameters(epoch, session))
    }
    session.discardSpool()
    #expect(try workspace.names(in: "unsaved").isEmpty)
  }

  @Test func anEpochThatHasNoRoomAnywhereStopsTrainingAndStays() throws {
    try workspace.write("unsaved", "in the way")
    let session = try session()
    for epoch in 4...6 { session.finish(parameters(epoch, session), .example(epoch)) }
    let error = #expect(throws: (any Error).self) { try session.makeRoom() }
    #expect(try Failure(#require(error)).line.contains("w saves them"))
    for epoch in 4...6 { _ = try session.network(.live(epoch, branch: 0)) }
  }

  @Test func whatWasSetAsideComesBackWhereNoEpochCameOfTheNewBranch() throws {
    let session = try session()
    for epoch in 4...8 {
      session.finish(parameters(epoch, session), .example(epoch))
      _ = try session.makeRoom()
    }
    session.beginBranch(1, after: 5)
    #expect(session.liveMetrics.map(\.epoch) == [4, 5])
    session.putBranchBack()
    #expect(session.liveMetrics.map(\.epoch) == Array(4...8))
    #expect(
      try session.network(.live(6, branch: 0)).parameters == parameters(6, session))
    // Once an epoch has come of it, the others are gone, on the disk too.
    session.beginBranch(1, after: 5)
    session.finish(parameters(60, session), .example(6))
    session.putBranchBack()
    #expect(session.liveEpochs.map(\.number) == [4, 5, 6])
    #expect(throws: (any Error).self) { try session.network(.live(6, branch: 0)) }
    #expect(try RunDirectory.open(workspace.at("unsaved/run-1")).epochs == [4, 5])
  }

  @Test func whatACrashLeavesIsFoundWithTheEpochsBeforeIt() throws {
    let before = try workspace.contents().filter { $0.key.hasPrefix("run/") }
    do {
      let session = try session()
      for epoch in 4...7 {
        session.finish(parameters(epoch, session), .example(epoch))
        _ = try session.makeRoom()
      }
      #expect(Leftovers.found(in: workspace.at("unsaved")).isEmpty, "its session is there")
    }
    let left = try #require(Leftovers.found(in: workspace.at("unsaved")).first)
    #expect(left.name == "run" && left.epochs == 2)
    var leftover = left
    leftover.proposal = workspace.at("found")
    #expect(try Leftovers.keep(leftover) == 6)
    let run = try RunDirectory.open(workspace.at("found"))
    #expect(run.epochs == Array(0...5) && run.metrics.map(\.epoch) == run.epochs)
    #expect(try workspace.names(in: "unsaved").isEmpty)
    #expect(try workspace.contents().filter { $0.key.hasPrefix("run/") } == before)
  }

  @Test(arguments: [SIGHUP, SIGTERM])
  func aLostConnectionLosesNoEpoch(signal: Int32) throws {
    let places = ["XDG_STATE_HOME": workspace.at("state")]
    let terminal = try Explorer.start(["run", "--data", "shapes"], in: workspace, places)
    try terminal.wait(forText: "sample 0, true class left")
    terminal.send("t")
    try terminal.wait(for: "epoch 4") { $0.marks == "●●●●○" }
    terminal.signal(signal)
    #expect(try terminal.waitForExit() == .exited(128 + signal))
    #expect(terminal.screen.contains("the next start asks about them"))

    let next = try Explorer.start(["run", "--data", "shapes"], in: workspace, places)
    try next.wait(forText: "1 trained epoch of run was left unsaved")
    next.send("y")
    try next.wait(forText: "saved in run-2: 5 epochs in all")
    let run = try RunDirectory.open(workspace.at("run-2"))
    #expect(run.epochs == [0, 1, 2, 3, 4] && run.metrics.map(\.epoch) == run.epochs)
    #expect(try run.state()?.epoch == 4)
    next.send("q")
    #expect(try next.waitForExit() == .exited(0))
    #expect(try workspace.names(in: "state/tollgate/unsaved").isEmpty)
  }

  @Test func leavingInOrderLeavesNothing() throws {
    let places = ["XDG_STATE_HOME": workspace.at("state")]
    let terminal = try Explorer.start(["run", "--data", "shapes"], in: workspace, places)
    try terminal.wait(forText: "sample 0, true class left")
    terminal.send("t")
    try terminal.wait(for: "epoch 4") { $0.marks == "●●●●○" }
    terminal.send("q")
    try terminal.wait(forText: "would be lost")
    terminal.send("q")
    #expect(try terminal.waitForExit() == .exited(0))
    #expect(!ModelLocation.exists(workspace.at("state/tollgate/unsaved")))
  }

  @Test func theEpochsAfterTheOneThatIsTrainedFromComeBackWhereThatCannotStart() throws {
    let terminal = try Explorer.start(["run", "--data", "shapes"], in: workspace)
    try terminal.wait(forText: "sample 0, true class left")
    terminal.send("<<")
    try terminal.wait(for: "epoch 1") { $0.header.contains("epoch 1") }
    try workspace.write("run/epoch-0001.safetensors", "")
    terminal.send("t")
    try terminal.wait(forText: "epochs are back")
    // The message stands over the timeline until the next key.
    terminal.send("1")
    try terminal.wait(for: "all epochs") { $0.marks == "●●●●" }
  }
}

extension EpochMetrics {
  /// Some record of an epoch.
  static func example(_ epoch: Int) -> EpochMetrics {
    EpochMetrics(
      epoch: epoch, step: epoch, learningRate: 0.1, trainLoss: 1, trainAccuracy: 0.5, testLoss: 1,
      testAccuracy: 0.5, seconds: 1)
  }
}
