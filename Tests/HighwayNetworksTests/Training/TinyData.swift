@testable import HighwayNetworks

/// Small data sets and networks for tests of training and analysis.
enum Tiny {
  /// Images of 6 pixels in 3 classes: class c is bright at pixels 2c and 2c + 1, with noise.
  static func data(train: Int, test: Int = 0, noise: UInt64 = 90) -> DataSet {
    var random = RandomSource(seed: 11)
    func split(_ count: Int) -> DataSet.Split {
      var pixels: [UInt8] = []
      var labels: [UInt8] = []
      for _ in 0..<count {
        let label = UInt8(random.next(upperBound: UInt64(3)))
        labels.append(label)
        for pixel in 0..<6 {
          let level: UInt64 = pixel / 2 == Int(label) ? 150 : 10
          pixels.append(UInt8(level + random.next(upperBound: noise)))
        }
      }
      return DataSet.Split(pixels: pixels, labels: labels)
    }
    return DataSet(
      name: "tiny", shape: .image(channels: 1, height: 2, width: 3), classNames: ["a", "b", "c"],
      train: split(train),
      test: split(test))
  }

  /// The training images of a data set as inputs between 0 and 1.
  static func samples(_ data: DataSet, first count: Int? = nil) -> Samples {
    Samples(data.train, shape: data.shape, normalization: Normalization(), first: count)
  }

  static func architecture(
    _ gating: Gating = .coupled, units: Int = 5, layers: Int = 3, gateBias: Float? = -1
  ) -> Architecture {
    Architecture(
      input: Shape(features: 6), classes: 3,
      layers: [.dense(units: units, activation: .tanh)]
        + Array(
          repeating: .highway(
            units: units, activation: .tanh, gating: gating, gateBias: gateBias), count: layers))
  }

  /// Two runs of gated layers of different width, joined by a plain layer, with gates that differ from unit to unit.
  static func twoRuns(_ gating: Gating, secondRun: Int = 3, seed: UInt64) -> Network {
    func gated(_ units: Int, _ count: Int) -> [Architecture.Layer] {
      Array(
        repeating: .highway(units: units, activation: .tanh, gating: gating, gateBias: -1),
        count: count)
    }
    var random = RandomSource(seed: seed)
    var network = Network(
      Architecture(
        input: Shape(features: 6), classes: 3,
        layers: [.dense(units: 5, activation: .tanh)] + gated(5, 2)
          + [.dense(units: 4, activation: .relu)] + gated(4, secondRun)), random: &random)
    for index in network.parameters.indices { network.parameters[index] += 0.5 * random.normal() }
    return network
  }
}
