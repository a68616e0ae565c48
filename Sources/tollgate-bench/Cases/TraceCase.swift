import HighwayNetworks

/// Everything that one sample does in every layer, by a network that is ready.
struct TraceCase: BenchmarkCase {
  let name = "trace"
  let network: BenchmarkNetwork
  let data: BenchmarkData
  private let inference: Inference
  private let samples: Samples

  init(network: BenchmarkNetwork, data: BenchmarkData) {
    self.network = network
    self.data = data
    inference = Inference(network.network)
    samples = data.samples()
  }

  var shape: String { "\(network.description), 1 sample" }
  var operations: Double? { network.forwardOperations }

  /// Compares every value of some samples.
  func verify() throws {
    let reference = ReferenceNetwork(network.network)
    let gated = network.network.architecture.gatedLayers
    for sample in [0, 1, data.fullCount - 1] {
      let expected = reference.forward(data.input(sample), label: data.label(sample))
      let found = trace(sample)
      try Mismatch.check(
        "number of layers", expected: Double(gated.count), found: Double(found.layers.count),
        bound: 0)
      for (layer, index) in zip(found.layers, gated) {
        let values = expected.layers[index]
        let name = "sample \(sample), layer \(index)"
        try Mismatch.check(
          "\(name), H", expected: values.blockState, found: layer.blockState, bound: 1e-5)
        try Mismatch.check(
          "\(name), T", expected: values.transformGate, found: layer.transformGate, bound: 1e-5)
        try Mismatch.check(
          "\(name), C", expected: values.transformGate.map { 1 - $0 }, found: layer.carryGate,
          bound: 1e-5)
        try Mismatch.check(
          "\(name), y", expected: values.output, found: layer.blockOutput, bound: 1e-5)
      }
      try Mismatch.check(
        "sample \(sample), probabilities", expected: expected.probabilities,
        found: found.probabilities, bound: 1e-5)
    }
  }

  func prepare() -> () throws -> Void {
    { _ = trace(0) }
  }

  private func trace(_ sample: Int) -> SampleTrace {
    inference.trace(sample, of: samples)
  }
}
