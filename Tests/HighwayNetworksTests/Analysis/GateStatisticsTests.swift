import Foundation
import Testing

@testable import HighwayNetworks

/// The streaming statistics against the definitions, computed in float64 from every sample's trace.
@Suite struct GateStatisticsTests {
  private static let data = Tiny.data(train: 450)
  private static let thresholds = Thresholds(low: 0.2, high: 0.4)

  private func network(_ gating: Gating) -> Network { Tiny.twoRuns(gating, seed: 21) }

  @Test func pathsAreThoseOfTWhicheverGateIsLookedAt() {
    let statistics = statistics(network(.full))
    let ofC = statistics.showing(.carryGate)
    #expect(ofC.layers[0].meanT == statistics.layers[0].meanC)
    #expect(ofC.pathLengths == statistics.pathLengths)
    #expect(ofC.meanPathLength == statistics.meanPathLength)
  }

  private func statistics(
    _ network: Network, samples: Int? = nil, threads: Int = 2
  )
    -> GateStatistics
  {
    Inference(network).statistics(
      of: Tiny.samples(Self.data, first: samples), thresholds: Self.thresholds, threads: threads)
  }

  @Test func endWhereTheyAreNotWantedAnyMore() throws {
    var looks = 0
    func statistics(until last: Int) -> GateStatistics? {
      Inference(network(.coupled)).statistics(of: Tiny.samples(Self.data), threads: 1) { _ in
        looks += 1
        return looks < last
      }
    }
    #expect(statistics(until: 2) == nil)
    #expect(looks == 2, "nothing is done after that")
    #expect(statistics(until: .max)?.samples == Self.data.train.count)
  }

  @Test func whatDependsOnANaNIsOne() throws {
    var network = network(.coupled)
    let bias = try #require(network.layout.tensors.first { $0.name == "layers.1.gate.bias" })
    network.parameters[bias.range.lowerBound + 2] = .nan
    let statistics = statistics(network)
    let layer = statistics.layers[0]
    for values in [layer.meanT, layer.stdT, layer.meanC, layer.classShare] {
      #expect(values.map(\.isNaN) == [false, false, true, false, false])
    }
    #expect(layer.estimationErrorStd.isNaN)
    #expect(!statistics.pathLengths.contains { !$0.isNaN })
    #expect(statistics.accuracy == 0, "no class has the greatest logit")
  }

  /// Logits that lie so close that their probabilities round to the same.
  @Test func allCountTheSameSamplesAsRight() throws {
    var network = network(.coupled)
    for tensor in network.layout.tensors where tensor.name.hasPrefix("output.") {
      for index in tensor.range {
        network.parameters[index] *= tensor.name.hasSuffix("bias") ? 0 : 1e-8
      }
    }
    let accuracy = try #require(statistics(network).accuracy)
    let inference = Inference(network)
    let samples = Tiny.samples(Self.data)
    let error = inference.lesions(of: samples, lesioned: []).baseline.error
    let isRight = inference.outcomes(of: samples).isRight
    #expect(abs(1 - error - accuracy) < 1e-12)
    #expect(isRight.count { !$0 } == Int((error * Double(isRight.count)).rounded()))
  }

  private func traces(_ network: Network) -> [SampleTrace] {
    // Each by a network made ready anew.
    (0..<Self.data.train.count).map {
      Inference(network).trace($0, of: Tiny.samples(Self.data))
    }
  }

