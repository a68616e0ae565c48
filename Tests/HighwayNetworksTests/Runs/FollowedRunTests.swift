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

  @Test func aRunThatIsMadeAgainUnderTheSamePathIsNotTakenForIt() throws {
    var run = try create()
    try record(0, in: &run)
    var followed = FollowedRun(run)
    #expect(try !followed.refresh { [] }.isAnother)
    try directory.delete("run/run.json")
    #expect(throws: RunError.notARun(path: run.path, missing: "run.json")) {
      try followed.refresh { [] }
    }
    try directory.write("run/run.json", run.description.indentedJSON)
    let changes = try followed.refresh { [] }
    #expect(changes.isAnother && changes.recorded.isEmpty)
  }

  @Test func metricsThatGrowAreReadOnAndOthersAnew() throws {
    var run = try create()
    try record(0, in: &run)
    var followed = FollowedRun(run)
    let lines = (1...3).map { metrics($0).json }
    try directory.write("run/metrics.jsonl", lines[0] + "\n" + lines[1].prefix(20))
    #expect(try followed.refresh { [] }.measured == [metrics(1)])
    // The line that was cut off is whole now, and the last one has no line break yet.
    try directory.write("run/metrics.jsonl", lines.joined(separator: "\n"))
    #expect(try followed.refresh { [] }.measured == [metrics(2), metrics(3)])
    try directory.write("run/metrics.jsonl", metrics(4).json + "\n")
    #expect(try followed.refresh { [] }.measured == [metrics(4)])
    // It is longer than before, but does not begin as before.
    try directory.write("run/metrics.jsonl", metrics(5).json + "\n" + metrics(6).json + "\n")
    #expect(try followed.refresh { [] }.measured == [metrics(5), metrics(6)])
    #expect(try RunDirectory.open(run.path).metrics == [metrics(5), metrics(6)])
  }

  @Test func saysWhoWritesTheRun() throws {
    var run = try create()
    try record(0, in: &run)
    var followed = FollowedRun(run)
    #expect(try followed.refresh { [] }.writer == nil, "this process is nobody else")
    func lock(process: Int, host: String) throws -> RunHolder? {
      let json = #"{"process":\#(process),"host":"\#(host)","since":"2026-01-31T12:00:00Z"}"#
      try directory.write("run/run.lock", json)
      return try followed.refresh { [] }.writer
    }
    let host = RunHolder.current().host
    #expect(try lock(process: 1, host: host)?.process == 1)
    #expect(try lock(process: 0x7FFF_FFFF, host: host) == nil, "it has ended")
    #expect(try lock(process: 7, host: "elsewhere")?.description.contains("7 on elsewhere") == true)
    try directory.write("run/run.lock", "?")
    #expect(try followed.refresh { [] }.writer == nil)
  }
}
