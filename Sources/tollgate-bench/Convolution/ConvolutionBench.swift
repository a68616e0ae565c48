import ArgumentParser
import HighwayNetworks
import Libc
import TensorFiles

/// `tollgate-bench conv`: steps of training and passes of the papers' networks of maps.
struct ConvolutionBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conv",
    abstract: "Time networks of maps: steps of training, passes, statistics and lesions.",
    discussion: """
      Random images, no dropout and no augmentation. Before a network is timed, a step along its \
      gradient has to lower the loss by what the gradient says. GFLOP counts the convolutions and \
      matrix products, three times as many in training as forward.
      """)

  @OptionGroup var options: StepOptions

  func validate() throws { try options.validate(names: ConvolutionSubject.names) }

  func run() throws {
    let threads = options.threads
    let ceilings = Ceilings(threads: threads)
    let machine = Machine()
    print(
      "\(machine.processor), \(threads) threads, oneDNN \(machine.oneDNN), multiply-add "
        + "\(NumberFormat.fixed(ceilings.peak / 1e9, 0)) GFLOP/s")
    for name in options.cases.isEmpty ? ConvolutionSubject.names : options.cases {
      let subject = try ConvolutionSubject(name)
      do { try subject.verify(threads: threads) } catch let error as Mismatch {
        print("\(name): wrong: \(error)")
        throw ExitCode(1)
      }
      let training = try subject.stepTimes(options.steps, threads: threads)
      let passes = subject.passTimes(threads: threads)
      print(line(name, subject, training, passes))
    }
  }
}

extension ConvolutionBench {
  /// The line of a network.
  private func line(
    _ name: String, _ subject: ConvolutionSubject, _ steps: [Double],
    _ passes: (forward: Double, statistics: Double)
  ) -> String {
    let work = subject.operations * Double(subject.batch) / 1e9
    let step = "step \(duration(steps[0])) best, \(duration(steps[steps.count / 2])) median"
    let forward =
      "forward \(duration(passes.forward)), \(NumberFormat.fixed(work / passes.forward, 0)) GFLOP/s"
    let memory = NumberFormat.fixed(Double(peakMemory()) / 1e6, 0)
    return
      "\(name), batch \(subject.batch): \(step), \(NumberFormat.fixed(3 * work / steps[0], 0)) GFLOP/s; "
      + "\(forward); with statistics \(duration(passes.statistics)); peak memory \(memory) MB"
  }
}

/// A network that is timed on random images.
struct ConvolutionSubject {
  static let names = ["highway-mnist-10", "resnet-20", "highway-cifar-19"]

  let batch: Int
  private let network: Network
  private let preset: Preset
  private let random: RandomSource

  init(_ name: String) throws {
    preset = try Setting.preset.read(name)
    batch = preset.hyperparameters(seed: 1).batchSize
    let whole = try preset.architecture(input: preset.paperInput, classes: 10)
    let architecture = Architecture(
      input: whole.input, classes: 10, layers: whole.layers.filter { $0.kind != "dropout" })
    var random = RandomSource(seed: 1)
    network = Network(architecture, random: &random)
    self.random = random
  }

  /// The operations of one example's forward pass.
  var operations: Double {
    network.layout.tensors.reduce(0) { sum, tensor in
      guard tensor.shape.count > 1 else { return sum }
      let positions =
        tensor.shape.count == 4
        ? tensor.layer.map { network.architecture.output(ofLayer: $0).positionCount } ?? 1 : 1
      return sum + 2 * Double(tensor.count * positions)
    }
  }

  private func data(_ count: Int) -> DataSet {
    var random = RandomSource(seed: 7)
    let shape = preset.paperInput
    let pixels = (0..<count * shape.count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    return DataSet(
      name: "random", shape: shape, classNames: (0..<10).map(String.init),
      train: DataSet.Split(pixels: pixels, labels: (0..<count).map { UInt8($0 % 10) }),
      test: .empty)
  }

  private func training(threads: Int) -> TrainingSteps {
    TrainingSteps(
      network: network, normalization: Normalization(mean: [0.5], std: [0.29]), random: random,
      threads: threads)
  }

  /// Checks a step along the gradient of one part of a batch.
  func verify(threads: Int) throws {
    try training(threads: threads).verify(data(64), rate: 1e-3, decrease: 2e-3)
  }

  /// How long steps of training took, ascending, in seconds.
  func stepTimes(_ steps: Int, threads: Int) throws -> [Double] {
    var settings = preset.hyperparameters(seed: 1)
    settings.augmentation = nil
    settings.learningRate = 1e-3
    return try training(threads: threads).times(data(batch * (steps + 2)), settings)
  }

  /// The seconds of a batch, forward alone and with the statistics of all gates.
  func passTimes(threads: Int) -> (forward: Double, statistics: Double) {
    let count = batch * 4
    let samples = Samples(
      data(count).train, shape: preset.paperInput, normalization: Normalization())
    let inference = Inference(network)
    let share = Double(batch) / Double(count)
    return (
      share * bestPass { _ = inference.outcomes(of: samples, threads: threads) },
      share * bestPass { _ = inference.statistics(of: samples, threads: threads) }
    )
  }
}
