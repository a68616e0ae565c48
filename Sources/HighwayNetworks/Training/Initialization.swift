import Libc

extension Network {
  /// Creates a network with random parameters.
  ///
  /// Weights before a ReLU are normal with variance 2 / inputs (He et al. 2015), and so are all kernels of
  /// maps but those before a saturating function; all others, the gates of dense layers among them, are
  /// uniform within ±√(6 / (inputs + outputs)) (Glorot and Bengio 2010), and those of
  /// recurrent layers within ±1/√units. A norm's scales are 1, its running
  /// statistics 0 and 1. Biases are 0,
  /// except that a transform gate starts at the layer's `gateBias`, and a carry gate of its own at
  /// `−gateBias`, so that a `full` layer starts like a `coupled` one; at +1 where there is no
  /// `gateBias`, and those of a forget gate at its `forgetBias`.
  ///
  /// Where a bound is given, all parameters are uniform within ±it, and biases about their initial value.
  public init(
    _ architecture: Architecture, random: inout RandomSource, within bound: Float? = nil
  ) {
    self.init(architecture)
    var values = [Float](repeating: 0, count: layout.count)
    for tensor in layout.tensors {
      if let bound, let centres = tensor.parameter.role.uniformCentres {
        for (centre, part) in zip(centres, parts(of: tensor.range, centres.count)) {
          for index in part { values[index] = centre + (2 * random.uniform() - 1) * bound }
        }
        continue
      }
      switch tensor.parameter.role {
      case .weight(let inputs, _, beforeRectifier: true):
        let deviation = (2 / Float(inputs)).squareRoot()
        for index in tensor.range { values[index] = random.normal() * deviation }
      case .weight(let inputs, let outputs, beforeRectifier: false):
        let bound = (6 / (Float(inputs) + Float(outputs))).squareRoot()
        for index in tensor.range { values[index] = (2 * random.uniform() - 1) * bound }
      case .uniform(let bound):
        for index in tensor.range { values[index] = (2 * random.uniform() - 1) * bound }
      case .bias(let initial), .scale(let initial), .running(let initial):
        for index in tensor.range { values[index] = initial }
      case .biases(let initial):
        for (value, part) in zip(initial, parts(of: tensor.range, initial.count)) {
          for index in part { values[index] = value }
        }
      }
    }
    for row in layout.paddings {
      for index in row { values[index] = 0 }
    }
    parameters = layout.reordered(values, toFile: false)
  }
}

extension Parameter.Role {
  /// What equal parts of parameters lie about where all start uniform; nil for those of norms.
  fileprivate var uniformCentres: [Float]? {
    switch self {
    case .weight, .uniform: [0]
    case .bias(let initial): [initial]
    case .biases(let initial): initial
    case .scale, .running: nil
    }
  }
}

/// So many equal parts of a range.
private func parts(of range: Range<Int>, _ count: Int) -> [Range<Int>] {
  (0..<count).map { part in
    range.lowerBound + part * range.count / count..<range.lowerBound + (part + 1) * range.count
      / count
  }
}

/// The natural logarithm.
func naturalLogarithm(_ value: Double) -> Double { log(value) }
