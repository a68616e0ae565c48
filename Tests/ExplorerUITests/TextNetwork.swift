import ExplorerUI
import Testing

@testable import HighwayNetworks

/// A tiny network that reads a text: characters by LSTM cells, the second layer with a depth gate, or by a recurrent
/// highway layer, or lines by an autoencoder.
struct TextNetwork: OpenableNetwork, CustomTestStringConvertible {
  /// What it is made of.
  enum Kind: CaseIterable {
    case cells, microSteps, lines
  }

  let kind: Kind
  let network: Network
  let data: DataSet

  var testDescription: String { "\(kind)" }

  init(_ kind: Kind = .cells) throws {
    self.kind = kind
    var corpus = TextCorpus(kind == .lines ? .words : .characters)
    let text =
      kind == .lines
      ? String(repeating: "in the sea 漢字 fish\nup a be\u{7}ll hill\n", count: 4)
      : "Ape, bee\nand 漢字 emu"
    for part in [TextCorpus.Part.train, .test] {
      corpus.add(
        try TextTokens(text, kind == .lines ? .spaces : .characters, path: "text"), to: part)
    }
    var encoding = TextEncoding(of: corpus, byCharacters: false)
    encoding.steps = 8
    let plain = DataSet(name: "beasts", EncodedText(corpus: corpus, encoding: encoding))
    let words: Int
    if kind == .lines {
      words = 14
      data = plain.encoded(words: words, byCharacters: false, byLines: true)
    } else {
      words = encoding.vocabulary.words.count
      data = plain
    }
    let highway =
      #"{"kind":"highway","units":3,"activation":"relu","gating":"coupled","gateBias":-1,"count":2}"#
    let layers =
      switch kind {
      case .cells: #"{"kind":"lstm","units":3},{"kind":"hlstm","units":3}"#
      case .microSteps:
        #"{"kind":"rhn","units":3,"depth":4,"activation":"tanh","gateBias":-1}"#
      case .lines:
        #"{"kind":"lstm","units":3},{"kind":"final-state"},\#(highway),{"kind":"latent","units":2},"#
          + #"{"kind":"dense","units":3,"activation":"tanh"},\#(highway),"#
          + #"{"kind":"decoder-lstm","units":3,"embedding":0}"#
      }
    let embedding =
      #"{"kind":"embedding","tokens":\#(words),"units":4\#(kind == .lines ? #","padding":0"# : "")}"#
    let architecture = try Architecture(
      json: #"{"input":[\#(kind == .lines ? "1" : "8,1")],"task":"#
        + #""\#(kind == .lines ? "autoencode" : "next-token")","classes":\#(words),"#
        + #""layers":[\#(embedding),\#(layers)]}"#)
    network =
      kind == .lines
      ? Self.autoencoder(architecture, data)
      : Self.network(architecture, data, seed: 3, within: kind == .microSteps ? 2 : nil)
  }

  private static func network(
    _ architecture: Architecture, _ data: DataSet, seed: UInt64, within bound: Float?
  ) -> Network {
    var random = RandomSource(seed: seed)
    return Network(architecture, random: &random, within: bound).fitted(to: data.shape)
  }

  /// One with weights at random that writes two kinds of lines differently.
  private static func autoencoder(_ architecture: Architecture, _ data: DataSet) -> Network {
    let samples = Samples(data.test, shape: data.shape, normalization: Normalization())
    let networks = (3...99 as ClosedRange<UInt64>).lazy.map { seed in
      Self.network(architecture, data, seed: seed, within: 3)
    }
    let found = networks.first { network in
      let walk = Inference(network).walk([0, 1], of: samples, stops: 2)
      return walk.map { $0.stops[0].tokens != $0.stops[1].tokens } ?? false
    }
    return found ?? Self.network(architecture, data, seed: 3, within: 3)
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
    case .walk(let request):
      return Inference(network, clamps: request.clamps).walk(
        request.ends, of: samples, stops: WalkRequest.stops
      ).map(Answer.walk)
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
}
