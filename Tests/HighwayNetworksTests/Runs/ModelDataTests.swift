import Foundation
import HighwayNetworks
import TensorFiles
import TestSupport
import Testing

struct ModelDataTests {
  private let temporary: TemporaryDirectory
  private let images: [UInt8] = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 10, 20]
  private let labels: [UInt8] = [0, 0, 8, 1, 0, 0, 0, 2, 0, 9]

  init() throws { temporary = try TemporaryDirectory() }

  /// Writes the splits of a data set of two images of one pixel.
  private func place(_ name: String, _ splits: [String]) throws -> String {
    let path = temporary.path + "/" + name
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for split in splits {
      try temporary.write("\(name)/\(split)-images-idx3-ubyte", images)
      try temporary.write("\(name)/\(split)-labels-idx1-ubyte", labels)
    }
    return path
  }

  /// A network in no file, which says what it was trained on.
  private func model(data name: String?, inputs: Int = 1, classes: Int = 10) throws -> ModelSource {
    let architecture = Architecture(input: Shape(features: inputs), classes: classes, layers: [])
    var random = RandomSource(seed: 1)
    let description = RunDescription(
      architecture: architecture,
      data: name.map {
        DataDescription(
          name: $0, files: [], normalization: Normalization(mean: [0.5], std: [0.5]),
          classNames: (0..<10).map(String.init), trainingExamples: 2, testExamples: 2)
      })
    return ModelSource(
      new: Checkpoint(
        Network(architecture, random: &random), epoch: 0, run: description.json),
      EpochMetrics(
        epoch: 0, step: 0, learningRate: 0, trainLoss: 1, trainAccuracy: 0, testLoss: 1,
        testAccuracy: 0, seconds: 0))
  }

  @Test func aPlaceWithBothSplitsComesBeforeOneWithAPart() throws {
    let part = try place("part", ["t10k"])
    let whole = try place("whole", ["train", "t10k"])
    let found = try ModelData(for: try model(data: "MNIST"), in: [part, whole])
    #expect(found.path == whole && found.set.name == "MNIST")
    #expect(found.normalization == Normalization(mean: [0.5], std: [0.5]))
    #expect(found.samples(found.set.test, first: 1).count == 1)
    #expect(try ModelData(for: try model(data: "MNIST"), in: [part]).path == part)
  }

  @Test func saysWhyThereIsNone() throws {
    let here = try place("here", ["train", "t10k"])
    let missing = temporary.path + "/nowhere"
    #expect(throws: ModelDataError.unnamed) {
      try ModelData(for: try model(data: nil), in: [here])
    }
    #expect(throws: ModelDataError.missing(name: "MNIST")) {
      try ModelData(for: try model(data: "MNIST"), in: [])
    }
    #expect(throws: ModelDataError.unreadable(.file(.notFound(path: missing)))) {
      try ModelData(missing, for: try model(data: "MNIST"))
    }
    let tooMany = SamplesError.tooManyClasses(expected: 3, data: "MNIST", found: 10)
    #expect(throws: ModelDataError.unfit(tooMany)) {
      try ModelData(for: try model(data: "MNIST", classes: 3), in: [here])
    }
    let wrong = SamplesError.wrongInput(
      expected: Shape(features: 4), data: "MNIST",
      found: Shape(positions: [1, 1], features: 1))
    #expect(throws: ModelDataError.unfit(wrong)) {
      try ModelData(for: try model(data: "MNIST", inputs: 4), in: [here])
    }
  }

  @Test func aNewNetworkIsItsOwnEpoch() throws {
    let new = try model(data: "MNIST")
    #expect(new.isNew && new.run == nil && new.epochs == [0] && new.metrics.count == 1)
    #expect(try new.network(epoch: 0).architecture == new.architecture)
    #expect(new.dataName == "MNIST")
  }
}
