import HighwayNetworks

extension ReferenceNetwork {
  /// Takes one step of gradient descent with momentum on a mini-batch.
  ///
  /// - Returns: The mean loss before the step.
  mutating func step(
    _ inputs: [[Double]], labels: [Int32], learningRate: Double, momentum: Double,
    moments: inout [Double]
  ) -> Double {
    var gradient = [Double](repeating: 0, count: parameters.count)
    var loss = 0.0
    for (input, label) in zip(inputs, labels) {
      let pass = forward(input, label: Int(label))
      loss += pass.loss
      backward(pass, label: Int(label), scale: 1 / Double(inputs.count), into: &gradient)
    }
    for index in parameters.indices {
      moments[index] = momentum * moments[index] + gradient[index]
      parameters[index] -= learningRate * moments[index]
    }
    return loss / Double(inputs.count)
  }

  /// Adds the gradient of `scale · loss` of one example.
  private func backward(_ pass: Pass, label: Int, scale: Double, into gradient: inout [Double]) {
    var slope = pass.probabilities.map { $0 * scale }
    slope[label] -= scale
    let features = pass.layers.last?.output ?? []
    var down = propagate(slope, through: output, input: features, into: &gradient)
    for (layer, values) in zip(layers, pass.layers).reversed() {
      var ofState = down
      guard let gate = layer.gate else {
        for unit in down.indices {
          ofState[unit] *= derivative(values.blockState[unit], layer.activation)
        }
        down = propagate(ofState, through: layer.transform, input: values.input, into: &gradient)
        continue
      }
      var ofGate = down
      var carried = down
      for unit in down.indices {
        let h = values.blockState[unit]
        let t = values.transformGate[unit]
        ofState[unit] *= t * derivative(h, layer.activation)
        ofGate[unit] *= (h - values.input[unit]) * t * (1 - t)
        carried[unit] *= 1 - t
      }
      let first = propagate(
        ofState, through: layer.transform, input: values.input, into: &gradient)
      let second = propagate(ofGate, through: gate, input: values.input, into: &gradient)
      for unit in carried.indices { carried[unit] += first[unit] + second[unit] }
      down = carried
    }
  }

  /// Adds the gradients of an affine map's parameters.
  ///
  /// - Returns: The gradient of its input.
  private func propagate(
    _ slope: [Double], through affine: Affine, input: [Double], into gradient: inout [Double]
  ) -> [Double] {
    var result = [Double](repeating: 0, count: affine.inputs)
    let all = parameters.span
    for row in 0..<affine.outputs {
      let start = affine.weight + row * affine.inputs
      let weights = all.extracting(start..<start + affine.inputs)
      let factor = slope[row]
      gradient[affine.bias + row] += factor
      for column in 0..<affine.inputs {
        gradient[start + column] += factor * input[column]
        result[column] += factor * weights[column]
      }
    }
    return result
  }

  private func derivative(_ output: Double, _ activation: Activation) -> Double {
    switch activation {
    case .relu: output > 0 ? 1 : 0
    case .tanh: 1 - output * output
    case .sigmoid: output * (1 - output)
    case .linear: 1
    }
  }
}
