import ArgumentParser
import HighwayNetworks
import Libc
import TensorFiles

/// `tollgate-bench sequences`: steps of training of networks that read sequences.
struct SequenceBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sequences",
    abstract: "Time networks that read sequences: steps of training, and passes forward.",
    discussion: """
      Random tokens or frames, no dropout; words follow Zipf's law, so that distinct ones are as few as in a \
      text. Before a network is timed, a step along its gradient has to lower the loss by what the gradient says.
      """)

  @OptionGroup var options: StepOptions

  func validate() throws { try options.validate(names: SequenceSubject.all.map(\.name)) }

  func run() throws {
    let (threads, cases) = (options.threads, options.cases)
    let machine = Machine()
    print("\(machine.processor), \(threads) threads, oneDNN \(machine.oneDNN)")
    for subject in SequenceSubject.all where cases.isEmpty || cases.contains(subject.name) {
      let work = try SequenceWork(subject)
      do { try work.verify(threads: threads) } catch let error as Mismatch {
        print("\(subject.name): wrong: \(error)")
        throw ExitCode(1)
      }
      let times = try work.stepTimes(options.steps, threads: threads)
      let forward = work.passTime(threads: threads)
      let tokens = Double(subject.batch * subject.steps)
      print(
        "\(subject.name), \(subject.batch) × \(subject.steps): step \(duration(times[0])) best, "
          + "\(duration(times[times.count / 2])) median, "
          + "\(NumberFormat.fixed(tokens / times[0], 0)) tokens/s; forward \(duration(forward)); "
          + "peak memory \(NumberFormat.fixed(Double(peakMemory()) / 1e6, 0)) MB")
    }
  }
}

/// A network that is timed, with the extents of its batches.
struct SequenceSubject {
  /// What a step of the input is.
  enum Input {
    /// A word by its characters, so many of them.
    case words(length: Int)
    /// A token by its id, of so many.
    case tokens(Int)
    /// So many numbers.
    case frames(Int)
  }

  let name: String
  let batch: Int
  let steps: Int
  let input: Input
  let classes: Int
  let layers: String

  static let all = [
    SequenceSubject(
      name: "kim-small", batch: 20, steps: 35, input: .words(length: 21), classes: 10_000,
      layers: #"{"kind":"char-cnn","characters":51,"units":15,"kernels":[1,2,3,4,5,6],"#
        + #""channels":[25,50,75,100,125,150],"activation":"tanh","padding":0},"#
        + #"{"kind":"highway","units":525,"activation":"relu","gating":"coupled","gateBias":-2},"#
        + #"{"kind":"lstm","units":300,"count":2}"#),
    SequenceSubject(
      name: "lstm-2x300", batch: 20, steps: 35, input: .tokens(10_000), classes: 10_000,
      layers: #"{"kind":"embedding","tokens":10000,"units":300},"#
        + #"{"kind":"lstm","units":300,"count":2}"#),
    SequenceSubject(
      name: "lstm-2x128", batch: 32, steps: 128, input: .tokens(96), classes: 96,
      layers: #"{"kind":"embedding","tokens":96,"units":128},"#
        + #"{"kind":"lstm","units":128,"count":2}"#),
    SequenceSubject(
      name: "hlstm-3x128", batch: 32, steps: 100, input: .frames(40), classes: 40,
      layers: #"{"kind":"lstm","units":128,"peephole":true},"#
        + #"{"kind":"hlstm","units":128,"peephole":true,"count":2}"#),
  ]

  /// The number of values of a step.
  var features: Int {
    switch input {
    case .words(let length): length
    case .tokens: 1
    case .frames(let count): count
    }
  }

  func architecture() throws -> Architecture {
    try Architecture(
      json: #"{"input":[\#(steps),\#(features)],"task":"tag-sequence","classes":\#(classes),"#
        + #""layers":[\#(layers)]}"#)
  }

  /// Random sequences, each step with a label.
  func data(_ count: Int) -> DataSet {
    var random = RandomSource(seed: 7)
    var values: [Float] = []
    for _ in 0..<count * steps {
      switch input {
      case .words(let length): values += Self.word(Self.zipf(classes, &random), length: length)
      case .tokens(let kinds):
        values.append(
          Float(
            kinds > 1_000 ? Self.zipf(kinds, &random) : Int.random(in: 0..<kinds, using: &random)))
      case .frames(let width):
        values += (0..<width).map { _ in Float.random(in: -1...1, using: &random) }
      }
    }
    let labels = (0..<count * steps).map { _ in Int32.random(in: 0..<Int32(classes), using: &random)
    }
    return DataSet(
      name: "random", shape: .sequence(steps: steps, features: features),
      classNames: (0..<classes).map(String.init),
      train: DataSet.Split(
        sequences: values, lengths: [Int32](repeating: Int32(steps), count: count), labels: labels),
      test: DataSet.Split(sequences: [], lengths: [], labels: []))
  }

  /// A rank by Zipf's law, nearly: the logarithm of the rank is uniform.
  private static func zipf(_ count: Int, _ random: inout RandomSource) -> Int {
    let rank = exp(Double.random(in: 0..<log(Double(count + 1)), using: &random))
    return min(count - 1, Int(rank) - 1)
  }

  /// The characters of a word, the same for each rank, between its marks and padded.
  private static func word(_ rank: Int, length: Int) -> [Float] {
    var random = RandomSource(seed: UInt64(rank))
    let letters = (0..<Int.random(in: 1...14, using: &random)).map { _ in
      Float(Int.random(in: 3...50, using: &random))
    }
    let word = [1] + letters + [2]
    return word + [Float](repeating: 0, count: length - word.count)
  }
}

/// A network with its random data.
private struct SequenceWork {
  let subject: SequenceSubject
  let network: Network
  let random: RandomSource

  init(_ subject: SequenceSubject) throws {
    self.subject = subject
    var random = RandomSource(seed: 1)
    network = Network(try subject.architecture(), random: &random)
    self.random = random
  }

  private func training(threads: Int) -> TrainingSteps {
    TrainingSteps(
      network: network, normalization: Normalization(), random: random, threads: threads)
  }

  /// Checks a step along the gradient of four sequences.
  func verify(threads: Int) throws {
    try training(threads: threads).verify(subject.data(4), rate: 0.1, decrease: 5e-3)
  }

  /// How long steps of training took, ascending, in seconds.
  func stepTimes(_ steps: Int, threads: Int) throws -> [Double] {
    let settings = Hyperparameters(
      batchSize: subject.batch, learningRate: 1e-3, momentum: 0, clipNorm: 5, sumsSteps: true,
      seed: 1)
    return try training(threads: threads).times(
      subject.data(subject.batch * (steps + 2)), settings)
  }

  /// The seconds of a batch forward.
  func passTime(threads: Int) -> Double {
    let count = subject.batch * 4
    let samples = Samples(
      subject.data(count).train, shape: network.architecture.input,
      normalization: Normalization())
    let inference = Inference(network)
    return Double(subject.batch) / Double(count)
      * bestPass { _ = inference.outcomes(of: samples, threads: threads) }
  }
}
