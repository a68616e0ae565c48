import HighwayNetworks
import Libc

/// The equations of a network of plain and coupled highway layers, written as plain loops over doubles.
///
/// What is timed is first compared with this; nothing of the backend takes part in it except the names
/// and places of the parameters.
struct ReferenceNetwork {
  /// One affine map `x·Wᵀ + b` and where its parameters lie.
  struct Affine {
    let outputs: Int
    let inputs: Int
    /// The offset of W, `[outputs, inputs]`.
    let weight: Int
    /// The offset of b, `[outputs]`.
    let bias: Int
  }

  /// One layer: `gate` is nil where the layer is plain.
  struct Layer {
    let activation: Activation
    let transform: Affine
    let gate: Affine?
  }

  /// What one example leaves at one layer; each `[units]`.
  struct LayerValues {
    let input: [Double]
    let blockState: [Double]
    /// Empty where the layer is plain.
    let transformGate: [Double]
    let output: [Double]
  }

  /// What one example leaves in the network.
  struct Pass {
    let layers: [LayerValues]
    /// `[classes]`.
    let probabilities: [Double]
    /// −log p(label), in nats.
    let loss: Double
  }

  private(set) var layers: [Layer]
  let output: Affine
  var parameters: [Double]

  /// Creates the reference of a network.
  ///
  /// - Precondition: The highway layers are coupled.
  init(_ network: Network) {
    let places = Dictionary(
      uniqueKeysWithValues: network.layout.tensors.map { ($0.name, $0) })
    func affine(_ name: String) -> Affine {
      guard let weight = places[name + ".weight"], let bias = places[name + ".bias"] else {
        preconditionFailure("the layout has a weight and a bias for each affine map")
      }
      return Affine(
        outputs: weight.shape[0], inputs: weight.shape[1], weight: weight.offset,
        bias: bias.offset)
    }
    layers = network.architecture.layers.enumerated().map { index, layer in
      let activation = layer.activation ?? .linear
      guard let gating = layer.gating else {
        return Layer(activation: activation, transform: affine("layers.\(index)"), gate: nil)
      }
      precondition(gating == .coupled, "the reference knows coupled gates")
      return Layer(
        activation: activation, transform: affine("layers.\(index).transform"),
        gate: affine("layers.\(index).gate"))
    }
    output = affine("output")
    parameters = network.parameters.map(Double.init)
  }

  /// The network without one of its highway layers: with T held at 0, it returns its input.
  func without(_ layer: Int) -> ReferenceNetwork {
    var rest = self
    rest.layers.remove(at: layer)
    return rest
  }

  /// Runs one example through the network.
  func forward(_ input: [Double], label: Int) -> Pass {
    var x = input
    var values: [LayerValues] = []
    for layer in layers {
      let blockState = apply(layer.transform, to: x).map { activate($0, layer.activation) }
      var gates: [Double] = []
      var y = blockState
      if let gate = layer.gate {
        gates = apply(gate, to: x).map { 1 / (1 + exp(-$0)) }
        for unit in y.indices {
          y[unit] = blockState[unit] * gates[unit] + x[unit] * (1 - gates[unit])
        }
      }
      values.append(
        LayerValues(input: x, blockState: blockState, transformGate: gates, output: y))
      x = y
    }
    let logits = apply(output, to: x)
    let highest = logits.max() ?? 0
    let powers = logits.map { exp($0 - highest) }
    let sum = powers.reduce(0, +)
    return Pass(
      layers: values, probabilities: powers.map { $0 / sum },
      loss: log(sum) - (logits[label] - highest))
  }

  private func apply(_ affine: Affine, to x: [Double]) -> [Double] {
    let all = parameters.span
    let input = x.span
    return (0..<affine.outputs).map { row in
      let start = affine.weight + row * affine.inputs
      let weights = all.extracting(start..<start + affine.inputs)
      var sum = all[affine.bias + row]
      for column in weights.indices { sum += weights[column] * input[column] }
      return sum
    }
  }

  private func activate(_ value: Double, _ activation: Activation) -> Double {
    switch activation {
    case .relu: max(0, value)
    case .tanh: tanh(value)
    case .sigmoid: 1 / (1 + exp(-value))
    case .linear: value
    }
  }
}
