import HighwayNetworks

/// A network to be timed, and what it is called.
struct BenchmarkNetwork {
  let network: Network
  private let random: RandomSource

  /// One plain layer and, above it, highway layers that bring the number of layers to `depth`.
  static func highway(width: Int, depth: Int, inputs: Int) -> BenchmarkNetwork {
    BenchmarkNetwork(
      inputs: inputs,
      layers: [.dense(units: width, activation: .tanh)]
        + repeatElement(
          .highway(units: width, activation: .tanh, gating: .coupled, gateBias: -4),
          count: depth - 1))
  }

  /// Plain layers only.
  static func plain(width: Int, depth: Int, inputs: Int) -> BenchmarkNetwork {
    BenchmarkNetwork(
      inputs: inputs,
      layers: Array(repeating: .dense(units: width, activation: .tanh), count: depth))
  }

  private init(inputs: Int, layers: [Architecture.Layer]) {
    var random = RandomSource(seed: 1)
    network = Network(
      Architecture(input: Shape(features: inputs), classes: 10, layers: layers), random: &random)
    self.random = random
  }

  /// A trainer that starts from the network.
  func trainer(
    _ data: DataSet, hyperparameters: Hyperparameters, threads: Int
  ) throws -> Trainer {
    try Trainer(
      network, data: data, normalization: Normalization(), hyperparameters: hyperparameters,
      random: random, threads: threads)
  }

  /// The operations of one example's forward pass: two for each weight.
  var forwardOperations: Double {
    network.layout.tensors.filter { $0.shape.count == 2 }.reduce(0) { $0 + 2 * Double($1.count) }
  }

  /// The operations of one example in training.
  ///
  /// Forward, the weights' gradients and the inputs' gradients are a product each; nobody asks for the
  /// gradient of the pixels.
  var trainingOperations: Double {
    let first = network.layout.tensors.first.map { 2 * Double($0.count) } ?? 0
    return 3 * forwardOperations - first
  }

  /// What the network is made of, such as `784-50×50-10`.
  var description: String {
    let architecture = network.architecture
    let width = architecture.width
    let gated = architecture.gatedLayers.count
    let plain = architecture.layers.count - gated
    let layers = gated > 0 ? "\(plain) plain + \(gated) coupled" : "\(plain) plain"
    return "\(architecture.input)-(\(layers))×\(width)-\(architecture.classes ?? 0)"
  }
}
