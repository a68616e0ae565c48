import ArgumentParser
import HighwayNetworks

/// Which networks are timed, and for how many steps.
struct StepOptions: ParsableArguments {
  @Option(help: "The number of threads.")
  var threads = processorCount()

  @Option(help: "How many steps are timed.")
  var steps = 12

  @Option(
    name: .customLong("case"), parsing: .singleValue,
    help: ArgumentHelp("Run this network; may be repeated. All if left out.", valueName: "name"))
  var cases: [String] = []

  /// Checks the options, the cases against the names that there are.
  func validate(names: [String]) throws {
    guard Machine.isOptimized else {
      throw ValidationError(
        "this is a debug build, whose times say nothing; run: swift run -c release tollgate-bench")
    }
    guard (1...1_000).contains(steps), (1...processorCount()).contains(threads) else {
      throw ValidationError("--steps: expected 1 to 1000; --threads: at most the processors")
    }
    if let unknown = cases.first(where: { !names.contains($0) }) {
      throw ValidationError(
        "--case: expected one of \(names.joined(separator: ", ")), found \(unknown)")
    }
  }
}

/// Steps of training of a network, checked and timed.
struct TrainingSteps {
  let network: Network
  let normalization: Normalization
  let random: RandomSource
  let threads: Int

  private func trainer(_ data: DataSet, _ settings: Hyperparameters) throws -> Trainer {
    try Trainer(
      network, data: data, normalization: normalization, hyperparameters: settings,
      random: random, threads: threads)
  }

  /// Steps along the gradient of a small batch, all of the data, lower its loss by the squared norm of the gradient
  /// times the rate, but for the curvature of so small a step: a first step at `rate` gives the norm, and the second
  /// is so small that it should lower the loss by `decrease`.
  func verify(_ data: DataSet, rate: Float, decrease: Double) throws {
    func step(_ rate: Float) throws -> (loss: Double, after: Double, norm: Double) {
      let trainer = try trainer(
        data,
        Hyperparameters(batchSize: data.train.count, learningRate: rate, momentum: 0, seed: 1))
      let before = network.parameters
      let loss = try trainer.trainEpoch()?.trainLoss ?? .nan
      let moved = trainer.network.parameters
      var norm = 0.0
      for tensor in network.layout.tensors {
        if case .running = tensor.parameter.role { continue }
        for index in tensor.range {
          let move = Double(before[index] - moved[index]) / Double(rate)
          norm += move * move
        }
      }
      return (loss, try trainer.trainEpoch()?.trainLoss ?? .nan, norm)
    }
    let fineRate = Float(decrease / (try step(rate).norm))
    let fine = try step(fineRate)
    let expected = Double(fineRate) * fine.norm
    try Mismatch.check(
      "what a step lowers the loss by", expected: expected, found: fine.loss - fine.after,
      bound: 0.1 * expected)
  }

  /// How long the steps of an epoch took, but for the first two, ascending, in seconds.
  func times(_ data: DataSet, _ settings: Hyperparameters) throws -> [Double] {
    let trainer = try trainer(data, settings)
    let clock = ContinuousClock()
    var last = clock.now
    var times: [Double] = []
    _ = try trainer.trainEpoch { progress, _ in
      let now = clock.now
      // The first steps make their passes ready.
      if progress.step > 2 { times.append((now - last) / .seconds(1)) }
      last = now
      return true
    }
    return times.sorted()
  }
}

/// The seconds of a pass, the best of three after one that makes it ready.
func bestPass(_ work: () -> Void) -> Double {
  work()
  let clock = ContinuousClock()
  return (0..<3).map { _ in clock.measure(work) / .seconds(1) }.min() ?? 0
}
