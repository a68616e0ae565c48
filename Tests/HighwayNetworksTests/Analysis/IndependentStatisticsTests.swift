import Foundation
import Testing

@testable import HighwayNetworks

/// Everything that is computed of gates, against plain float64 loops with a forward pass of their own: all
/// gatings, three runs of different widths joined by plain layers, as it is and with gates held.
@Suite struct IndependentStatisticsTests {
  private static let data = Tiny.data(train: 230)

  private struct Subject: CustomTestStringConvertible {
    let gating: Gating
    let isHeld: Bool
    var testDescription: String { gating.name + (isHeld ? ", held" : "") }
  }

  private static let subjects = FiniteDifferenceTests.gatings.flatMap { gating in
    [false, true].map { Subject(gating: gating, isHeld: $0) }
  }

  private static let runs = [[1, 2], [4, 5, 6], [8]]

  private static func network(_ gating: Gating) -> Network {
    var random = RandomSource(seed: 77)
    let gated = { (units: Int) in
      Architecture.Layer.highway(units: units, activation: .tanh, gating: gating, gateBias: -1)
    }
    let plain = { (units: Int) in Architecture.Layer.dense(units: units, activation: .tanh) }
    var network = Network(
      Architecture(
        input: Shape(features: 6), classes: 3,
        layers: [
          plain(5), gated(5), gated(5), plain(4), gated(4), gated(4), gated(4), plain(7), gated(7),
        ]), random: &random)
    for index in network.parameters.indices { network.parameters[index] += 0.5 * random.normal() }
    return network
  }

  private static func held(_ layer: Int, _ unit: Int) -> Double? {
    switch (layer, unit) {
    case (2, _): 0.25
    case (5, 1): 1
    case (8, 6): 0
    default: nil
    }
  }

  private static var clamps: GateClamps {
    var clamps = GateClamps()
    clamps.hold(GateClamps.Target(layer: 2), at: 0.25)
    clamps.hold(GateClamps.Target(layer: 5, unit: 1), at: 1)
    clamps.hold(GateClamps.Target(layer: 8, unit: 6), at: 0)
    return clamps
  }

  private func mean(_ values: some Collection<Double>) -> Double {
    values.reduce(0, +) / Double(max(1, values.count))
  }

  /// Layers count from the network's first; gates by sample.
  private func expected(_ subject: Subject) -> [[Int: PlainNetwork.Gates]] {
    let plain = PlainNetwork(
      network: Self.network(subject.gating),
      held: { layer, unit in subject.isHeld ? Self.held(layer, unit) : nil })
    return (0..<Self.data.train.count).map { sample in
      plain.run(Self.data.train.pixels[sample * 6..<sample * 6 + 6].map { Double($0) / 255 }).gates
    }
  }

  private func statistics(_ subject: Subject) -> GateStatistics {
    Inference(
      Self.network(subject.gating), clamps: subject.isHeld ? Self.clamps : GateClamps()
    ).statistics(of: Tiny.samples(Self.data), threads: 2)
  }

  @Test(arguments: subjects)
  private func eachLayerIsTheDefinitions(_ subject: Subject) throws {
    let samples = expected(subject)
    let statistics = statistics(subject)
    let labels = try #require(Self.data.train.labels)
    #expect(statistics.layers.map(\.layer) == Self.runs.flatMap { $0 })
    for layer in statistics.layers {
      let gates = samples.compactMap { $0[layer.layer] }
      for unit in 0..<layer.units {
        let t = gates.map { $0.t[unit] }
        let average = mean(t)
        let variance = mean(t.map { ($0 - average) * ($0 - average) })
        #expect(abs(Double(layer.meanT[unit]) - average) < 1e-5)
        #expect(abs(Double(layer.stdT[unit]) - variance.squareRoot()) < 1e-5)
        #expect(abs(Double(layer.minT[unit]) - (t.min() ?? .nan)) < 1e-5)
        #expect(abs(Double(layer.maxT[unit]) - (t.max() ?? .nan)) < 1e-5)
        #expect(abs(Double(layer.meanC[unit]) - mean(gates.map { $0.c[unit] })) < 1e-5)
        var between = 0.0
        for label in 0..<3 {
          let own = zip(t, labels).filter { $1 == label }.map(\.0)
          #expect(abs(Double(layer.classMeanT[label * layer.units + unit]) - mean(own)) < 1e-5)
          between += Double(own.count) / Double(t.count) * pow(mean(own) - average, 2)
        }
        let share = variance > 1e-10 ? between / variance : 0
        #expect(abs(Double(layer.classShare[unit]) - share) < 1e-3)
      }
      // Also of the first layer of a run, whose input comes from a plain one.
      let change = gates.flatMap { zip($0.y, $0.x).map { abs($0 - $1) } }
      #expect(abs(layer.change - mean(change)) < 1e-5, "layer \(layer.layer)")
      let last = try #require(Self.runs.first { $0.contains(layer.layer) }?.last)
      let error = samples.flatMap { sample in
        zip(sample[layer.layer]?.y ?? [], sample[last]?.y ?? []).map { $0 - $1 }
      }
      let average = mean(error)
      #expect(abs(layer.estimationErrorMean - average) < 1e-5)
      let deviation = mean(error.map { ($0 - average) * ($0 - average) }).squareRoot()
      #expect(abs(layer.estimationErrorStd - deviation) < 1e-5)
    }
  }

