import Foundation
import TensorFiles
import Testing

@testable import HighwayNetworks

/// Values of a network of maps or of a recurrent one, computed in float64 by PyTorch's autograd
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
  static let recurrent = [
    "lstm-1", "lstm-2-lengths", "lstm-2-classify", "lstm-peephole-projection", "hlstm-2",
    "hlstm-3-projection", "rhn-3", "gru-2-lengths",
  ]
  /// Networks that read texts, of which there is a second segment.
  static let texts = ["char-lm", "lstm-lm", "rhn-lm-2", "gru-lm"]
  /// Networks that read tokens.
  static let tokens = texts + ["lstm-lm-one-bias-tied", "vae"]

  let architecture: Architecture
  let settings: Hyperparameters
  let steps: Int
  /// The rate of Adam, where there are steps of it.
  let adamRate: Float?
  /// Whether the loss is the sum over the steps of an example, not the mean.
  let sumsSteps: Bool
  let tensors: [String: [Double]]
  /// The number of examples.
  let examples: Int

  init(_ name: String) throws {
    let url = try #require(
      Bundle.module.url(
        forResource: name, withExtension: "safetensors",
        subdirectory: "Fixtures/reference/systems"))
    let file = try SafetensorsFile(url.path)
    let extents = try #require(file["input"]).shape
    examples = extents[0]
    let described = try Architecture(json: #require(file.metadata("architecture")))
    // A sequence stands steps first, a map channels first.
    architecture = described.fitted(
      to: described.task.takesSequences
        ? .sequence(steps: extents[1], features: extents.count == 3 ? extents[2] : 1)
        : Shape(positions: Array(extents.dropFirst(2)), features: extents[1]))
    sumsSteps = ["sum-of-steps", "elbo"].contains(file.metadata("loss"))
    let sgd = try JSON(parsing: #require(file.metadata("sgd")))
    func number(_ key: String, in settings: JSON? = nil) -> Float? {
      if case .number(let number)? = (settings ?? sgd)[key] { number.float } else { nil }
    }
    adamRate = try file.metadata("adam").map { text in
      try #require(number("lr", in: try JSON(parsing: text)))
    }
    settings = Hyperparameters(
      learningRate: try #require(number("lr")), momentum: try #require(number("momentum")),
      nesterov: sgd["nesterov"] == .bool(true),
      weightDecay: try #require(number("weightDecay")), clipNorm: number("clip"),
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

  /// The class of each example, or of each step, −1 behind the end of a sequence.
  var labels: [Int32] {
    let labels = self["labels"].map { Int32($0) }
    let steps = labels.count / examples
    guard steps > 1, !lengths.isEmpty else { return labels }
    return labels.indices.map { $0 % steps < Int(lengths[$0 / steps]) ? labels[$0] : -1 }
  }

  /// The number of steps of each example, where they differ.
  var lengths: [Int32] { self["lengths"].map { Int32($0) } }

  /// What the sum of the losses is divided by: the number of classes that are asked for, or that of examples.
  var divisor: Float { Float(sumsSteps ? examples : labels.count { $0 >= 0 }) }

  /// One flat array in the network's layout: parameters of a prefix, running statistics of another.
  func flat(_ prefix: String, statistics: String) -> [Double] {
    // A weight behind maps that are flattened stands in the order of the file.
    let layout = ParameterLayout(architecture)
    let values = layout.tensors.flatMap { tensor -> [Double] in
      if case .running = tensor.parameter.role { return self[statistics + tensor.name] }
      let own = self[prefix + tensor.name]
      guard let order = tensor.shape.count < 4 ? tensor.parameter.channelOrder : nil else {
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
  let divisor: Float
  /// What the divergence of each code counts in the loss.
  let divergenceScale: Float

  init(_ reference: SystemsReference) {
    stack = LayerStack(reference.architecture)
    parameters = FloatBuffer(
      reference.flat("param.", statistics: "state.").map { Float($0) })
    divisor = reference.divisor
    workspace = Workspace(stack, capacity: reference.examples + 1, for: .training)
    workspace.begin(
      examples: reference.examples, labels: reference.labels[...],
      lengths: reference.lengths[...])
    workspace.input.assign(reference["input"].map { Float($0) })
    workspace.pass?.keepsBranches = true
    let weight = Float(reference["klWeight"].first ?? 0)
    divergenceScale = weight / Float(reference.examples)
    if let pass = workspace.pass, weight > 0 {
      pass.divergenceScale = divergenceScale
      pass.fixedNoise = reference["latent.noise"].map { Float($0) }
      pass.droppedWords = reference["decoder.input"].indices.filter {
        reference["decoder.input"][$0] == 3
      }
    }
    memories = stack.memories(parameters.all, in: workspace)
  }

  /// Goes on with the segment behind the one that has gone through.
  func goOn(_ reference: SystemsReference) {
    workspace.begin(
      examples: reference.examples, labels: reference["next.labels"].map { Int32($0) }[...],
      continuing: true)
    workspace.input.assign(reference["next.input"].map { Float($0) })
  }

  /// The loss of the batch.
  func loss() -> Float {
    stack.forward(memories)
    _ = stack.objective.measure(workspace)
    return workspace.losses.array.reduce(0, +) / divisor
      + divergences.reduce(0, +) * divergenceScale
  }

  /// How far each unit of each code is from a standard normal one, after a forward pass.
  var divergences: [Float] {
    guard let latent = stack.latent, let layer = stack.layers[latent] as? LatentLayer else {
      return []
    }
    return layer.codes(memories[latent]).divergences
  }

  /// The gradient of the loss.
  func gradient(inputGradient: FloatSlice? = nil) -> FloatBuffer {
    let gradient = FloatBuffer(count: parameters.count)
    gradient.all.fill(.nan)
    stack.backward(
      memories, in: workspace, scale: 1 / divisor,
      parameterGradient: gradient.all, inputGradient: inputGradient)
    return gradient
  }
}
