import HighwayNetworks
import TensorFiles
import TestSupport
import Testing

@Suite struct RunSummaryTests {
  private func metrics(
    _ epoch: Int, train: Double = 1, test: Double = 1, seconds: Double = 0.5
  ) -> EpochMetrics {
    EpochMetrics(
      epoch: epoch, step: epoch, learningRate: 0.1, trainLoss: train, trainAccuracy: 0.5,
      testLoss: test, testAccuracy: 0.5, seconds: seconds)
  }

  private func summary(
    _ gatings: [Gating] = [.coupled, .coupled], _ metrics: [EpochMetrics] = [],
    data: DataDescription? = nil
  ) -> RunSummary {
    let layers = gatings.map {
      Architecture.Layer.highway(units: 3, activation: .tanh, gating: $0, gateBias: nil)
    }
    let architecture = Architecture(
      input: Shape(features: 4), classes: 2, layers: [.dense(units: 3, activation: .tanh)] + layers)
    return RunSummary(
      path: "run", description: RunDescription(architecture: architecture, data: data),
      metrics: metrics, recordedEpochs: [])
  }

  @Test func depthCountsThePlainLayerAndParametersAllTensors() {
    let summary = summary()
    #expect(summary.depth == 3)
    #expect(summary.units == 3)
    #expect(summary.parameters == (4 * 3 + 3) + 2 * 2 * (3 * 3 + 3) + (3 * 2 + 2))
  }

  @Test func gatingIsWhatTheHighwayLayersShare() {
    #expect(summary().gating == .coupled)
    #expect(summary([]).gating == .plain)
    #expect(summary([.coupled, .residual]).gating == nil)
    #expect(summary([.frozen(p: 0.5)]).gating == .frozen(p: 0.5))
    #expect(summary([.residual, .full]).learnsTransformGates)
    for gating in [Gating.residual, .plain, .frozen(p: 0.5), .carryOnly] {
      #expect(!summary([gating]).learnsTransformGates)
    }
    #expect(!summary([]).learnsTransformGates)
  }

  @Test func bestEpochsAreThoseOfTheLeastLossAndTheGreatestAccuracy() {
    var epochs = [
      metrics(0, test: 2), metrics(1, test: 0.5), metrics(2, test: .nan), metrics(3, test: 0.7),
      metrics(4, test: 0.8),
    ]
    for (index, accuracy) in [0.1, 0.7, .nan, 0.8, 0.8].enumerated() {
      epochs[index].testAccuracy = accuracy
    }
    let summary = summary([.coupled], epochs)
    #expect(summary.leastTestLoss?.epoch == 1)
    #expect(summary.greatestTestAccuracy?.epoch == 3)
    #expect(summary.last?.epoch == 4)
    let none = self.summary([.coupled], [metrics(0, test: .nan)])
    #expect(none.leastTestLoss == nil)
    #expect(self.summary().greatestTestAccuracy == nil)
  }

  @Test func secondsLeaveOutWhatWasNotMeasured() {
    #expect(summary([.plain], [metrics(0, seconds: .nan), metrics(1), metrics(2)]).seconds == 1)
  }

  @Test func aLossThatIsNotFiniteAtTheEndDiverged() {
    #expect(summary([.plain], [metrics(0), metrics(1, train: .nan)]).diverged)
    // What was met on the way to the initialization need not have been measured.
    #expect(!summary([.plain], [metrics(0, train: .nan)]).diverged)
    #expect(!summary([.plain], [metrics(1, train: .nan), metrics(2)]).diverged)
    #expect(!summary().diverged)
  }

  @Test func dataAreTheSameWhereNameSizeAndFilesAre() {
    func data(_ name: String, _ examples: Int, _ files: [FileFingerprint] = []) -> RunSummary {
      summary(
        [.plain],
        data: DataDescription(
          name: name, files: files, normalization: Normalization(), classNames: [],
          trainingExamples: examples, testExamples: 1))
    }
    let mnist = data("MNIST", 4000, [FileFingerprint(name: "a", sha256: "1")])
    #expect(mnist.sharesData(with: mnist))
    #expect(mnist.sharesData(with: data("MNIST", 4000)))
    #expect(!mnist.sharesData(with: data("MNIST", 60_000)))
    #expect(!mnist.sharesData(with: data("KMNIST", 4000)))
    #expect(
      !mnist.sharesData(with: data("MNIST", 4000, [FileFingerprint(name: "a", sha256: "2")])))
    #expect(!mnist.sharesData(with: summary()))
    #expect(summary().sharesData(with: summary()))
  }

  @Test func readsARunWithoutItsTensors() throws {
    let directory = try TemporaryDirectory()
    let description = summary().description
    var run = try RunDirectory.create(directory.path + "/run", description)
    try run.writeMetrics([metrics(0), metrics(1)])
    try directory.write("run/epoch-0001.safetensors", [1, 2, 3])
    let read = try RunSummary.read(directory.path + "/run")
    #expect(read.description == description)
    #expect(read.metrics.map(\.epoch) == [0, 1])
    #expect(read.recordedEpochs == [1])
    let none = directory.path + "/none"
    #expect(throws: RunError.file(.notFound(path: none))) { try RunSummary.read(none) }
  }
}
