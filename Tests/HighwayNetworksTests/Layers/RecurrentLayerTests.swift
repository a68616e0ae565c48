import TensorFiles
import Testing

@testable import HighwayNetworks

/// Recurrent layers: their descriptions, their sizes, and what the ends of sequences mean.
@Suite struct RecurrentLayerTests {
  private func layers(
    _ text: String, input: String = "[3]", task: String = "tag-sequence"
  ) throws
    -> Architecture
  {
    try Architecture(
      json: #"{"input":\#(input),"task":"\#(task)","classes":2,"layers":[\#(text)]}"#)
  }

  @Test func layersOfThePaperHaveItsNumberOfParameters() throws {
    let settings = #""units":1024,"projection":512,"peephole":true,"biases":1"#
    let text = #"{"kind":"lstm",\#(settings)},{"kind":"hlstm",\#(settings),"count":2}"#
    let layout = ParameterLayout(try layers(text, input: "[80]"))
    let counts = (0..<3).map { layer in
      layout.tensors.filter { $0.layer == layer }.reduce(0) { $0 + $1.count }
    }
    #expect(counts == [2_956_288, 5_253_120, 5_253_120])
  }

  @Test(arguments: [
    #"{"kind":"lstm","units":4}"#, #"{"kind":"lstm","units":4,"projection":2,"biases":1}"#,
    #"{"kind":"lstm","units":4,"peephole":true},{"kind":"hlstm","units":4,"count":2}"#,
    #"{"kind":"dense","units":2,"activation":"tanh"},{"kind":"lstm","units":3}"#,
    #"{"kind":"gru","units":4,"count":2}"#,
  ])
  func descriptionsAreReadAsTheyAreWritten(_ text: String) throws {
    for input in ["[3]", "[7,3]"] {
      let architecture = try layers(text, input: input)
      #expect(try Architecture(json: architecture.json) == architecture)
      #expect(architecture.json.contains(#""input":\#(input)"#))
    }
  }

  @Test(arguments: [
    (#"{"kind":"hlstm","units":4}"#, "tag-sequence", "an lstm or hlstm layer below"),
    (#"{"kind":"lstm","units":4},{"kind":"hlstm","units":5}"#, "tag-sequence", "4, the cells"),
    (#"{"kind":"lstm","units":4}"#, "classify-sequence", "a final-state layer"),
    (#"{"kind":"lstm","units":4},{"kind":"final-state"}"#, "tag-sequence", "return a sequence"),
    (#"{"kind":"flatten"}"#, "classify-sequence", "no sequence"),
    (#"{"kind":"lstm","units":4}"#, "classify", "input is a sequence"),
    (#"{"kind":"gru","units":4}"#, "classify", "input is a sequence"),
    (#"{"kind":"gru","units":4},{"kind":"hlstm","units":4}"#, "tag-sequence", "layer below"),
    (#"{"kind":"lstm","units":4,"biases":3}"#, "tag-sequence", "1 to 2"),
    (#"{"kind":"lstm","units":4}"#, "translate", "classify-sequence"),
  ])
  func whatDoesNotGoTogetherIsRefused(_ text: String, _ task: String, _ words: String) {
    let error = #expect(throws: DescriptionError.self) { try layers(text, task: task) }
    #expect("\(error.map { "\($0)" } ?? "")".contains(words))
  }

  private static let network =
    #"{"kind":"lstm","units":3,"peephole":true},{"kind":"hlstm","units":3,"projection":2},"#
    + #"{"kind":"final-state"}"#

  @Test func gradientsAreThoseOfSmallDifferences() throws {
    let architecture = try layers(Self.network, task: "classify-sequence")
      .fitted(to: .sequence(steps: 3, features: 3))
    var random = RandomSource(seed: 7)
    let network = Network(architecture, random: &random)
    let input = (0..<18).map { _ in 2 * random.uniform() - 1 }
    let loss = NetworkLoss(architecture, input: input, labels: [1, 0])
    let gradient = loss.gradient(at: network.parameters)
    for index in stride(from: 0, to: gradient.count, by: 3) {
      var (above, below) = (network.parameters, network.parameters)
      above[index] += 1e-2
      below[index] -= 1e-2
      let slope = (loss(above) - loss(below)) / 2e-2
      #expect(abs(slope - Double(gradient[index])) < 2e-3, "parameter \(index)")
    }
  }

  /// Sequences of 1 to 4 steps with room for more.
  private func samples(room: Int) -> Samples {
    var random = RandomSource(seed: 4)
    var list = SequenceList(features: 3)
    for example in 0..<9 {
      let values = (0..<(1 + example % 4) * 3).map { _ in random.uniform() }
      list.append(values, labels: [Int32(example % 2)])
    }
    return Samples(
      list.split(steps: room), shape: .sequence(steps: room, features: 3),
      normalization: Normalization(mean: [0.1, 0.2, 0.3], std: [1, 2, 1]))
  }

  @Test func roomBehindTheEndsChangesNothing() throws {
    let architecture = try layers(Self.network, task: "classify-sequence")
    var random = RandomSource(seed: 2)
    let network = Network(architecture, random: &random)
    let (narrow, wide) = (samples(room: 4), samples(room: 7))
    let (short, long) = (
      Inference(network.fitted(to: narrow.shape)), Inference(network.fitted(to: wide.shape))
    )
    #expect(short.outcomes(of: narrow).losses == long.outcomes(of: wide).losses)
    let (one, other) = (short.statistics(of: narrow), long.statistics(of: wide))
    #expect(one.layers.count == 2 && one.loss == other.loss)
    for (one, other) in zip(one.layers, other.layers) {
      #expect(one.signals.map(\.signal.symbol) == other.signals.map(\.signal.symbol))
      for (one, other) in zip(one.signals, other.signals) {
        #expect(one.mean == other.mean && one.histogram == other.histogram)
        #expect(one.groupMean == other.groupMean)
      }
      #expect(one.cells == other.cells && one.cellsByClass == other.cellsByClass)
      // 21 steps of 3 cells in 9 sequences.
      let cells = one.cells.carried + one.cells.mixed + one.cells.transformed
      #expect(abs(cells - 7) < 1e-9)
    }
    #expect(one.layers[1].signals.map(\.signal.symbol) == ["i", "f", "o", "d", "c"])
    let (first, second) = (short.trace(2, of: narrow), long.trace(2, of: wide))
    #expect(first.layers[0].positions == 3 && second.layers[0].positions == 3)
    #expect(first.layers[0][Signal("c", .state)] == second.layers[0][Signal("c", .state)])
    #expect(first.probabilities == second.probabilities && first.probabilities.count == 2)
    let histograms = (
      short.histogram(layer: 1, unit: 2, over: narrow),
      long.histogram(layer: 1, unit: 2, over: wide)
    )
    #expect(histograms.0.counts == histograms.1.counts)
    #expect(histograms.0.positionMeans == Array(histograms.1.positionMeans.prefix(4)))
  }

  @Test func numbersOfParametersOfAGRUAreThoseOfPyTorch() throws {
    let layout = ParameterLayout(try layers(#"{"kind":"gru","units":4,"count":2}"#))
    #expect(layout.tensors.map(\.shape).prefix(4) == [[12, 3], [12, 4], [12], [12]])
    #expect(layout.tensors.filter { $0.layer == 1 }.reduce(0) { $0 + $1.count } == 120)
  }

  @Test(arguments: ["lstm", "gru"])
  func aClosedTransformGateLeavesTheCellsEmpty(_ kind: String) throws {
    let architecture = try layers(#"{"kind":"\#(kind)","units":2}"#)
    var random = RandomSource(seed: 2)
    var clamps = GateClamps()
    clamps.hold(GateClamps.Target(layer: 0), at: 0)
    let inference = Inference(
      Network(architecture, random: &random).fitted(to: .sequence(steps: 2, features: 3)),
      clamps: clamps)
    let trace = inference.trace([1, 2, 3, 4, 5, 6])
    #expect(trace.layers[0].transformGate == [0, 0, 0, 0])
    #expect(trace.layers[0].blockOutput == [0, 0, 0, 0])
    #expect(trace.layers[0].carryGate.allSatisfy { $0 > 0 })
  }
}
