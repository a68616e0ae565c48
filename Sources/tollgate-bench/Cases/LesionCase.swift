import HighwayNetworks

/// Each highway layer lesioned in turn, over the first training samples.
struct LesionCase: BenchmarkCase {
  let name = "lesion"
  let network: BenchmarkNetwork
  let data: BenchmarkData
  let samples: Int
  let threads: Int

  var shape: String { "\(network.description), each layer, \(NumberFormat.count(samples)) samples" }
  var epochFactor: Double? { Double(BenchmarkData.epochSamples) / Double(samples) }

  /// The operations of the network as it is, and of the layers above each lesion: what is below is computed
  /// once, and a lesion itself returns its input.
  var operations: Double? {
    let layout = network.network.layout
    let gated = network.network.architecture.gatedLayers
    let perLayer = layout.tensors.filter { $0.shape.count == 2 && $0.name.hasPrefix("layers.") }
      .reduce(0) { $0 + 2 * Double($1.count) }
    let first = layout.tensors.first.map { 2 * Double($0.count) } ?? 0
    let count = Double(gated.count)
    let ofGated = (perLayer - first) / count
    let output = network.forwardOperations - perLayer
    let above = count * (count - 1) / 2 * ofGated + count * output
    return Double(samples) * (network.forwardOperations + above)
  }

  /// Compares the losses of the first samples, more than go through at once, with those of a reference
  /// whose layer is left out.
  func verify() throws {
    let count = min(250, samples)
    let found = sweep(count)
    let whole = ReferenceNetwork(network.network)
    func loss(of reference: ReferenceNetwork) -> Double {
      (0..<count).reduce(0) {
        $0 + reference.forward(data.input($1), label: data.label($1)).loss
      } / Double(count)
    }
    let expected = loss(of: whole)
    try Mismatch.check(
      "loss", expected: expected, found: found.baseline.loss, bound: 1e-7 * expected)
    for (layer, outcome) in found.layers where layer % 12 == 1 {
      let expected = loss(of: whole.without(layer))
      try Mismatch.check(
        "loss without layer \(layer)", expected: expected, found: outcome.loss,
        bound: 1e-7 * expected)
    }
  }

  func prepare() -> () throws -> Void {
    { _ = sweep(samples) }
  }

  private func sweep(_ count: Int) -> LesionSweep {
    Inference(network.network).lesions(of: data.samples(count), threads: threads)
  }
}
