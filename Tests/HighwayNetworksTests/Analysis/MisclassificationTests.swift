import Foundation
import Testing

@testable import HighwayNetworks

@Suite struct MisclassificationTests {
  private static let data = Tiny.data(train: 450)

  private var network: Network {
    var random = RandomSource(seed: 5)
    let gated = Architecture.Layer.highway(
      units: 5, activation: .tanh, gating: .coupled, gateBias: -1)
    var network = Network(
      Architecture(
        input: Shape([6]), classes: 3,
        layers: [.dense(units: 5, activation: .tanh), gated, gated]), random: &random)
    for index in network.parameters.indices { network.parameters[index] += 0.5 * random.normal() }
    return network
  }

  private func wrong(
    _ clamps: GateClamps = GateClamps(), threads: Int = 2, continues: () -> Bool = { true }
  ) -> [Bool]? {
    network.misclassified(
      Self.data.train, shape: Self.data.shape, normalization: Normalization(), clamps: clamps,
      threads: threads, continues: continues)
  }

  @Test(arguments: [false, true])
  func agreesWithPlainFloat64Loops(isHeld: Bool) throws {
    var clamps = GateClamps()
    if isHeld { clamps.hold(GateClamps.Target(layer: 1), at: 0.75) }
    let plain = PlainNetwork(
      network: network, held: { layer, _ in isHeld && layer == 1 ? 0.75 : nil })
    let found = try #require(wrong(clamps))
    let split = Self.data.train
    #expect(found.count == split.count)
    for sample in 0..<split.count {
      let pixels = split.pixels[sample * 6..<sample * 6 + 6].map { Double($0) / 255 }
      let probabilities = plain.run(pixels).probabilities
      let sorted = probabilities.sorted(by: >)
      // Where two are as good as alike, float32 may choose either.
      guard sorted[0] - sorted[1] > 1e-5 else { continue }
      let top = probabilities.firstIndex(of: sorted[0])
      #expect(found[sample] == (top != Int(split.labels[sample])), "sample \(sample)")
    }
    #expect(found.contains(true) && found.contains(false))
  }

  @Test func theThreadsDoNotMatter() {
    #expect(wrong(threads: 1) == wrong(threads: 3))
  }

  @Test func countsWhatTheAccuracySays() throws {
    let evaluation = network.evaluate(
      Self.data.train, shape: Self.data.shape, normalization: Normalization())
    let errors = try #require(wrong()).count { $0 }
    #expect(abs(evaluation.accuracy - 1 + Double(errors) / 450) < 1e-12)
  }

  @Test func endsWhereItIsNotWantedAnyMore() {
    #expect(wrong { false } == nil)
  }

  @Test func lossOfATraceIsThatOfItsLabel() {
    for sample in 0..<5 {
      let trace = network.trace(
        sample, of: Self.data.train, shape: Self.data.shape, normalization: Normalization())
      let label = Int(Self.data.train.labels[sample])
      #expect(abs(trace.loss + log(trace.probabilities[label])) < 1e-5)
    }
  }
}
