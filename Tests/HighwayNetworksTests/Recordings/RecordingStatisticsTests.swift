import TensorFiles
import TestSupport
import Testing

@testable import HighwayNetworks

/// What a recording's statistics are: those of the network that it was made of, and their definitions.
@Suite struct RecordingStatisticsTests {
  private let directory: TemporaryDirectory
  private static let data = Tiny.data(train: 450)
  private static let thresholds = Thresholds(low: 0.2, high: 0.4)

  init() throws { directory = try TemporaryDirectory(inMemory: true) }

  private static func network(_ gating: Gating) -> Network { Tiny.twoRuns(gating, seed: 21) }

  private static func networkOfMaps() throws -> Network {
    var random = RandomSource(seed: 22)
    let layer = """
      {"kind":"conv-highway","channels":4,"kernel":3,"activation":"relu","gating":"coupled","gateBias":-1}
      """
    return Network(
      try Architecture(
        json: """
          {"input":[1,2,3],"classes":3,"layers":[\
          {"kind":"conv","channels":4,"kernel":1,"activation":"relu"},\(layer),\(layer),\
          {"kind":"global-average-pool"}]}
          """), random: &random)
  }

  private func open(
    _ contents: SafetensorsContents, _ name: String = "r.safetensors"
  ) throws
    -> Recording
  {
    try Recording([try directory.write(name, contents.encoded)])
  }

  private func expectEqual(_ found: GateStatistics, _ expected: GateStatistics) {
    #expect(found.samples == expected.samples)
    #expect(found.samplesByClass == expected.samplesByClass)
    #expect(found.thresholds == expected.thresholds)
    #expect(found.layers.count == expected.layers.count)
    for (own, other) in zip(found.layers, expected.layers) {
      #expect(own.run == other.run && own.gating == other.gating)
      #expect(own.gateBias == other.gateBias)
      #expect(own.meanC == other.meanC)
      #expect(own.cells == other.cells && own.cellsByClass == other.cellsByClass)
      #expect(own.change == other.change)
      #expect(own.estimationErrorMean == other.estimationErrorMean)
      #expect(own.estimationErrorStd == other.estimationErrorStd)
      #expect(own.response == other.response)
      #expect(own.signals.count == other.signals.count)
      for (gate, same) in zip(own.signals, other.signals) {
        #expect(gate.signal == same.signal)
        #expect(gate.mean == same.mean && gate.std == same.std)
        #expect(gate.minimum == same.minimum && gate.maximum == same.maximum)
        #expect(gate.histogram == same.histogram)
        #expect(gate.carried == same.carried && gate.transformed == same.transformed)
        #expect(gate.groupMean == same.groupMean && gate.groupShare == same.groupShare)
        #expect(gate.cells == same.cells && gate.groupCells == same.groupCells)
      }
    }
    #expect(found.pathLengths == expected.pathLengths)
    #expect(found.carryProducts == expected.carryProducts)
    #expect(found.selectivityOverUnits == expected.selectivityOverUnits)
  }

