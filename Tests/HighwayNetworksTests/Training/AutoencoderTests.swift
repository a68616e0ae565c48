import TensorFiles
import TestSupport
import Testing

@testable import HighwayNetworks

/// Variational autoencoders of the lines of a text: descriptions, data, training, and what is shown of them.
@Suite struct AutoencoderTests {
  private func corpus(_ text: String) -> TextCorpus {
    var corpus = TextCorpus(.words)
    if let tokens = try? TextTokens(text, .words, path: "t") { corpus.addDivided(tokens) }
    return corpus
  }

  /// Lines of two kinds, with words that follow each other in one order alone.
  private func data() -> DataSet {
    let text = String(repeating: "in the sea a fish\nup a hill\n", count: 40)
    return DataSet(
      name: "lines",
      EncodedText(
        corpus: corpus(text), encoding: TextEncoding(of: corpus(text), byCharacters: false))
    )
    .encoded(words: 20, byCharacters: false, byLines: true)
  }

  private func description(_ layers: String, task: String = "autoencode") -> String {
    #"{"input":[1],"task":"\#(task)","classes":12,"layers":[{"kind":"embedding","tokens":12,"#
      + #""units":3,"padding":0},{"kind":"lstm","units":4},\#(layers)]}"#
  }

  private static let highway =
    #"{"kind":"highway","units":4,"activation":"relu","gating":"coupled","gateBias":-1}"#
  private static let layers =
    #"{"kind":"final-state"},\#(highway),{"kind":"latent","units":2},"#
    + #"{"kind":"dense","units":4,"activation":"tanh"},\#(highway),"#
    + #"{"kind":"decoder-lstm","units":4,"embedding":0}"#

  private func network(_ data: DataSet) throws -> Network {
    let architecture = try Architecture(json: description(Self.layers))
    var random = RandomSource(seed: 3)
    return Network(architecture, random: &random).fitted(to: data.shape)
  }

  private func trainer(
    _ data: DataSet, threads: Int = 2, state: TrainingState? = nil, ranks: Ranks = .alone
  ) throws -> Trainer {
    try Trainer(
      try network(data), data: data, normalization: Normalization(),
      hyperparameters: Hyperparameters(
        batchSize: 20, learningRate: 0.03, optimizer: .adam(), momentum: 0, clipNorm: 5,
        sumsSteps: true, wordDropout: 0.5, divergence: DivergenceSchedule(rate: 0.1, middle: 20),
        seed: 5), random: RandomSource(seed: 1), state: state, threads: threads, ranks: ranks)
  }

  @Test func aDescriptionIsReadAsItIsWritten() throws {
    let architecture = try Architecture(json: description(Self.layers))
    #expect(try Architecture(json: architecture.json) == architecture)
    let fitted = architecture.fitted(to: .sequence(steps: 7, features: 1))
    #expect(fitted.output(ofLayer: 7).positions == [7])
    #expect(try Architecture(json: fitted.json) == fitted)
  }

