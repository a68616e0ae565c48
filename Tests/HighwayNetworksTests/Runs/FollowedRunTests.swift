import HighwayNetworks
import TensorFiles
import TestSupport
import Testing

struct FollowedRunTests {
  private let directory: TemporaryDirectory
  private let architecture = Architecture(
    input: Shape(features: 2), classes: 2,
    layers: [.highway(units: 2, activation: .tanh, gating: .coupled, gateBias: -1)])

  init() throws { directory = try TemporaryDirectory() }

  private func create() throws -> RunDirectory {
    try RunDirectory.create(
      directory.path + "/run", RunDescription(architecture: architecture))
  }

  private func record(_ epoch: Int, in run: inout RunDirectory) throws {
    var random = RandomSource(seed: 1)
    try run.record(
      Checkpoint(Network(architecture, random: &random), epoch: epoch), epoch: epoch)
  }

  private func metrics(_ epoch: Int) -> EpochMetrics {
    EpochMetrics(
      epoch: epoch, step: epoch, learningRate: 0.1, trainLoss: 1, trainAccuracy: 0.5, testLoss: 1,
      testAccuracy: 0.5, seconds: 1)
  }

  @Test func saysWhatIsNewAndWhatIsGone() throws {
    var run = try create()
    try record(0, in: &run)
    var followed = FollowedRun(run)
    #expect(try followed.refresh { [] }.recorded.isEmpty)

    try record(1, in: &run)
    var changes = try followed.refresh { [] }
    #expect(changes.recorded.map(\.epoch) == [1] && changes.recorded[0].metrics == nil)

    // The metrics of an epoch come after its checkpoint; those of epoch 2 come without one.
    try run.writeMetrics([metrics(1), metrics(2)])
    changes = try followed.refresh { [] }
    #expect(changes.recorded.map(\.epoch) == [1] && changes.recorded[0].metrics == metrics(1))
    #expect(changes.measured == [metrics(2)])
    #expect(try followed.refresh { [] }.measured.isEmpty)

    try directory.delete("run/epoch-0000.safetensors")
    #expect(try followed.refresh { [] }.gone == [0])
    #expect(try followed.refresh { [] }.gone.isEmpty)
    try record(0, in: &run)
    #expect(try followed.refresh { [] }.recorded.map(\.epoch) == [0], "it is there again")
  }

  @Test func leavesOutWhatWasWrittenFromHere() throws {
    var run = try create()
    try record(0, in: &run)
    var followed = FollowedRun(run)
    try record(1, in: &run)
    try record(2, in: &run)
    try run.writeMetrics([metrics(1), metrics(2)])
    let changes = try followed.refresh { [1] }
    #expect(changes.recorded.map(\.epoch) == [2] && changes.measured.isEmpty)
  }

  @Test func linesThatCannotBeReadAreToldOnce() throws {
    var run = try create()
    try record(0, in: &run)
    var followed = FollowedRun(run)
    try directory.write("run/metrics.jsonl", metrics(1).json + "\n?\n")
    let changes = try followed.refresh { [] }
    #expect(changes.measured == [metrics(1)] && changes.unreadable?.count == 1)
    #expect(try followed.refresh { [] }.unreadable == nil)
  }

  @Test func anotherNetworkUnderTheSamePathIsNotTakenForIt() throws {
    let run = try create()
    var followed = FollowedRun(run)
    let other = Architecture(input: Shape(features: 2), classes: 2, layers: [])
    try directory.write("run/run.json", RunDescription(architecture: other).json)
    #expect(throws: RunError.anotherNetwork(path: run.path)) { try followed.refresh { [] } }
  }
}
