import TensorFiles
import TestSupport
import Testing

@testable import HighwayNetworks

/// Training on running text in streams whose state is carried.
@Suite struct TextTrainerTests {
  /// A text whose words follow each other in one order alone.
  private func data(steps: Int = 4, lines: Int = 60) -> DataSet {
    var corpus = TextCorpus(.words)
    if let text = try? TextTokens(
      String(repeating: "in the sea a fish\n", count: lines), .words, path: "t")
    {
      corpus.addDivided(text)
    }
    var encoding = TextEncoding(of: corpus, byCharacters: true)
    encoding.steps = steps
    return DataSet(name: "fish", EncodedText(corpus: corpus, encoding: encoding))
  }

  /// Recurrent layers whose state goes on from segment to segment.
  private static let recurrent = [
    #"{"kind":"lstm","units":5}"#,
    #"{"kind":"rhn","units":5,"depth":3,"activation":"tanh","gateBias":-1}"#,
  ]

  private static let layers =
    #"{"kind":"char-cnn","characters":16,"units":2,"kernels":[1,2],"channels":[3,3],"#
    + #""activation":"tanh","padding":0},{"kind":"highway","units":6,"activation":"relu","#
    + #""gating":"coupled","gateBias":-2},RECURRENT,{"kind":"dropout","p":0.1}"#

