import TensorFiles
import TestSupport

@testable import HighwayNetworks

/// One small network in the layouts of other programs.
enum ForeignLayout {
  static let width = 3
  static let depth = 2

  /// A dense layer of 4 inputs, two highway layers and 2 classes; the gates are biased as they are in practice.
  static let network: Network = {
    let layer = Architecture.Layer.highway(
      units: width, activation: .relu, gating: .coupled, gateBias: nil)
    var random = RandomSource(seed: 5)
    var network = Network(
      Architecture(
        input: Shape(features: 4), classes: 2,
        layers: [.dense(units: width, activation: .relu), layer, layer]),
      random: &random)
    for tensor in network.layout.tensors where tensor.name.hasSuffix("gate.bias") {
      for index in tensor.range { network.parameters[index] = -1 + Float(index % 3) / 8 }
    }
    return network
  }()

  /// A named array and its extents.
  typealias Named = (name: String, shape: [Int], values: [Float])

  /// The values of a parameter by its name in Tollgate's layout.
  static func values(_ name: String) -> [Float] {
    network.layout.tensors.first { $0.name == name }.map { Array(network.parameters[$0.range]) }
      ?? []
  }

  static func transposed(_ values: [Float], rows: Int) -> [Float] {
    let columns = values.count / rows
    return (0..<columns).flatMap { column in
      (0..<rows).map { values[$0 * columns + column] }
    }
  }

  /// A weight of so many outputs.
  private static func weight(
    _ name: String, _ values: [Float], outputs: Int, isTransposed: Bool
  ) -> Named {
    let inputs = values.count / outputs
    return isTransposed
      ? (name, [inputs, outputs], transposed(values, rows: outputs))
      : (name, [outputs, inputs], values)
  }

  /// The dense layers before and behind the stack.
  static func ends(
    _ names: (input: String, output: String) = ("first", "last"),
    weight weightName: String = ".weight",
    bias: String = ".bias", isTransposed: Bool = false
  ) -> [Named] {
    [
      weight(
        names.input + weightName, values("layers.0.weight"), outputs: width,
        isTransposed: isTransposed),
      (names.input + bias, [width], values("layers.0.bias")),
      weight(
        names.output + weightName, values("output.weight"), outputs: 2, isTransposed: isTransposed),
      (names.output + bias, [2], values("output.bias")),
    ]
  }

  /// The stack, H and gate by themselves; `{k}` is the layer's number.
  static func separate(
    _ state: String, _ gate: String, weight weightName: String = ".weight", bias: String = ".bias",
    isTransposed: Bool = false, first: Int = 0
  ) -> [Named] {
    separate(
      (state + weightName, state + bias), (gate + weightName, gate + bias),
      isTransposed: isTransposed, first: first)
  }

  static func separate(
    _ state: (weight: String, bias: String), _ gate: (weight: String, bias: String),
    isTransposed: Bool, first: Int = 0
  ) -> [Named] {
    (0..<depth).flatMap { layer -> [Named] in
      func name(_ pattern: String) -> String {
        pattern.replacing("{k}", with: String(layer + first))
      }
      let own = "layers.\(layer + 1)."
      return [
        weight(
          name(state.weight), values(own + "transform.weight"), outputs: width,
          isTransposed: isTransposed),
        (name(state.bias), [width], values(own + "transform.bias")),
        weight(
          name(gate.weight), values(own + "gate.weight"), outputs: width,
          isTransposed: isTransposed),
        (name(gate.bias), [width], values(own + "gate.bias")),
      ]
    }
  }

  /// The stack in one map a layer, rows of H before those of a gate of the carry.
  static func packed(_ name: String) -> [Named] {
    (0..<depth).flatMap { layer -> [Named] in
      let name = name.replacing("{k}", with: String(layer))
      let own = "layers.\(layer + 1)."
      return [
        (
          name + ".weight", [2 * width, width],
          values(own + "transform.weight") + values(own + "gate.weight").map { -$0 }
        ),
        (
          name + ".bias", [2 * width],
          values(own + "transform.bias") + values(own + "gate.bias").map { -$0 }
        ),
      ]
    }
  }

  static func safetensors(_ arrays: [Named]) -> [UInt8] {
    SafetensorsContents(
      tensors: arrays.map {
        SafetensorsContents.Tensor($0.name, .f32, $0.shape, LittleEndian.bytes($0.values[...]))
      }, metadata: []
    ).encoded
  }

  static func npz(_ arrays: [Named]) -> [UInt8] {
    ZipBuilder(
      members: arrays.map { array in
        let shape = "(" + array.shape.map { "\($0)," }.joined() + ")"
        return .init(
          array.name + ".npy",
          npy(npyHeader("<f4", shape), array.values.flatMap { le($0.bitPattern) }))
      }
    ).bytes
  }

  static func torch(_ arrays: [Named]) -> [UInt8] {
    var builder = TorchBuilder([], storages: [])
    for (index, array) in arrays.enumerated() {
      builder.tensors.append(.init(array.name, array.shape, storage: "\(index)"))
      builder.storages.append(("\(index)", array.values.flatMap { le($0.bitPattern) }))
    }
    return builder.archive.bytes
  }
}