  @Test(arguments: subjects)
  private func theWholeDepthIsTheDefinitions(_ subject: Subject) throws {
    let samples = expected(subject)
    let statistics = statistics(subject)
    let order = Self.runs.flatMap { $0 }
    func means(_ layer: Int, _ part: (PlainNetwork.Gates) -> [Double]) -> [Double] {
      let values = samples.compactMap { $0[layer].map(part) }
      return (values.first ?? []).indices.map { unit in mean(values.map { $0[unit] }) }
    }
    // Path lengths by every subset of the layers that transform.
    let probabilities = order.map { mean(means($0, \.t)) }
    var lengths = [Double](repeating: 0, count: order.count + 1)
    for subset in 0..<(1 << order.count) {
      var product = 1.0
      for (index, p) in probabilities.enumerated() {
        product *= subset >> index & 1 == 1 ? p : 1 - p
      }
      lengths[subset.nonzeroBitCount] += product
    }
    #expect(statistics.pathLengths.count == lengths.count)
    for (found, expected) in zip(statistics.pathLengths, lengths) {
      #expect(abs(found - expected) < 1e-5)
    }
    #expect(abs(statistics.meanPathLength - probabilities.reduce(0, +)) < 1e-4)

    // The carry product of each run so far; that of the last run stands alone as well.
    var expectedProducts: [[Double]] = []
    for run in Self.runs {
      var product: [Double] = []
      for layer in run {
        let carry = means(layer, \.c)
        product = product.isEmpty ? carry : zip(product, carry).map(*)
        expectedProducts.append(product)
      }
    }
    #expect(statistics.carryProducts.map(\.count) == expectedProducts.map(\.count))
    for (found, expected) in zip(statistics.carryProducts.joined(), expectedProducts.joined()) {
      #expect(abs(found - expected) < 1e-5)
    }
    #expect(statistics.carryProduct.count == 7)

    guard subject.gating.learnsTransformGate else {
      #expect(statistics.selectivityOverUnits.allSatisfy { $0 == nil })
      #expect(statistics.selectivityOverLayers == nil)
      return
    }
    let network = Self.network(subject.gating)
    let biases = try order.map { layer in
      let tensor = try #require(
        network.layout.tensors.first { $0.name == "layers.\(layer).gate.bias" })
      return network.parameters[tensor.range].map(Double.init)
    }
    for (index, layer) in order.enumerated() {
      let expected = correlation(biases[index], means(layer, \.t))
      // A layer that is held as a whole has no spread.
      guard !(subject.isHeld && layer == 2) else { continue }
      #expect(abs(try #require(statistics.selectivityOverUnits[index]) - expected) < 1e-4)
    }
    let overLayers = correlation(biases.map { mean($0) }, probabilities)
    #expect(abs(try #require(statistics.selectivityOverLayers) - overLayers) < 1e-4)
  }

  private func correlation(_ x: [Double], _ y: [Double]) -> Double {
    let (meanX, meanY) = (mean(x), mean(y))
    let covariance = zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) }
    let spreadX = x.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) }
    let spreadY = y.reduce(0) { $0 + ($1 - meanY) * ($1 - meanY) }
    return covariance / (spreadX * spreadY).squareRoot()
  }
}