  @Test(arguments: FiniteDifferenceTests.gatings)
  func areThoseOfTheNetworkThatWasRecorded(_ gating: Gating) throws {
    let (network, samples) = (Self.network(gating), Tiny.samples(Self.data))
    let recording = try open(RecordedNetwork(network: network, samples: samples).contents())
    let expected = Inference(network).statistics(of: samples, thresholds: Self.thresholds)
    for threads in [1, 3] {
      let found = try #require(
        try recording.statistics(thresholds: Self.thresholds, threads: threads))
      expectEqual(found, expected)
    }
    let some = try #require(try recording.statistics(first: 207, thresholds: Self.thresholds))
    expectEqual(
      some,
      Inference(network).statistics(
        of: Tiny.samples(Self.data, first: 207), thresholds: Self.thresholds))
  }

  @Test func areThoseOfANetworkOfMaps() throws {
    let (network, samples) = (try Self.networkOfMaps(), Tiny.samples(Self.data))
    let recording = try open(RecordedNetwork(network: network, samples: samples).contents())
    #expect(recording.blocks.map(\.positions) == [[2, 3], [2, 3]])
    let found = try #require(try recording.statistics(thresholds: Self.thresholds))
    expectEqual(found, Inference(network).statistics(of: samples, thresholds: Self.thresholds))
    let inference = Inference(network)
    for block in recording.blocks {
      let histogram = try #require(
        try recording.histogram(block: block.number, unit: 2, of: .transformGate))
      let expected = inference.histogram(layer: block.number + 1, unit: 2, over: samples)
      #expect(histogram.counts == expected.counts)
      #expect(histogram.samplesByClass == expected.samplesByClass)
      #expect(zip(histogram.means, expected.means).allSatisfy { abs($0 - $1) < 1e-6 })
      #expect(
        zip(histogram.positionMeans, expected.positionMeans).allSatisfy { abs($0 - $1) < 1e-6 })
    }
  }

  @Test func aTraceHasWhatTheNetworkComputed() throws {
    let (network, samples) = (Self.network(.coupled), Tiny.samples(Self.data, first: 1))
    let recording = try open(RecordedNetwork(network: network, samples: samples).contents(0..<1))
    let (found, expected) = (try recording.trace(0), Inference(network).trace(0, of: samples))
    for (own, other) in zip(found.layers, expected.layers) {
      #expect(own.blockState == other.blockState && own.transformGate == other.transformGate)
      #expect(own.carryGate == other.carryGate && own.blockOutput == other.blockOutput)
    }
  }

  @Test func halvesAreReadAsWhatTheyAre() throws {
    let recorded = RecordedNetwork(
      network: Self.network(.coupled), samples: Tiny.samples(Self.data), type: .f16)
    let halves = try #require(try open(recorded.contents()).statistics())
    let singles = Inference(recorded.network).statistics(of: recorded.samples)
    for (own, other) in zip(halves.layers, singles.layers) {
      #expect(zip(own.meanT, other.meanT).allSatisfy { abs($0 - $1) < 0x1p-11 })
      #expect(own.meanT != other.meanT)
    }
  }

  @Test func samplesOfSeveralMachinesAreOne() throws {
    let recorded = RecordedNetwork(
      network: Self.network(.full), samples: Tiny.samples(Self.data))
    let shards = [0..<200, 200..<300, 300..<450]
    for (rank, range) in shards.enumerated() {
      try directory.write(
        "recording-0002.rank-\(rank)-of-3.safetensors", recorded.contents(range).encoded)
    }
    let timeline = try RecordingTimeline(directory.path)
    #expect(timeline.epochs == [2] && timeline.incomplete.isEmpty)
    let found = try #require(try timeline.recording(epoch: 2).statistics())
    let expected = Inference(recorded.network).statistics(of: recorded.samples)
    #expect(found.samplesByClass == expected.samplesByClass)
    for (own, other) in zip(found.layers, expected.layers) {
      // The batches are others, and so the order of the sums.
      #expect(zip(own.meanT, other.meanT).allSatisfy { abs($0 - $1) < 1e-6 })
      #expect(own.cells.carried == other.cells.carried && own.minT == other.minT)
    }
    let trace = try timeline.recording(epoch: 2).trace(299)
    let alone = try Recording([directory.at("recording-0002.rank-1-of-3.safetensors")]).trace(99)
    #expect(trace.layers.map(\.transformGate) == alone.layers.map(\.transformGate))
  }

  @Test func stepsBehindALengthDoNotCount() throws {
    let lengths: [UInt64] = [3, 0, 1]
    let gates: [Float] = (0..<18).map { Float($0) / 20 }
    var loud = gates
    // Whatever stands there, such as what a network makes of padding.
    for (sample, length) in lengths.enumerated() {
      for step in Int(length)..<3 { for unit in 0..<2 { loud[(sample * 3 + step) * 2 + unit] = 1 } }
    }
    let recording = try open(
      SafetensorsContents(
        tensors: [
          SafetensorsContents.Tensor(
            "block.0.T", .f32, [3, 3, 2], LittleEndian.bytes(loud[...])),
          SafetensorsContents.Tensor("lengths", .i64, [3], LittleEndian.bytes(lengths)),
        ],
        metadata: [
          (
            "recording",
            #"{"blocks":[{"name":"a","units":2,"positions":[3],"signals":[{"name":"T","role":"transform"}]}]}"#
          )
        ]))
    let layer = try #require(try recording.statistics()).layers[0]
    let rows = [0, 1, 2, 6]
    for unit in 0..<2 {
      let values = rows.map { gates[$0 * 2 + unit] }
      #expect(abs(layer.meanT[unit] - values.reduce(0, +) / 4) < 1e-6)
      #expect(layer.minT[unit] == values.min() && layer.maxT[unit] == values.max())
      #expect(layer.histogram[unit * 64..<unit * 64 + 64].reduce(0, +) == 4)
    }
    #expect(layer.gating == nil && layer.change.isNaN && layer.meanC.allSatisfy { $0.isNaN })
    let sample = try recording.trace(2).layers[0]
    #expect(sample.unitMeans(.transformGate) == [gates[12], gates[13]])
    #expect(sample.transformGate[2...].allSatisfy { $0.isNaN })
    let histogram = try #require(try recording.histogram(block: 0, unit: 1, of: .transformGate))
    #expect(histogram.positionMeans == [(gates[1] + gates[13]) / 2, gates[3], gates[5]])
  }

  @Test func gatesOfOtherNamesAndRangesAreMeasuredInTheirOwn() throws {
    let values: [Float] = [-2, 0, 1, 3, 2, 2]
    let recording = try open(
      SafetensorsContents(
        tensors: [
          SafetensorsContents.Tensor(
            "block.0.o", .f32, [2], LittleEndian.bytes([0.25, 0.5] as ArraySlice<Float>)),
          SafetensorsContents.Tensor(
            "block.0.alpha", .f32, [3, 2], LittleEndian.bytes(values[...])),
          SafetensorsContents.Tensor(
            "block.0.alpha.bias", .f32, [2], LittleEndian.bytes([7, 8] as ArraySlice<Float>)),
        ],
        metadata: [
          (
            "recording",
            """
            {"blocks":[{"name":"a","units":2,"signals":[{"name":"o","role":"output"},\
            {"name":"alpha","role":"carry","range":[-4,4]}]}]}
            """
          )
        ]))
    #expect(recording.blocks[0].gates.map(\.symbol) == ["o", "alpha"])
    let statistics = try #require(
      try recording.statistics(thresholds: Thresholds(low: 0.5, high: 0.8)))
    #expect(statistics.layers[0].meanT == [0.25, 0.5] && statistics.layers[0].stdT == [0, 0])
    let alpha = statistics.showing(Signal("alpha", .carry)).layers[0]
    #expect(zip(alpha.meanT, [1.0 / 3, 5.0 / 3] as [Float]).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(alpha.minT == [-2, 0] && alpha.maxT == [2, 3] && alpha.signals[0].range == -4...4)
    #expect(alpha.gateBias == [7, 8])
    // Of six values one lies below the middle of the range, and one above 0.8 of it, which is 2.4.
    #expect(alpha.cells.carried == 1.0 / 3 && alpha.cells.transformed == 1.0 / 3)
    #expect(statistics.showing(Signal("beta", .carry)).layers.isEmpty)
    let record = try recording.trace(1).showing(Signal("alpha", .carry), of: recording.blocks)
    #expect(record.layers[0].transformGate == [1, 3])
  }

  @Test func scalarsNeedNoSamples() throws {
    let recording = try open(
      SafetensorsContents(
        tensors: [
          SafetensorsContents.Tensor(
            "block.0.a", .f32, [1], LittleEndian.bytes([0.125] as ArraySlice<Float>))
        ],
        metadata: [
          (
            "recording",
            #"{"blocks":[{"name":"a","units":1,"signals":[{"name":"a","role":"transform","range":[-1,1]}]}]}"#
          )
        ]))
    #expect(recording.samples == 1 && recording.labels == nil)
    let layer = try #require(try recording.statistics()).layers[0]
    #expect(layer.meanT == [0.125] && layer.stdT == [0])
  }
}
