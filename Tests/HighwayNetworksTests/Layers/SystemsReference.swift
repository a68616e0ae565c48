import Foundation
import TensorFiles
import Testing

@testable import HighwayNetworks

/// Values of a network of maps, computed in float64 by PyTorch's autograd
/// (`Fixtures/reference/make_systems_reference.py`), with channels last as in memory.
struct SystemsReference {
  static let convolutional =
    ["mnist", "cifar", "full", "transform-only", "carry-only", "residual", "plain", "frozen"]
    .map { "conv-highway-\($0)" } + ["conv-plain"]
  static let normalized =
    ["batch-norm", "resnet-10-pre", "resnet-11-pre-bottleneck"]
    + ["option-a", "option-a-centred", "option-b", "exclusive", "shortcut-only", "frozen"].map {
      "resnet-8-\($0)"
    }

  let architecture: Architecture
  let settings: Hyperparameters
  let steps: Int
  let tensors: [String: [Double]]

  init(_ name: String) throws {
    let url = try #require(
      Bundle.module.url(
        forResource: name, withExtension: "safetensors",
        subdirectory: "Fixtures/reference/systems"))
    let file = try SafetensorsFile(url.path)
    architecture = try Architecture(json: #require(file.metadata("architecture")))
    let sgd = try JSON(parsing: #require(file.metadata("sgd")))
    func number(_ key: String) -> Float? {
      if case .number(let number)? = sgd[key] { number.float } else { nil }
    }
    settings = Hyperparameters(
      learningRate: try #require(number("lr")), momentum: try #require(number("momentum")),
      nesterov: sgd["nesterov"] == .bool(true),
      weightDecay: try #require(number("weightDecay")),
      factors: RoleFactors(
        biasRate: number("biasRate") ?? 1, biasDecay: number("biasDecay") ?? 1,
        outputDecay: number("outputDecay") ?? 1))
    steps = Int(try #require(number("steps")))
    var tensors: [String: [Double]] = [:]
    for tensor in file.tensors {
      let bytes = try file.bytes(of: tensor)
      let values = stride(from: 0, to: bytes.count, by: 8).map { start in
        let bits = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[start + $1]) << (8 * $1) }
        return tensor.type == .i64 ? Double(Int64(bitPattern: bits)) : Double(bitPattern: bits)
      }
      // Kernels and maps alike: what stands second goes last.
      tensors[tensor.name] = tensor.shape.count == 4 ? Self.turned(values, tensor.shape) : values
    }
    self.tensors = tensors
  }

  /// The values of a tensor; none where there is none.
  subscript(name: String) -> [Double] { tensors[name] ?? [] }

  var labels: [Int32] { self["labels"].map { Int32($0) } }

  /// One flat array in the network's layout: parameters of a prefix, running statistics of another.
  func flat(_ prefix: String, statistics: String) -> [Double] {
    // A weight behind maps that are flattened stands in the order of the file.
    let layout = ParameterLayout(architecture)
    let values = layout.tensors.flatMap { tensor -> [Double] in
      if case .running = tensor.parameter.role { return self[statistics + tensor.name] }
      let own = self[prefix + tensor.name]
      guard let order = tensor.shape.count == 2 ? tensor.parameter.channelOrder : nil else {
        return own
      }
      return Self.turned(own, [tensor.shape[0], order.channels, order.positions])
    }
    return values
  }

  private static func turned(_ values: [Double], _ shape: [Int]) -> [Double] {
    let channels = shape[1]
    let positions = shape[2...].reduce(1, *)
    return values.indices.map { index in
      let (outer, rest) = index.quotientAndRemainder(dividingBy: channels * positions)
      let (position, channel) = rest.quotientAndRemainder(dividingBy: channels)
      return values[outer * channels * positions + channel * positions + position]
    }
  }
}

/// A training pass over a reference's batch.
struct SystemsPass {
  let stack: LayerStack
  let parameters: FloatBuffer
  let workspace: Workspace
  let memories: [LayerMemory]

  init(_ reference: SystemsReference) {
    stack = LayerStack(reference.architecture)
    parameters = FloatBuffer(
      reference.flat("param.", statistics: "state.").map { Float($0) })
    workspace = Workspace(stack, capacity: reference.labels.count + 1, for: .training)
    workspace.begin(examples: reference.labels.count, labels: reference.labels[...])
    workspace.input.assign(reference["input"].map { Float($0) })
    workspace.pass?.keepsBranches = true
    memories = stack.memories(parameters.all, in: workspace)
  }

  /// The mean loss of the batch.
  func loss() -> Float {
    stack.forward(memories)
    _ = stack.objective.measure(workspace)
    return workspace.losses.array.reduce(0, +) / Float(workspace.examples)
  }

  /// The gradient of the mean loss.
  func gradient(inputGradient: FloatSlice? = nil) -> FloatBuffer {
    let gradient = FloatBuffer(count: parameters.count)
    gradient.all.fill(.nan)
    stack.backward(
      memories, in: workspace, scale: 1 / Float(workspace.examples),
      parameterGradient: gradient.all, inputGradient: inputGradient)
    return gradient
  }
}
