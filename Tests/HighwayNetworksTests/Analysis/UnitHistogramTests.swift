import Testing

@testable import HighwayNetworks

@Suite struct UnitHistogramTests {
  private static let data = Tiny.data(train: 450)

  private func network(_ gating: Gating) -> Network {
    var random = RandomSource(seed: 5)
    let gated = Architecture.Layer.highway(
      units: 5, activation: .tanh, gating: gating,
      gateBias: gating.learnsTransformGate ? -1 : nil)
    var network = Network(
      Architecture(
        input: Shape(features: 6), classes: 3,
        layers: [.dense(units: 5, activation: .tanh), gated, gated, gated]), random: &random)
    for index in network.parameters.indices { network.parameters[index] += 0.5 * random.normal() }
    return network
  }

  private func histogram(
    _ network: Network, samples: Int? = nil, threads: Int = 2
  ) -> UnitHistogram {
    Inference(network).histogram(
      layer: 2, unit: 3, over: Tiny.samples(Self.data, first: samples), threads: threads)
  }

  @Test(arguments: [Gating.coupled, .full, .residual])
  func agreesWithPlainFloat64Loops(gating: Gating) {
    let network = network(gating)
    let plain = PlainNetwork(network: network)
    let found = histogram(network)
    let split = Self.data.train
    var gates = [[Double]](repeating: [], count: 3)
    for sample in 0..<split.count {
      let pixels = split.pixels[sample * 6..<sample * 6 + 6].map { Double($0) / 255 }
      gates[split.label(of: sample) ?? 0].append(plain.run(pixels).gates[2]?.t[3] ?? .nan)
    }
    for label in 0..<3 {
      let own = gates[label]
      #expect(found.samplesByClass[label] == own.count)
      #expect(abs(found.means[label] - own.reduce(0, +) / Double(own.count)) < 1e-6)
      #expect(found.counts[label].reduce(0) { $0 + Int($1) } == own.count)
      for bin in 0..<64 {
        // A gate next to an edge may fall on either side in float32.
        let sure = own.count { min(63, Int($0 * 64)) == bin && isInside($0) }
        let near = own.count { !isInside($0) && abs($0 * 64 - Double(bin)) < 1.01 }
        #expect((sure...sure + near).contains(Int(found.counts[label][bin])))
      }
    }
  }

  private func isInside(_ gate: Double) -> Bool {
    gate >= 1 || abs(gate * 64 - (gate * 64).rounded()) > 1e-4
  }

  @Test func agreesWithTheStatistics() {
    let network = network(.coupled)
    let all = Inference(network).statistics(of: Tiny.samples(Self.data))
    let found = histogram(network)
    let layer = all.layers[1]
    for bin in 0..<64 {
      #expect(found.counts.reduce(0) { $0 + $1[bin] } == layer.histogram[3 * 64 + bin])
    }
    for label in 0..<3 {
      #expect(abs(found.means[label] - Double(layer.classMeanT[label * 5 + 3])) < 1e-6)
    }
  }

  @Test func resultDoesNotDependOnThreadsAndTakesTheFirstSamples() {
    let network = network(.coupled)
    #expect(histogram(network, threads: 1).means == histogram(network, threads: 3).means)
    #expect(histogram(network, samples: 7).samplesByClass.reduce(0, +) == 7)
    #expect(histogram(network, samples: 0).means == [0, 0, 0])
  }
}
