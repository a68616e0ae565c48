import Foundation

@testable import HighwayNetworks

/// A network in plain float64 loops, for one sample at a time, with T of some units held.
struct PlainNetwork {
  let network: Network
  /// T of a unit of a layer, where it is held.
  var held: (_ layer: Int, _ unit: Int) -> Double? = { _, _ in nil }

  /// What one sample does at a highway layer.
  struct Gates {
    var t: [Double] = []
    var c: [Double] = []
    var y: [Double] = []
    /// The layer's input.
    var x: [Double] = []
  }

  /// The highway layers' values and the probabilities.
  func run(_ input: [Double]) -> (gates: [Int: Gates], probabilities: [Double]) {
    var x = input
    var gates: [Int: Gates] = [:]
    for (index, layer) in network.architecture.layers.enumerated() {
      let activation = layer.activation ?? .linear
      if layer.gating == nil {
        x = affine("layers.\(index)", x).map { act($0, activation) }
      }
      if let gating = layer.gating {
        let units = x.count
        let h = affine("layers.\(index).transform", x).map { act($0, activation) }
        let gate = gating.learnsTransformGate ? affine("layers.\(index).gate", x) : []
        let carry = gating.learnsCarryGate ? affine("layers.\(index).carry", x) : []
        var values = Gates()
        for unit in 0..<units {
          let own = gating.learnsTransformGate ? 1 / (1 + exp(-gate[unit])) : constantT(gating)
          let t = held(index, unit) ?? own
          let c: Double =
            switch gating {
            case .coupled, .frozen: 1 - t
            case .full, .carryOnly: 1 / (1 + exp(-carry[unit]))
            case .transformOnly, .residual: 1
            case .plain: 0
            }
          values.t.append(t)
          values.c.append(c)
          values.y.append(h[unit] * t + x[unit] * c)
        }
        values.x = x
        gates[index] = values
        x = values.y
      }
    }
    let logits = affine("output", x)
    let highest = logits.max() ?? 0
    let exponentials = logits.map { exp($0 - highest) }
    let sum = exponentials.reduce(0, +)
    return (gates, exponentials.map { $0 / sum })
  }

  private func constantT(_ gating: Gating) -> Double {
    if case .frozen(let p) = gating { Double(p) } else { 1 }
  }

  private func affine(_ name: String, _ x: [Double]) -> [Double] {
    guard let weight = network.layout.tensors.first(where: { $0.name == name + ".weight" }),
      let bias = network.layout.tensors.first(where: { $0.name == name + ".bias" })
    else { return [] }
    return (0..<weight.shape[0]).map { row in
      var sum = Double(network.parameters[bias.offset + row])
      for column in 0..<weight.shape[1] {
        sum +=
          Double(network.parameters[weight.offset + row * weight.shape[1] + column]) * x[column]
      }
      return sum
    }
  }

  private func act(_ value: Double, _ activation: Activation) -> Double {
    switch activation {
    case .relu: max(0, value)
    case .tanh: tanh(value)
    case .sigmoid: 1 / (1 + exp(-value))
    case .linear: value
    }
  }
}
