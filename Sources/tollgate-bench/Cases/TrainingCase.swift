import HighwayNetworks

/// One epoch of training.
struct TrainingCase: BenchmarkCase {
  let name: String
  let network: BenchmarkNetwork
  let data: BenchmarkData
  let batch: Int
  let samples: Int
  let threads: Int

  var shape: String {
    "\(network.description), batch \(batch), \(NumberFormat.count(samples)) samples"
  }
  var operations: Double? { network.trainingOperations * Double(samples) }
  var epochFactor: Double? {
    let whole = BenchmarkData.epochSamples
    return samples == whole ? nil : Double(whole) / Double(samples)
  }

  private var hyperparameters: Hyperparameters {
    Hyperparameters(batchSize: batch, learningRate: 0.01, momentum: 0.9, seed: 1)
  }

  /// Takes two steps on one mini-batch and compares losses and parameters.
  ///
  /// The examples of the batch enter in an order drawn at random, which the sums do not depend on. The
  /// batch is the timed one, so that it is divided among threads as there.
  func verify() throws {
    let part = data.first(min(batch, samples))
    let trainer = try network.trainer(part, hyperparameters: hyperparameters, threads: threads)
    var reference = ReferenceNetwork(network.network)
    let start = reference.parameters
    var moments = [Double](repeating: 0, count: start.count)
    let inputs = (0..<part.train.count).map { data.input($0) }
    for step in 1...2 {
      let expected = reference.step(
        inputs, labels: part.train.labels ?? [], learningRate: Double(hyperparameters.learningRate),
        momentum: Double(hyperparameters.momentum), moments: &moments)
      let found = try trainer.trainEpoch()?.trainLoss ?? .nan
      try Mismatch.check(
        "loss of step \(step)", expected: expected, found: found, bound: 1e-6 * expected)
    }
    try compare(trainer.network.parameters, with: reference.parameters, start: start)
  }

  /// Compares how far each tensor has moved.
  ///
  /// A gradient in floats is right to 1.3e-5 where it has passed a thousand layers, to 2e-6 where it has
  /// passed fifty; on top comes the rounding of the parameters themselves, half a unit in the last place in
  /// each step.
  private func compare(_ found: [Float], with expected: [Double], start: [Double]) throws {
    for tensor in network.network.layout.tensors {
      var distance = 0.0
      var movement = 0.0
      var size = 0.0
      for index in tensor.range {
        let difference = Double(found[index]) - expected[index]
        distance += difference * difference
        let moved = expected[index] - start[index]
        movement += moved * moved
        size += expected[index] * expected[index]
      }
      let bound = 4e-5 * movement.squareRoot() + 0x1p-23 * size.squareRoot()
      try Mismatch.check(
        "distance of \(tensor.name) from the reference", expected: 0,
        found: distance.squareRoot(), bound: bound)
    }
  }

  func prepare() throws -> () throws -> Void {
    let trainer = try network.trainer(
      data.first(samples), hyperparameters: hyperparameters, threads: threads)
    return { _ = try trainer.trainEpoch() }
  }
}