  private func network(_ data: DataSet, _ recurrent: String = recurrent[0]) throws -> Network {
    let architecture = try Architecture(
      json: #"{"input":[\#(data.shape.features)],"task":"next-token","classes":\#(data.outputs),"#
        + #""layers":[\#(Self.layers.replacing("RECURRENT", with: recurrent))]}"#)
    var random = RandomSource(seed: 3)
    return Network(architecture, random: &random, within: 0.3).fitted(to: data.shape)
  }

  private func trainer(
    _ data: DataSet, threads: Int = 2, rate: Float = 1, least: Float = 0,
    state: TrainingState? = nil, ranks: Ranks = .alone, recurrent: String = recurrent[0]
  ) throws -> Trainer {
    try Trainer(
      try network(data, recurrent), data: data, normalization: Normalization(),
      hyperparameters: Hyperparameters(
        batchSize: 20, learningRate: rate, schedule: .validation(factor: 0.5, least: least),
        momentum: 0, clipNorm: 5, sumsSteps: true, initialBound: 0.3, seed: 5),
      random: RandomSource(seed: 1), state: state, threads: threads, ranks: ranks)
  }

  @Test func anyNumberOfThreadsGivesTheSameBits() throws {
    let (one, many) = (try trainer(data(), threads: 1), try trainer(data(), threads: 3))
    let first = try #require(try one.trainEpoch())
    let second = try #require(try many.trainEpoch())
    #expect(one.state == many.state && first.validationLoss == second.validationLoss)
    #expect(first.testLoss == second.testLoss)
  }

  @Test(arguments: [2, 3])
  func anyNumberOfRanksGivesTheSameBits(_ count: Int) throws {
    let one = try trainer(data(), threads: 1)
    let first = try #require(try one.trainEpoch())
    let many = try ThreadRanks.run(count) { ranks in
      let trainer = try trainer(data(), threads: 1, ranks: ranks)
      return (try trainer.trainEpoch(), trainer.state)
    }
    for (metrics, state) in many {
      #expect(state == one.state && metrics?.validationLoss == first.validationLoss)
    }
  }

  @Test(arguments: recurrent)
  func continuingFromAStateGivesTheSameBits(recurrent: String) throws {
    // The perplexity falls by less than a million in each epoch, so that the rate is halved from the third on.
    let whole = try trainer(data(), least: 1e6, recurrent: recurrent)
    for _ in 0..<3 { _ = try whole.trainEpoch() }
    let state = whole.state
    #expect(state.rateFactor == 0.5)
    let directory = try TemporaryDirectory()
    let layout = whole.network.layout
    try state.write(to: directory.path + "/s", layout: layout)
    let read = try TrainingState.read(directory.path + "/s", layout: layout)
    #expect(read == state)
    let last = try #require(try whole.trainEpoch())
    #expect(last.learningRate == 0.5 && whole.state.rateFactor == 0.25)
    let continued = try trainer(data(), least: 1e6, state: read, recurrent: recurrent)
    _ = try continued.trainEpoch()
    #expect(continued.state == whole.state)
  }

  @Test(arguments: recurrent)
  func anInterruptedEpochGoesOnInTheMiddleOfTheText(recurrent: String) throws {
    let whole = try trainer(data(), recurrent: recurrent)
    let halted = try trainer(data(), recurrent: recurrent)
    _ = try whole.trainEpoch()
    #expect(try halted.trainEpoch(progress: { progress, _ in progress.step < 2 }) == nil)
    _ = try halted.trainEpoch()
    #expect(halted.state == whole.state)
  }

  @Test func wordsThatFollowEachOtherAreLearned() throws {
    let trainer = try trainer(data())
    let before = trainer.evaluate()
    #expect(perplexity(before.testLoss) > 5)
    var last = before
    for _ in 0..<30 { last = try #require(try trainer.trainEpoch()) }
    #expect(perplexity(last.testLoss) < 1.5 && last.testAccuracy > 0.9)
  }

  @Test func gradientsAreSummedOverSteps() throws {
    // Twice the rate of the mean is the rate of the sum over two steps.
    let data = data(steps: 2)
    let summed = try trainer(data, rate: 0.01)
    var settings = summed.hyperparameters
    settings.sumsSteps = false
    settings.learningRate = 0.02
    settings.clipNorm = nil
    let mean = try Trainer(
      try network(data), data: data, normalization: Normalization(), hyperparameters: settings,
      random: RandomSource(seed: 1))
    _ = (try summed.trainEpoch(), try mean.trainEpoch())
    let pairs = zip(summed.network.parameters, mean.network.parameters)
    #expect(pairs.allSatisfy { abs($0 - $1) < 1e-4 })
    #expect(summed.network.parameters != (try network(data)).parameters)
  }

  @Test func streamsTakeEachSegmentOnceAndGoOn() {
    let streams = Streams(segments: 8, atMost: 3)
    let batches = (0..<streams.length).map { streams.batch(step: $0, of: 0..<3) }
    #expect(batches.map(\.examples) == [[0, 3, 6], [1, 4, 7], [2, 5]])
    #expect(batches.map(\.isContinued) == [false, true, true])
    #expect(streams.trainingOrder == [0, 2, 4, 1, 3, 5])
  }

  @Test func segmentsGoOnWithTheStateOfThoseBefore() throws {
    // One stream cut anywhere is one text: an evaluation does not depend on the length of segments.
    let network = try network(data())
    let losses = [2, 4, 8].map { steps in
      let set = data(steps: steps)
      let samples = Samples(set.test, shape: set.shape, normalization: Normalization())
      #expect(samples.count < 20)
      return Inference(network.fitted(to: set.shape)).outcomes(of: samples).loss
    }
    #expect(abs(losses[0] - losses[1]) < 1e-6 && abs(losses[1] - losses[2]) < 1e-6)
  }

  @Test func statisticsAndLesionsGroupStepsByTheKindsOfWords() throws {
    let set = data()
    let inference = Inference(try network(set))
    let samples = Samples(set.train, shape: set.shape, normalization: Normalization())
    let statistics = inference.statistics(of: samples)
    #expect(statistics.layers.map(\.layer) == [1, 2])
    #expect(statistics.samplesByClass.reduce(0, +) == set.text?.corpus.train.count)
    #expect(statistics.samplesByClass.count == set.classNames.count)
    let outcomes = inference.outcomes(of: samples)
    #expect(abs((statistics.loss ?? 0) - outcomes.loss) < 1e-6)
    let sweep = inference.lesions(of: samples)
    #expect(abs(sweep.baseline.loss - outcomes.loss) < 1e-6)
    #expect(sweep.baseline.classError.count == set.classNames.count)
    // A lesion carries a state of its own: it is what a network held so comes to.
    for (layer, outcome) in sweep.layers {
      var clamps = GateClamps()
      clamps.hold(.init(layer: layer), at: 0)
      let held = Inference(try network(set), clamps: clamps).outcomes(of: samples)
      #expect(abs(outcome.loss - held.loss) < 1e-6 && outcome.loss != outcomes.loss)
    }
    let trace = inference.trace(3, of: samples)
    #expect(trace.layers[0].positions == 4 && trace.probabilities.count == 4 * set.outputs)
    #expect(samples.tokens(of: 0) == ["in", "the", "sea", "a"])
    #expect(samples.nextWords(of: 0) == ["the", "sea", "a", "fish"])
  }

  @Test func aCheckpointKeepsTheVocabulary() throws {
    let set = data()
    let vocabulary = try #require(set.text?.encoding.vocabulary)
    let directory = try TemporaryDirectory()
    let path = directory.path + "/c.safetensors"
    let network = try network(set)
    try Checkpoint(network, vocabulary: vocabulary).write(to: path)
    let read = try Checkpoint.read(path)
    #expect(read.vocabulary == vocabulary && read.network.parameters == network.parameters)
    try Checkpoint(network, vocabulary: Vocabulary(words: Array(repeating: "x", count: 99)))
      .write(to: path)
    #expect(throws: CheckpointError.self) { try Checkpoint.read(path) }
  }
}
