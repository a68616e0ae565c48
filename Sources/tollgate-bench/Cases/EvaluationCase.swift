import HighwayNetworks

/// A forward pass over the training samples that gives loss and accuracy.
struct EvaluationCase: BenchmarkCase {
  let name = "forward"
  let network: BenchmarkNetwork
  let data: BenchmarkData
  let threads: Int

  private var samples: Int { data.fullCount }
  var shape: String { "\(network.description), \(NumberFormat.count(samples)) samples" }
  var operations: Double? { network.forwardOperations * Double(samples) }

  /// Compares the loss and the accuracy of the first samples, more than go through at once.
  ///
  /// The rounding of many losses averages out: their mean is right to 1e-9.
  func verify() throws {
    let count = min(450, samples)
    let reference = ReferenceNetwork(network.network)
    var loss = 0.0
    var right = 0
    for sample in 0..<count {
      let pass = reference.forward(data.input(sample), label: data.label(sample))
      loss += pass.loss
      let top = pass.probabilities.indices.max {
        pass.probabilities[$0] < pass.probabilities[$1]
      }
      right += top == data.label(sample) ? 1 : 0
    }
    let found = evaluate(count)
    try Mismatch.check(
      "loss", expected: loss / Double(count), found: found.loss,
      bound: 1e-7 * loss / Double(count))
    // Two classes can be so close that rounding decides; one sample is allowed for that.
    try Mismatch.check(
      "accuracy", expected: Double(right) / Double(count), found: found.accuracy,
      bound: 1.5 / Double(count))
  }

  func prepare() -> () throws -> Void {
    { _ = evaluate(samples) }
  }

  private func evaluate(_ count: Int) -> Outcomes {
    Inference(network.network).outcomes(of: data.samples(count), threads: threads)
  }
}
