#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

extension Network {
  /// Creates a network with random parameters.
  ///
  /// Weights before a ReLU are normal with variance 2 / inputs (He et al. 2015); all others, the gates'
  /// among them, are uniform within ±√(6 / (inputs + outputs)) (Glorot and Bengio 2010). Biases are 0,
  /// except that a transform gate starts at the layer's `gateBias`, and a carry gate of its own at
  /// `−gateBias`, so that a `full` layer starts like a `coupled` one; at +1 where there is no
  /// `gateBias`.
  public init(_ architecture: Architecture, random: inout RandomSource) {
    self.init(architecture)
    var values = [Float](repeating: 0, count: layout.count)
    for tensor in layout.tensors {
      let parts = tensor.name.split(separator: ".")
      let layer = parts.count > 2 || parts[0] == "layers" ? Int(parts[1]) : nil
      if tensor.shape.count == 2 {
        let outputs = Float(tensor.shape[0])
        let inputs = Float(tensor.shape[1])
        if isBeforeRectifier(layer, part: parts.count == 4 ? String(parts[2]) : "transform") {
          let deviation = (2 / inputs).squareRoot()
          for index in tensor.range { values[index] = random.normal() * deviation }
        } else {
          let bound = (6 / (inputs + outputs)).squareRoot()
          for index in tensor.range { values[index] = (2 * random.uniform() - 1) * bound }
        }
      } else if let layer, case .highway(_, _, _, let gateBias) = architecture.layers[layer] {
        let bias: Float =
          switch parts[2] {
          case "gate": gateBias ?? -1
          case "carry": gateBias.map { -$0 } ?? 1
          default: 0
          }
        for index in tensor.range { values[index] = bias }
      }
    }
    parameters = values
  }

  private func isBeforeRectifier(_ layer: Int?, part: String) -> Bool {
    guard let layer, part == "transform" else { return false }
    return switch architecture.layers[layer] {
    case .dense(_, let activation), .highway(_, let activation, _, _): activation == .relu
    }
  }
}

/// The natural logarithm.
func naturalLogarithm(_ value: Double) -> Double { log(value) }
