import HighwayNetworks
import Libc
import TerminalHarness
import TestSupport
import Testing

/// Ctrl-C in the midst of an epoch, and a loss that is no longer finite.
struct InterruptionTests {
  @Test func ctrlCInALongEpochStopsWithinASecond() throws {
    let workspace = try TinyRun.workspace()
    // So many steps of one image each that the epoch would take many seconds.
    try Shapes.write(to: workspace, as: "many", trainingCount: 40_000)
    var fastest = Duration.seconds(100)
    // The machine may stand still once; the program would be slow each time.
    for attempt in 1...3 where fastest >= .seconds(1) {
      let out = "long-\(attempt)"
      let program = try Program(
        ["train", "--data", "many", "--depth", "20", "--units", "5", "--batch-size", "1"]
          + ["--threads", "2", "--out", out, "--epochs", "2", "--json"], in: workspace)
      // The line of epoch 0, after which epoch 1 begins.
      try program.waitForOutput()
      let clock = ContinuousClock()
      let start = clock.now
      program.signal(SIGINT)
      let outcome = try program.finish()
      fastest = min(fastest, clock.now - start)
      #expect(outcome.status == .exited(130))
      #expect(outcome.error.hasPrefix("tollgate: interrupted in epoch 1; the run is whole up to"))
      #expect(outcome.lines.count == 1)
      let run = try RunDirectory.open(workspace.at(out))
      #expect(run.epochs == [0])
      #expect(run.metrics.map(\.epoch) == [0])
      #expect(try run.checkpoint(epoch: 0).network.parameters == (try run.state()?.parameters))
      #expect(try !workspace.names(in: out).contains("run.lock"))
    }
    #expect(fastest < .seconds(1))
  }

  @Test func aLossThatIsNotFiniteNamesWhereAndKeepsTheEpochBefore() throws {
    let workspace = try TinyRun.workspace()
    // Six steps an epoch; the schedule raises the rate from the third epoch on.
    let command = [
      "train", "--data", "shapes", "--depth", "4", "--units", "5", "--batch-size", "10",
      "--activation", "linear", "--out", "new", "--epochs", "50", "--json",
    ]
    let outcome = try Program.run(
      command + ["--learning-rate", "0.1", "--schedule", "steps=1e30@2"], in: workspace)
    #expect(outcome.status == .exited(1))
    #expect(outcome.errorLines.count == 2, "\(outcome.error)")
    #expect(outcome.error.contains("no longer finite in epoch 3, step "), "\(outcome.error)")
    #expect(outcome.error.contains("at learning rate 1e+29"), "\(outcome.error)")
    let run = try RunDirectory.open(workspace.at("new"))
    #expect(run.epochs == [0, 1, 2])
    let state = try #require(try run.state())
    #expect(state.epoch == 2)
    #expect(try run.checkpoint(epoch: 2).network.parameters == state.parameters)
    #expect(state.parameters.allSatisfy { $0.isFinite })
    #expect(try !workspace.names(in: "new").contains("run.lock"))
  }
}