  private func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(max(1, values.count))
  }

  @Test func aTraceForgetsTheSampleBefore() {
    let network = network(.full)
    let inference = Inference(network)
    let all = traces(network)
    for sample in [7, 3, 7] {
      let expected = all[sample]
      let found = inference.trace(sample, of: Tiny.samples(Self.data))
      #expect(found.probabilities == expected.probabilities)
      #expect(found.layers.map(\.blockState) == expected.layers.map(\.blockState))
      #expect(found.layers.map(\.transformGate) == expected.layers.map(\.transformGate))
      #expect(found.layers.map(\.carryGate) == expected.layers.map(\.carryGate))
      #expect(found.layers.map(\.blockOutput) == expected.layers.map(\.blockOutput))
    }
  }

  @Test(arguments: FiniteDifferenceTests.gatings)
  func everyQuantityIsItsDefinition(_ gating: Gating) throws {
    let network = network(gating)
    let statistics = statistics(network)
    let traces = traces(network)
    let labels = try #require(Self.data.train.labels)
    #expect(statistics.layers.map(\.layer) == [1, 2, 4, 5, 6])
    #expect(statistics.samples == 450)
    #expect(
      statistics.samplesByClass == (0..<3).map { label in labels.count { $0 == label } })
    let right = zip(traces, labels).count { trace, label in
      trace.probabilities.firstIndex(of: trace.probabilities.max() ?? 0) == Int(label)
    }
    #expect(statistics.accuracy == Double(right) / 450)
    #expect(
      abs(
        (statistics.loss ?? .nan)
          - mean(zip(traces, labels).map { -log(Double($0.probabilities[Int($1)])) })) < 1e-6)

    for (position, layer) in statistics.layers.enumerated() {
      for unit in 0..<layer.units {
        let t = traces.map { Double($0.layers[position].transformGate[unit]) }
        let average = mean(t)
        let variance = mean(t.map { ($0 - average) * ($0 - average) })
        #expect(abs(Double(layer.meanT[unit]) - average) < 1e-6)
        #expect(abs(Double(layer.stdT[unit]) - variance.squareRoot()) < 1e-6)
        // A product of many examples may round otherwise than that of one.
        #expect(abs(Double(layer.minT[unit]) - (t.min() ?? 0)) < 1e-6)
        #expect(abs(Double(layer.maxT[unit]) - (t.max() ?? 0)) < 1e-6)
        let c = traces.map { Double($0.layers[position].carryGate[unit]) }
        #expect(abs(Double(layer.meanC[unit]) - mean(c)) < 1e-6)
        var between = 0.0
        for label in 0..<3 {
          let own = mean(zip(t, labels).filter { $1 == label }.map(\.0))
          #expect(abs(Double(layer.classMeanT[label * layer.units + unit]) - own) < 1e-6)
          #expect(abs(Double(layer.classDeviation(unit, class: label)) - (own - average)) < 2e-6)
          between +=
            Double(statistics.samplesByClass[label]) / 450 * (own - average) * (own - average)
        }
        let share = variance > 1e-12 ? between / variance : 0
        #expect(abs(Double(layer.classShare[unit]) - share) < 1e-4)
        var bins = [UInt32](repeating: 0, count: 64)
        for value in t { bins[min(63, Int(Float(value) * 64))] += 1 }
        #expect(Array(layer.histogram[unit * 64..<unit * 64 + 64]) == bins)
      }
    }
  }

  @Test(arguments: FiniteDifferenceTests.gatings)
  func cellsChangeAndEstimationErrorAreTheirDefinitions(_ gating: Gating) throws {
    let network = network(gating)
    let statistics = statistics(network)
    let traces = traces(network)
    let labels = try #require(Self.data.train.labels)
    let lastOfRun = [1, 1, 4, 4, 4]
    for (position, layer) in statistics.layers.enumerated() {
      func cells(_ chosen: [SampleTrace]) -> CellCounts {
        func count(_ kind: (Float) -> Bool) -> Double {
          mean(chosen.map { Double($0.layers[position].transformGate.count(where: kind)) })
        }
        return CellCounts(
          carried: count { $0 < 0.2 }, mixed: count { $0 >= 0.2 && $0 <= 0.4 },
          transformed: count { $0 > 0.4 }, open: count { $0 > 0.5 })
      }
      #expect(isNear(layer.cells, cells(traces)))
      for label in 0..<3 {
        let own = zip(traces, labels).filter { $1 == label }.map(\.0)
        #expect(isNear(layer.cellsByClass[label], cells(own)))
      }
      let error = traces.flatMap { trace in
        zip(trace.layers[position].blockOutput, trace.layers[lastOfRun[position]].blockOutput)
          .map { Double($0) - Double($1) }
      }
      let average = mean(error)
      #expect(abs(layer.estimationErrorMean - average) < 1e-6)
      let deviation = mean(error.map { ($0 - average) * ($0 - average) }).squareRoot()
      #expect(abs(layer.estimationErrorStd - deviation) < 1e-6)
      // The first layer of a run has its input from a plain layer, which a trace does not hold.
      guard position > 0 && position != 2 else { continue }
      let change = traces.flatMap { trace in
        zip(trace.layers[position].blockOutput, trace.layers[position - 1].blockOutput)
          .map { abs(Double($0) - Double($1)) }
      }
      #expect(abs(layer.change - mean(change)) < 1e-6)
    }
  }

  @Test func gateBiasIsTheParameterAndAbsentWithoutAGate() throws {
    let coupled = network(.coupled)
    let tensor = try #require(coupled.layout.tensors.first { $0.name == "layers.4.gate.bias" })
    #expect(statistics(coupled).layers[2].gateBias == Array(coupled.parameters[tensor.range]))
    #expect(statistics(network(.residual)).layers[2].gateBias == nil)
  }

  @Test func threadsDoNotChangeABit() {
    let network = network(.full)
    let one = statistics(network, threads: 1)
    let three = statistics(network, threads: 3)
    #expect(one.loss == three.loss)
    for (a, b) in zip(one.layers, three.layers) {
      #expect(a.meanT == b.meanT && a.stdT == b.stdT && a.change == b.change)
      #expect(a.classShare == b.classShare && a.histogram == b.histogram)
    }
  }

  @Test func aGateThatHardlyMovesKeepsItsSpread() throws {
    // T = σ(5) ± 1e-5: squares of T itself would lose this in float32.
    var network = Network(Tiny.architecture(units: 6, layers: 1, gateBias: 5))
    for tensor in network.layout.tensors {
      for unit in 0..<6 {
        switch tensor.name {
        case "layers.0.weight": network.parameters[tensor.offset + unit * 7] = 0.5
        case "layers.1.gate.weight": network.parameters[tensor.offset + unit * 7] = 0.01
        case "layers.1.gate.bias": network.parameters[tensor.offset + unit] = 5
        default: break
        }
      }
    }
    let layer = try #require(statistics(network).layers.first)
    let t = traces(network).map { Double($0.layers[0].transformGate[0]) }
    let average = mean(t)
    let deviation = mean(t.map { ($0 - average) * ($0 - average) }).squareRoot()
    #expect(deviation < 3e-5)
    #expect(abs(Double(layer.stdT[0]) / deviation - 1) < 1e-2)
  }

  @Test func onlyTheFirstSamplesAreTaken() {
    let network = network(.coupled)
    #expect(statistics(network, samples: 7).samples == 7)
    #expect(statistics(network, samples: 9_999).samples == 450)
    let none = statistics(network, samples: 0)
    #expect(none.samples == 0 && none.loss == nil)
    #expect(none.layers.allSatisfy { $0.meanT.allSatisfy(\.isFinite) })
  }

  private func isNear(_ a: CellCounts, _ b: CellCounts) -> Bool {
    abs(a.carried - b.carried) < 1e-9 && abs(a.mixed - b.mixed) < 1e-9
      && abs(a.transformed - b.transformed) < 1e-9 && abs(a.open - b.open) < 1e-9
  }
}
