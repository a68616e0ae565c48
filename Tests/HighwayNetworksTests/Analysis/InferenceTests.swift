import Foundation
import TestSupport
import Testing

@testable import HighwayNetworks

/// What somebody who uses the library meets: forward passes, and data that do not fit.
@Suite struct InferenceTests {
  private static let data = Tiny.data(train: 230)

  private static func network(classes: Int? = 3) -> Network {
    var random = RandomSource(seed: 5)
    let whole = Tiny.architecture()
    return Network(
      Architecture(input: whole.input, classes: classes, layers: whole.layers), random: &random)
  }

  @Test func oneInputGivesWhatTheBatchGives() throws {
    let inference = Inference(Self.network())
    let all = inference.probabilities(of: Tiny.samples(Self.data))
    #expect(all.count == 230 * 3)
    for sample in [0, 7, 229] {
      let pixels = Self.data.train.pixels[sample * 6..<sample * 6 + 6]
      let answer = try inference(pixels.map { Float($0) / 255 })
      for label in 0..<3 {
        #expect(abs(answer.probabilities[label] - all[sample * 3 + label]) < 1e-6)
      }
      let sum = answer.output.reduce(0) { $0 + exp($1) }
      #expect(abs(answer.probabilities[1] - exp(answer.output[1]) / sum) < 1e-6)
    }
  }

  @Test func anInputOfAnotherSizeIsRefused() {
    #expect(throws: InputError(expected: 6, found: 5)) {
      try Inference(Self.network())([1, 2, 3, 4, 5])
    }
  }

  @Test func aNetworkWithoutAnOutputShowsItsGates() throws {
    let network = Self.network(classes: nil)
    #expect(!network.layout.tensors.contains { $0.name.hasPrefix("output.") })
    let inference = Inference(network)
    let statistics = inference.statistics(of: Tiny.samples(Self.data))
    #expect(statistics.loss == nil && statistics.accuracy == nil)
    #expect(statistics.samplesByClass.reduce(0, +) == 230, "groups are the labels all the same")
    let answer = try inference([0, 0, 0, 0, 0, 0])
    #expect(answer.probabilities.isEmpty && answer.output.count == 5)
    let trace = inference.trace(3, of: Tiny.samples(Self.data))
    #expect(trace.loss == nil && trace.probabilities.isEmpty && trace.layers.count == 3)
    #expect(try Architecture(json: network.architecture.json) == network.architecture)
  }

  @Test func samplesWithoutLabelsHaveGatesAndProbabilities() {
    let split = DataSet.Split(unlabelled: Self.data.train.pixels, count: 230)
    let unlabelled = Samples(split, shape: Self.data.shape, normalization: Normalization())
    let inference = Inference(Self.network())
    let found = inference.statistics(of: unlabelled)
    let labelled = inference.statistics(of: Tiny.samples(Self.data))
    #expect(found.loss == nil && found.samplesByClass.isEmpty)
    for (one, other) in zip(found.layers, labelled.layers) {
      #expect(relativeError(one.meanT, other.meanT.map(Double.init)) < 1e-6)
      #expect(one.histogram == other.histogram && one.cellsByClass.isEmpty)
      #expect(abs(one.cells.carried - other.cells.carried) < 1e-9)
    }
    #expect(
      inference.probabilities(of: unlabelled)
        == inference.probabilities(of: Tiny.samples(Self.data)))
  }

  @Test func aGroupingTakesTheClassesPlace() throws {
    let groups = (0..<230).map { Int32($0 % 5) - 1 }
    let samples = Samples(
      Self.data.train, shape: Self.data.shape, normalization: Normalization(),
      grouping: Grouping(groups, count: 4))
    let inference = Inference(Self.network())
    let statistics = inference.statistics(of: samples)
    #expect(statistics.samplesByClass == [46, 46, 46, 46])
    #expect(statistics.loss == inference.statistics(of: Tiny.samples(Self.data)).loss)
    let layer = try #require(statistics.layers.first)
    for group in 0..<4 {
      let members = (0..<230).filter { groups[$0] == Int32(group) }
      let gates = members.map {
        Double(inference.trace($0, of: samples).layers[0].transformGate[2])
      }
      let mean = gates.reduce(0, +) / 46
      #expect(abs(Double(layer.classMeanT[group * 5 + 2]) - mean) < 1e-6)
    }
  }

  @Test func dataThatDoNotFitAreErrors() {
    let network = Self.network()
    func failure(
      _ data: DataSet, _ normalization: Normalization? = Normalization()
    ) -> SamplesError? {
      do {
        _ = try Samples(
          data.train, of: data, for: network.architecture, normalization: normalization)
        return nil
      } catch { return error }
    }
    func data(_ shape: Shape, classes: Int) -> DataSet {
      DataSet(
        name: "other", shape: shape, classNames: (0..<classes).map(String.init),
        train: DataSet.Split(
          pixels: [UInt8](repeating: 0, count: shape.count), labels: [0]), test: .empty)
    }
    let long = Shape.image(channels: 1, height: 7, width: 1)
    #expect(
      failure(data(long, classes: 3))
        == .wrongInput(expected: Shape(features: 6), data: "other", found: long))
    let image = Shape.image(channels: 1, height: 2, width: 3)
    #expect(
      failure(data(image, classes: 4)) == .tooManyClasses(expected: 3, data: "other", found: 4))
    #expect(failure(data(image, classes: 3), nil) == .normalizationMissing(data: "other"))
    let twoChannels = Normalization(mean: [0, 0], std: [1, 1])
    #expect(
      failure(data(image, classes: 3), twoChannels)
        == .wrongNormalization(data: "other", channels: 1, found: 2))
    #expect(failure(Self.data) == nil)
  }

  @Test func whatCannotBeTrainedIsRefused() throws {
    var random = RandomSource(seed: 1)
    let description = RunDescription(
      architecture: Tiny.architecture(), data: nil, hyperparameters: nil, version: "1")
    let directory = try TemporaryDirectory()
    let path = directory.path + "/run"
    #expect(throws: RunError.notTrainable(path: path, missing: "hyper-parameters")) {
      _ = try TrainingRun.begin(path, description, data: Self.data)
    }
    let network = Network(Tiny.architecture(), random: &random)
    #expect(throws: SamplesError.nothingToTrainOn(data: "tiny")) {
      _ = try Trainer(
        network, data: Tiny.data(train: 0, test: 5), normalization: Normalization(),
        hyperparameters: Hyperparameters(), random: random)
    }
    #expect(throws: SamplesError.noOutput(data: "tiny")) {
      _ = try Trainer(
        Self.network(classes: nil), data: Self.data, normalization: Normalization(),
        hyperparameters: Hyperparameters(), random: random)
    }
  }
}
