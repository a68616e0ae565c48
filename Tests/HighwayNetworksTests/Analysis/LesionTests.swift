import Foundation
import Testing

@testable import HighwayNetworks

/// Lesions and clamps against plain float64 loops.
@Suite struct LesionTests {
  private static let data = Tiny.data(train: 230)

  private func network(_ gating: Gating) -> Network {
    Tiny.twoRuns(gating, secondRun: 2, seed: 31)
  }

  private func inputs() -> [[Double]] {
    (0..<Self.data.train.count).map { example in
      Self.data.train.pixels[example * 6..<example * 6 + 6].map { Double($0) / 255 }
    }
  }

  private func outcome(
    _ network: Network, holding held: @escaping (Int, Int) -> Double?
  ) -> (loss: Double, error: Double, classError: [Double]) {
    let plain = PlainNetwork(network: network, held: held)
    var loss = 0.0
    var wrong = [0.0, 0, 0]
    var members = [0.0, 0, 0]
    for (input, label) in zip(inputs(), Self.data.train.labels ?? []) {
      let probabilities = plain.run(input).probabilities
      loss -= log(probabilities[Int(label)])
      members[Int(label)] += 1
      let top = probabilities.indices.max { probabilities[$0] < probabilities[$1] }
      if top != Int(label) { wrong[Int(label)] += 1 }
    }
    let count = Double(Self.data.train.count)
    return (loss / count, wrong.reduce(0, +) / count, zip(wrong, members).map { $0 / $1 })
  }

  @Test func chosenLayersAloneAreLesioned() {
    let network = network(.coupled)
    func sweep(_ lesioned: [Int]?, _ clamps: GateClamps = GateClamps()) -> LesionSweep {
      Inference(network, clamps: clamps).lesions(of: Tiny.samples(Self.data), lesioned: lesioned)
    }
    let all = sweep(nil)
    let some = sweep([4])
    #expect(some.baseline == all.baseline)
    #expect(some.layers.map(\.layer) == [4] && some.layers[0].outcome == all.layers[2].outcome)
    var clamps = GateClamps()
    clamps.hold(GateClamps.Target(layer: 4), at: 0)
    let held = sweep([], clamps)
    #expect(held.layers.isEmpty && abs(held.baseline.loss - all.layers[2].outcome.loss) < 1e-6)
    #expect(held.baseline.classError == all.layers[2].outcome.classError)
    clamps.hold(GateClamps.Target(layer: 4, unit: 1), at: 0.5)
    #expect(clamps.value(layer: 4, unit: 0) == 0 && clamps.value(layer: 4, unit: 1) == 0.5)
    #expect(clamps.value(layer: 2, unit: 1) == nil)
  }

  @Test(arguments: FiniteDifferenceTests.gatings)
  func sweepLesionsEachLayerInTurn(_ gating: Gating) {
    let network = network(gating)
    let sweep = Inference(network).lesions(of: Tiny.samples(Self.data), threads: 2)
    let baseline = outcome(network) { _, _ in nil }
    #expect(abs(sweep.baseline.loss - baseline.loss) < 1e-5)
    #expect(sweep.baseline.error == baseline.error)
    #expect(sweep.layers.map(\.layer) == [1, 2, 4, 5])
    for (layer, found) in sweep.layers {
      let expected = outcome(network) { index, _ in index == layer ? 0 : nil }
      #expect(abs(found.loss - expected.loss) < 1e-5 * max(1, expected.loss), "layer \(layer)")
      #expect(found.error == expected.error && found.classError == expected.classError)
    }
  }

  @Test(arguments: FiniteDifferenceTests.gatings)
  func clampsHoldLayersAndUnits(_ gating: Gating) {
    let network = network(gating)
    var clamps = GateClamps()
    clamps.hold(.init(layer: 2), at: 0.75)
    clamps.hold(.init(layer: 2, unit: 3), at: 0)
    clamps.hold(.init(layer: 5, unit: 1), at: 1)
    let inference = Inference(network, clamps: clamps)
    let statistics = inference.statistics(of: Tiny.samples(Self.data))
    let held = { (layer: Int, unit: Int) -> Double? in
      switch (layer, unit) {
      case (2, 3): 0
      case (2, _): 0.75
      case (5, 1): 1
      default: nil
      }
    }
    #expect(abs((statistics.loss ?? .nan) - outcome(network, holding: held).loss) < 1e-5)
    let plain = PlainNetwork(network: network, held: held)
    let runs = inputs().map { plain.run($0).gates }
    for layer in statistics.layers {
      for unit in 0..<layer.units {
        let t = runs.reduce(0) { $0 + ($1[layer.layer]?.t[unit] ?? 0) } / Double(runs.count)
        let c = runs.reduce(0) { $0 + ($1[layer.layer]?.c[unit] ?? 0) } / Double(runs.count)
        #expect(abs(Double(layer.meanT[unit]) - t) < 1e-5)
        #expect(abs(Double(layer.meanC[unit]) - c) < 1e-5)
      }
    }
    let trace = inference.trace(7, of: Tiny.samples(Self.data))
    for layer in trace.layers {
      let expected = runs[7][layer.layer]
      for unit in layer.transformGate.indices {
        #expect(abs(Double(layer.transformGate[unit]) - (expected?.t[unit] ?? -1)) < 1e-5)
        #expect(abs(Double(layer.carryGate[unit]) - (expected?.c[unit] ?? -1)) < 1e-5)
        #expect(abs(Double(layer.blockOutput[unit]) - (expected?.y[unit] ?? -1)) < 1e-5)
      }
    }
  }