  @Test(arguments: [
    (#"{"kind":"final-state"}"#, "autoencode", "one latent and one decoder-lstm"),
    (layers, "next-token", "autoencode alone"),
    (#"{"kind":"latent","units":2}"#, "autoencode", "a vector"),
    (
      #"{"kind":"final-state"},{"kind":"decoder-lstm","units":4,"embedding":1}"#, "autoencode",
      "the number of an embedding"
    ),
    (
      #"{"kind":"final-state"},{"kind":"decoder-lstm","units":5,"embedding":0}"#, "autoencode",
      "4, the width"
    ), (#"{"kind":"decoder-lstm","units":4,"embedding":0}"#, "autoencode", "a vector"),
    (
      #"{"kind":"final-state"},{"kind":"decoder-lstm","units":4,"projection":2,"embedding":0}"#,
      "autoencode", "projection"
    ),
  ])
  func whatDoesNotGoTogetherIsRefused(_ layers: String, _ task: String, _ words: String) {
    let error = #expect(throws: DescriptionError.self) {
      try Architecture(json: description(layers, task: task))
    }
    #expect("\(error.map { "\($0)" } ?? "")".contains(words))
  }

  @Test func linesAreTheirOwnLabelsAndLongOnesAreLeftOut() throws {
    let corpus = corpus(
      String(repeating: "a b a\n" + String(repeating: "c ", count: 30) + "\n", count: 9))
    let encoding = TextEncoding(of: corpus, byCharacters: false, byLines: true)
    let set = DataSet(name: "t", EncodedText(corpus: corpus, encoding: encoding))
    #expect(encoding.vocabulary.words == ["", "{", "+", "|", "c", "a", "b"])
    #expect(set.train.lengths?.allSatisfy { $0 == 4 } == true && set.train.count > 6)
    #expect(set.train.labels?.prefix(6) == [5, 6, 5, 2, -1, -1])
    let next = try Architecture(
      json:
        #"{"input":[1],"task":"next-token","classes":7,"layers":[{"kind":"embedding","tokens":7,"units":2}]}"#
    )
    #expect(throws: SamplesError.wrongTask(expected: .nextToken, data: "t")) {
      try Samples.check(set, for: next, normalization: Normalization())
    }
  }

  @Test func anyNumberOfThreadsAndAResumeGiveTheSameBits() throws {
    let data = data()
    let (one, many) = (try trainer(data, threads: 1), try trainer(data, threads: 3))
    let metrics = try [one, many].map { try #require(try $0.trainEpoch()) }
    #expect(one.state == many.state && metrics[0].code == metrics[1].code)
    #expect(try EpochMetrics(json: metrics[0].json) == metrics[0])
    let ranks = try ThreadRanks.run(2) { ranks in
      let trainer = try trainer(data, threads: 1, ranks: ranks)
      return (try trainer.trainEpoch()?.code, trainer.state)
    }
    for (code, state) in ranks { #expect(code == metrics[0].code && state == one.state) }
    let continued = try trainer(data, state: one.state)
    for trainer in [many, continued] { _ = try trainer.trainEpoch() }
    #expect(continued.state == many.state && continued.state != one.state)
  }

  @Test func theWeightGrowsWhileLinesAreLearned() throws {
    let trainer = try trainer(data())
    let before = try #require(trainer.evaluate().code)
    #expect(before.klWeight < 0.2 && before.nll > 8 && before.kl > 0)
    var last = before
    for _ in 0..<16 { last = try #require(try trainer.trainEpoch()?.code) }
    #expect(last.klWeight > 0.9 && last.nll < 0.7 * before.nll, "\(last)")
  }

  @Test func stacksStatisticsAndLesionsAreOfLinesAndTheirWords() throws {
    let set = data()
    let network = try network(set)
    let inference = Inference(network)
    let samples = Samples(set.train, shape: set.shape, normalization: Normalization())
    let statistics = inference.statistics(of: samples)
    #expect(statistics.layers.map(\.layer) == [1, 3, 6, 7])
    let rows = statistics.layers.map { layer in
      layer.histogram.prefix(64).reduce(0) { $0 + Int($1) }
    }
    let words = set.train.lengths?.reduce(0) { $0 + Int($1) } ?? 0
    #expect(rows == [words, set.train.count, set.train.count, words])
    let outcomes = inference.outcomes(of: samples)
    #expect(abs((statistics.loss ?? 0) - outcomes.loss) < 1e-6)
    let sweep = inference.lesions(of: samples)
    for (layer, outcome) in sweep.layers {
      var clamps = GateClamps()
      clamps.hold(.init(layer: layer), at: 0)
      let held = Inference(network, clamps: clamps).outcomes(of: samples)
      #expect(abs(outcome.loss - held.loss) < 1e-6, "layer \(layer)")
    }
    let trace = inference.trace(0, of: samples)
    #expect(trace.layers.map(\.positions) == [6, 1, 1, 6])
    #expect(samples.tokens(of: 0).count == 6)
    #expect(inference.histogram(layer: 3, unit: 1, over: samples).means.allSatisfy { $0 == 0 })
    #expect(inference.codes(of: samples)?.divergence.count == 2)
    #expect(statistics.codes == inference.codes(of: samples))
    #expect(statistics.showing(Signal("f", .carry)).codes == statistics.codes)
  }

  /// From a line to itself every place is the same; between two lines the ends are what each comes to by itself.
  @Test func aWalkGoesFromTheCodeOfALineToThatOfAnother() throws {
    let set = data()
    let trainer = try trainer(set)
    for _ in 0..<6 { _ = try trainer.trainEpoch() }
    let inference = Inference(trainer.network)
    let samples = Samples(set.train, shape: set.shape, normalization: Normalization())
    let walk = try #require(inference.walk([0, 1], of: samples, stops: 5))
    #expect(walk.stops.map(\.place) == [0, 0.25, 0.5, 0.75, 1])
    #expect(walk.ends == [0, 1].map { samples.tokens(of: $0) })
    #expect(walk.layersBefore == [3] && walk.layers == [6])
    for (end, stop) in [(0, walk.stops[0]), (1, walk.stops[4])] {
      let alone = try #require(inference.walk([end, end], of: samples, stops: 3))
      #expect(alone.stops.allSatisfy { $0.tokens == stop.tokens && $0.meanT == stop.meanT })
      #expect(
        !stop.tokens.isEmpty
          && stop.tokens.allSatisfy { set.text?.encoding.vocabulary.words.contains($0) == true })
      let trace = inference.trace(end, of: samples)
      let mean = trace.layers[1].transformGate.reduce(0, +) / 4
      #expect(abs(walk.meanTBefore[end][0] - mean) < 1e-5)
    }
    #expect(walk.stops.first?.meanT != walk.stops.last?.meanT)
  }
}
