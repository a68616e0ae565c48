import Foundation
import Testing

@testable import HighwayNetworks

@Suite struct OutcomesTests {
  private static let data = Tiny.data(train: 450)

  private var network: Network {
    var random = RandomSource(seed: 5)
    let gated = Architecture.Layer.highway(
      units: 5, activation: .tanh, gating: .coupled, gateBias: -1)
    var network = Network(
      Architecture(
        input: Shape(features: 6), classes: 3,
        layers: [.dense(units: 5, activation: .tanh), gated, gated]), random: &random)
    for index in network.parameters.indices { network.parameters[index] += 0.5 * random.normal() }
    return network
  }

  private func isRight(_ clamps: GateClamps = GateClamps(), threads: Int = 2) -> [Bool] {
    Inference(network, clamps: clamps).outcomes(of: Tiny.samples(Self.data), threads: threads)
      .isRight
  }

  @Test(arguments: [false, true])
  func agreesWithPlainFloat64Loops(isHeld: Bool) throws {
    var clamps = GateClamps()
    if isHeld { clamps.hold(GateClamps.Target(layer: 1), at: 0.75) }
    let plain = PlainNetwork(
      network: network, held: { layer, _ in isHeld && layer == 1 ? 0.75 : nil })
    let found = isRight(clamps)
    let split = Self.data.train
    let labels = try #require(split.labels)
    #expect(found.count == split.count)
    for sample in 0..<split.count {
      let pixels = split.pixels[sample * 6..<sample * 6 + 6].map { Double($0) / 255 }
      let probabilities = plain.run(pixels).probabilities
      let sorted = probabilities.sorted(by: >)
      // Where two are as good as alike, float32 may choose either.
      guard sorted[0] - sorted[1] > 1e-5 else { continue }
      let top = probabilities.firstIndex(of: sorted[0])
      #expect(found[sample] == (top == Int(labels[sample])), "sample \(sample)")
    }
    #expect(found.contains(true) && found.contains(false))
  }

  @Test func theThreadsDoNotMatter() {
    #expect(isRight(threads: 1) == isRight(threads: 3))
  }

  @Test func countsWhatTheStatisticsSay() {
    let statistics = Inference(network).statistics(of: Tiny.samples(Self.data))
    let outcomes = Inference(network).outcomes(of: Tiny.samples(Self.data))
    #expect(outcomes.accuracy == statistics.accuracy)
    #expect(abs(outcomes.loss - (statistics.loss ?? .nan)) < 1e-12)
  }

  @Test func endsWhereItIsNotWantedAnyMore() {
    let outcomes = Inference(network).outcomes(of: Tiny.samples(Self.data)) { _ in false }
    #expect(outcomes == nil)
  }

  @Test func lossOfATraceIsThatOfItsLabel() throws {
    for sample in 0..<5 {
      let trace = Inference(network).trace(sample, of: Tiny.samples(Self.data))
      let label = try #require(Self.data.train.label(of: sample))
      #expect(abs((trace.loss ?? .nan) + log(trace.probabilities[label])) < 1e-5)
    }
  }
}
