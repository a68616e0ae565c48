import TensorFiles
import TestSupport
import Testing

@testable import HighwayNetworks

/// Recurrent highway layers: the gates of their micro-steps, what closed ones do, and their training.
@Suite struct RecurrentHighwayTests {
  /// A text whose words follow each other in one order alone, read by their ids.
  private func data(steps: Int = 4) -> DataSet {
    var corpus = TextCorpus(.words)
    if let text = try? TextTokens(
      String(repeating: "in the sea a fish\n", count: 50), .words, path: "t")
    {
      corpus.addDivided(text)
    }
    var encoding = TextEncoding(of: corpus, byCharacters: false)
    encoding.steps = steps
    return DataSet(name: "fish", EncodedText(corpus: corpus, encoding: encoding))
  }

  private func network(_ data: DataSet) throws -> Network {
    let words = data.outputs
    let architecture = try Architecture(
      json: #"{"input":[1],"task":"next-token","classes":\#(words),"tied":{"layer":0},"layers":["#
        + #"{"kind":"embedding","tokens":\#(words),"units":3},{"kind":"rhn","units":3,"depth":2,"#
        + #""activation":"tanh","gateBias":-1},{"kind":"dropout","p":0.1}]}"#)
    var random = RandomSource(seed: 3)
    return Network(architecture, random: &random).fitted(to: data.shape)
  }

  private func trainer(
    _ data: DataSet, threads: Int = 2, state: TrainingState? = nil
  ) throws -> Trainer {
    try Trainer(
      try network(data), data: data, normalization: Normalization(),
      hyperparameters: Hyperparameters(
        batchSize: 20, learningRate: 0.2, momentum: 0, clipNorm: 5, sumsSteps: true, seed: 5),
      random: RandomSource(seed: 1), state: state, threads: threads)
  }

  @Test func anyNumberOfThreadsAndAResumeGiveTheSameBits() throws {
    let data = data()
    let (one, many) = (try trainer(data, threads: 1), try trainer(data, threads: 3))
    for trainer in [one, many] { _ = try trainer.trainEpoch() }
    #expect(one.state == many.state)
    let continued = try trainer(data, state: one.state)
    for trainer in [many, continued] { _ = try trainer.trainEpoch() }
    #expect(continued.state == many.state && continued.state != one.state)
  }

  @Test func statisticsTracesAndHistogramsHaveTheGatesOfEachMicroStep() throws {
    let set = data()
    let network = try network(set)
    let samples = Samples(set.train, shape: set.shape, normalization: Normalization())
    let inference = Inference(network)
    let statistics = inference.statistics(of: samples)
    #expect(statistics.layers.map(\.layer) == [1] && statistics.layers[0].units == 6)
    #expect(statistics.layers[0].gateBias == [-1, -1, -1, -1, -1, -1])
    #expect(inference.architecture.blocks[0].features == 6)
    let trace = inference.trace(3, of: samples)
    let layer = trace.layers[0]
    #expect(layer.units == 6 && layer.transformGate.count == 24)
    // y of the second micro-step is what it makes of y of the first.
    let (state, gate, output) = (layer.blockState, layer.transformGate, layer.blockOutput)
    for index in [3, 4, 5] {
      let expected = gate[index] * state[index] + layer.carryGate[index] * output[index - 3]
      #expect(abs(output[index] - expected) < 1e-6)
    }
    let histogram = inference.histogram(layer: 1, unit: 4, over: samples)
    let mean = histogram.positionMeans.reduce(0, +) / 4
    #expect(abs(mean - statistics.layers[0].meanT[4]) < 1e-3)
  }

  @Test func aClosedMicroStepPassesItsStateOn() throws {
    let set = data()
    var clamps = GateClamps()
    for unit in 3..<6 { clamps.hold(.init(layer: 1, unit: unit), at: 0) }
    let samples = Samples(set.train, shape: set.shape, normalization: Normalization())
    let layer = Inference(try network(set), clamps: clamps).trace(3, of: samples).layers[0]
    for step in 0..<4 {
      let output = Array(layer.blockOutput[step * 6..<step * 6 + 6])
      #expect(output[..<3].elementsEqual(output[3...]) && output[0] != 0)
    }
    // Closed at all micro-steps, nothing of the input reaches the state.
    let sweep = Inference(try network(set)).lesions(of: samples)
    #expect(sweep.layers[0].outcome.loss != sweep.baseline.loss)
    clamps.hold(.init(layer: 1), at: 0)
    let closed = Inference(try network(set), clamps: clamps)
    #expect(closed.trace(3, of: samples).layers[0].blockOutput.allSatisfy { $0 == 0 })
    #expect(abs(closed.outcomes(of: samples).loss - sweep.layers[0].outcome.loss) < 1e-6)
  }

  @Test func roomBehindTheEndsChangesNothing() throws {
    let architecture = try Architecture(
      json: #"{"input":[2],"task":"tag-sequence","classes":2,"layers":[{"kind":"rhn","units":2,"#
        + #""depth":2,"activation":"tanh"}]}"#)
    var random = RandomSource(seed: 2)
    let network = Network(architecture, random: &random)
    let outputs = try [2, 5].map { steps in
      try Inference(network.fitted(to: .sequence(steps: steps, features: 2)))([1, 2, 3, 4]).output
    }
    #expect(outputs[0] == Array(outputs[1].prefix(4)) && Set(outputs[0]).count == 4)
  }

  @Test func aCheckpointKeepsATiedNetwork() throws {
    let set = data()
    let network = try network(set)
    let directory = try TemporaryDirectory()
    let path = directory.path + "/c.safetensors"
    try Checkpoint(network, vocabulary: set.text?.encoding.vocabulary).write(to: path)
    let read = try Checkpoint.read(path)
    #expect(read.network.architecture == network.architecture)
    #expect(read.network.parameters == network.parameters)
    let names = read.network.layout.tensors.map(\.name)
    #expect(names.contains("layers.1.steps.1.gate.bias") && !names.contains("output.weight"))
  }
}
