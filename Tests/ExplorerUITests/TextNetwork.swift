import ExplorerUI
import Testing

@testable import HighwayNetworks

/// A tiny network that reads characters by LSTM cells, the second layer with a depth gate, and its text.
struct TextNetwork: Answering {
  let network: Network
  let data: DataSet

  init() throws {
    var corpus = TextCorpus(.characters)
    for part in [TextCorpus.Part.train, .test] {
      corpus.add(
        try TextTokens("Ape, bee\nand 漢字 emu", .characters, path: "text"), to: part)
    }
    var encoding = TextEncoding(of: corpus, byCharacters: false)
    encoding.steps = 8
    data = DataSet(name: "beasts", EncodedText(corpus: corpus, encoding: encoding))
    let words = encoding.vocabulary.words.count
    var random = RandomSource(seed: 3)
    network = Network(
      try Architecture(
        json: #"{"input":[8,1],"task":"next-token","classes":\#(words),"layers":["#
          + #"{"kind":"embedding","tokens":\#(words),"units":4},{"kind":"lstm","units":3},"#
          + #"{"kind":"hlstm","units":3}]}"#), random: &random)
  }

  var samples: Samples {
    Samples(data.test, shape: data.shape, normalization: Normalization())
  }

  var summary: ModelSummary {
    var summary = ModelSummary(
      path: "runs/beasts", name: "beasts", architecture: network.architecture,
      classNames: data.classNames, dataName: data.name, sampleShape: data.shape,
      testSamples: data.test.count, recordedEpochs: [0])
    summary.groupings = data.tokenGroupings.map {
      TokenGroups(name: $0.name, names: $0.groupNames)
    }
    return summary
  }

  func answer(to question: Question) -> Answer? {
    switch question {
    case .statistics(let request):
      return .statistics(
        Inference(network).statistics(
          of: samples.groupingTokens(by: request.grouping), thresholds: request.thresholds,
          threads: 1))
    case .sample(let request):
      let trace = Inference(network).trace(request.sample, of: samples)
      var record = SampleRecord(
        trace: SampleTrace(layers: trace.layers, probabilities: [], loss: trace.loss), label: nil,
        pixels: [], channels: 1, height: 1, width: 1, text: "beasts")
      record.steps = samples.tokens(of: request.sample).map {
        SampleStep(token: $0, next: nil, expected: [], ofNext: nil)
      }
      return .sample(record)
    case .unit(let request):
      return .unit(
        Inference(network).histogram(
          layer: request.layer, unit: request.unit, of: request.gate,
          over: samples.groupingTokens(by: request.grouping), threads: 1))
    case .lesions(let request):
      return .lesions(
        Inference(network, clamps: request.clamps).lesions(
          of: samples.groupingTokens(by: request.grouping),
          lesioned: request.clamps.isEmpty ? nil : [], threads: 1))
    case .verdicts, .gateBiases, .runGates: return nil
    }
  }

  /// A state with the network open, after keys.
  func state(_ keys: String, _ size: Size = Size(width: 80, height: 24)) -> ExplorerState {
    var state = ExplorerState(
      size: size, capabilities: Capabilities(colors: .mono, unicode: true))
    state.play(
      [.modelOpened(summary)] + keys.map { .terminal(.key(.character($0))) }, with: self)
    return state
  }
}