  @Test(arguments: [Gating.coupled, .residual, .transformOnly, .frozen(p: 0.3)])
  func lesionedLayerReturnsItsInputBitForBit(_ gating: Gating) throws {
    let network = network(gating)
    var clamps = GateClamps()
    clamps.hold(.init(layer: 2), at: 0)
    let stack = LayerStack(network.architecture, holding: clamps)
    let parameters = FloatBuffer(network.parameters)
    let workspace = Workspace(stack, capacity: 230, for: .statistics)
    BatchReader(Tiny.samples(Self.data), for: stack).read(0..<230, into: workspace)
    _ = stack.forward(parameters.all, in: workspace)
    let input = workspace.input(of: 2).array.map(\.bitPattern)
    #expect(workspace.output(of: 2).array.map(\.bitPattern) == input)
    #expect(workspace.output(of: 1).array.map(\.bitPattern) == input)
  }

  @Test func anInfiniteBlockStateDoesNotPassAClosedGate() {
    let gates = FloatBuffer(count: 4)
    gates.all.assign([.infinity, .nan, 0.5, 0.5])
    let x = FloatBuffer(count: 2)
    x.all.assign([-0.0, 3])
    let y = FloatBuffer(count: 2)
    let held = FloatBuffer(count: 2)
    hold(
      held.all, gates: gates.all, input: x.all, output: y.all, rows: 1, gating: .coupled)
    #expect(y.all.array.map(\.bitPattern) == x.all.array.map(\.bitPattern))
    #expect(gates[2..<4].array == [0, 0])
  }

  @Test func laterClampsCountMoreAndReleaseUndoes() {
    var clamps = GateClamps()
    clamps.hold(.init(layer: 1, unit: 0), at: 1)
    clamps.hold(.init(layer: 1), at: 0.5)
    #expect(clamps.values(layer: 1, units: 2) == [0.5, 0.5])
    clamps.hold(.init(layer: 1, unit: 0), at: 0.25)
    #expect(clamps.values(layer: 1, units: 2) == [0.25, 0.5])
    clamps.release(.init(layer: 1))
    #expect(clamps.values(layer: 1, units: 2)?[0] == 0.25)
    #expect(clamps.values(layer: 1, units: 2)?[1].isNaN == true)
    #expect(clamps.values(layer: 2, units: 2) == nil)
    clamps.release(.init(layer: 1, unit: 0))
    #expect(clamps.isEmpty)
  }

  @Test(arguments: FiniteDifferenceTests.gatings)
  func gatesHeldAtTheirMeansDoNotDependOnTheInput(_ gating: Gating) {
    let network = network(gating)
    func statistics(_ clamps: GateClamps) -> GateStatistics {
      Inference(network, clamps: clamps).statistics(of: Tiny.samples(Self.data))
    }
    let free = statistics(GateClamps())
    let held = statistics(GateClamps(meansOf: free))
    for (layer, original) in zip(held.layers, free.layers) {
      #expect(layer.meanT == original.meanT && layer.stdT.allSatisfy { $0 == 0 })
    }
    let loss = (free: free.loss ?? .nan, held: held.loss ?? .nan)
    #expect((abs(loss.held - loss.free) < 1e-6) != gating.learnsTransformGate)
  }

  @Test func sweepDoesNotDependOnThreadsAndCanBeStopped() {
    let inference = Inference(network(.coupled))
    let samples = Tiny.samples(Self.data)
    let sweeps = [1, 3].map { inference.lesions(of: samples, threads: $0) }
    #expect(sweeps[0].baseline == sweeps[1].baseline)
    #expect(sweeps[0].layers.map(\.outcome) == sweeps[1].layers.map(\.outcome))
    #expect(inference.lesions(of: samples, threads: 1) { _ in false } == nil)
  }
}
