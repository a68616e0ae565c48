import TensorFiles

/// A residual network that was found among the tensors of another program's file.
struct FoundResidual: FoundNetwork {
  /// A convolution with the norm behind it.
  struct Convolution: Sendable {
    let weight: StoredTensor
    /// γ, β, and the running mean and variance.
    let norm: [StoredTensor]

    var outputs: Int { weight.shape[0] }
    var inputs: Int { weight.shape[1] }
    var kernel: Int { weight.shape[2] }
  }

  /// One block.
  struct Block: Sendable {
    let convolutions: [Convolution]
    /// nil where the shortcut has no parameters.
    let shortcut: Convolution?

    var channels: Int { convolutions[convolutions.count - 1].outputs }
    var inputs: Int { convolutions[0].inputs }
  }

  static let normParts = ["weight", "bias", "running_mean", "running_var"]

  let name: String
  let convention: ResidualConvention
  let stem: Convolution
  /// The blocks, stage by stage.
  let stages: [[Block]]
  /// The weight and bias of the output.
  let output: (weight: StoredTensor, bias: StoredTensor?)?
  let used: Set<String>

  var conventionName: String { convention.name }
  var kind: NetworkKind { .residual }
  var text: String {
    "residual, \(stages.map { "\($0.count)" }.joined(separator: ", ")) blocks of "
      + "\(stages.map { "\($0[$0.count - 1].channels)" }.joined(separator: ", ")) maps"
  }

  static func name(_ prefix: String, _ convention: ResidualConvention) -> String {
    let name = NamedArrays.shortened(prefix)
    return name.isEmpty || NamedArrays.isWrapper(name) ? "resnet" : name
  }

  /// Reads what names and shapes say of the network behind a prefix.
  init(
    _ convention: ResidualConvention, _ prefix: String, in arrays: NamedArrays
  ) throws(ResidualFault) {
    var reader = ResidualReader(arrays: arrays, prefix: prefix)
    self.convention = convention
    name = Self.name(prefix, convention)
    guard reader.has("bn1.weight") || !reader.has("layer1.0.bn1.weight") else {
      throw ResidualFault(
        text: "its norms stand before the convolutions (pre-activation), and none behind conv1")
    }
    stem = try reader.convolution("conv1", norm: "bn1", inputs: nil)
    var stages: [[Block]] = []
    var width = stem.outputs
    while reader.has("layer\(stages.count + 1).0.conv1.weight") {
      var blocks: [Block] = []
      while reader.has("layer\(stages.count + 1).\(blocks.count).conv1.weight") {
        let block = try reader.block(
          "layer\(stages.count + 1).\(blocks.count).", shortcut: convention.shortcut, inputs: width)
        width = block.channels
        blocks.append(block)
      }
      stages.append(blocks)
    }
    self.stages = stages
    if let weight = reader.tensor(convention.output + ".weight") {
      guard weight.shape.count == 2, weight.shape[1] == width, weight.shape[0] > 0 else {
        throw ResidualFault(
          text:
            "expected \(convention.output).weight of \(width) inputs, the mean of each map, found "
            + StoredTensor.text(of: weight.shape))
      }
      let bias = reader.tensor(convention.output + ".bias")
      output = (weight, bias?.shape == [weight.shape[0]] ? bias : nil)
    } else {
      output = nil
    }
    used = reader.used
    let isOfBlock = { (name: String) in
      name.hasPrefix(prefix + "layer") && name.dropFirst(prefix.count + 5).first?.isNumber ?? false
    }
    let rest = arrays.entries.first { isOfBlock($0.name) && !reader.used.contains($0.name) }
    if let rest {
      throw ResidualFault(
        text: "\(rest.tensor.name.excerpt) is no part of a block of convolutions and norms")
    }
  }
}

/// Takes tensors of a residual network by their names.
private struct ResidualReader {
  let arrays: NamedArrays
  let prefix: String
  var used: Set<String> = []

  func has(_ name: String) -> Bool { arrays[prefix + name] != nil }

  mutating func tensor(_ name: String) -> StoredTensor? {
    guard let tensor = arrays[prefix + name] else { return nil }
    used.insert(prefix + name)
    return tensor
  }

  mutating func convolution(
    _ name: String, norm: String, inputs: Int?
  ) throws(ResidualFault) -> FoundResidual.Convolution {
    guard let weight = tensor(name + ".weight") else {
      throw ResidualFault(text: "\((prefix + name).excerpt).weight is missing")
    }
    let shape = weight.shape
    guard shape.count == 4, shape[0] > 0, shape[1] == inputs ?? shape[1], shape[2] == shape[3],
      shape[2] % 2 == 1
    else {
      throw ResidualFault(
        text: "\(weight.name.excerpt): expected square kernels of odd extent"
          + (inputs.map { " over \($0) maps" } ?? "") + ", found "
          + StoredTensor.text(of: shape))
    }
    guard !has(name + ".bias") else {
      throw ResidualFault(text: "\(weight.name.excerpt) has a bias before its norm")
    }
    var parts: [StoredTensor] = []
    for part in FoundResidual.normParts {
      let full = norm + "." + part
      guard let found = tensor(full), found.shape == [shape[0]] else {
        throw ResidualFault(
          text: has(full)
            ? "\((prefix + full).excerpt): expected \(shape[0]) values, those of the convolution before it; "
              + "norms before convolutions are not read"
            : "\((prefix + full).excerpt) is missing, so that the norm behind \(name) cannot be computed"
        )
      }
      parts.append(found)
    }
    return FoundResidual.Convolution(weight: weight, norm: parts)
  }

  mutating func block(
    _ name: String, shortcut: String, inputs: Int
  ) throws(ResidualFault) -> FoundResidual.Block {
    var convolutions: [FoundResidual.Convolution] = []
    var width = inputs
    while has(name + "conv\(convolutions.count + 1).weight") {
      let number = convolutions.count + 1
      let next = try convolution(name + "conv\(number)", norm: name + "bn\(number)", inputs: width)
      width = next.outputs
      convolutions.append(next)
    }
    var found: FoundResidual.Convolution?
    if has(name + shortcut + ".0.weight") {
      let own = try convolution(
        name + shortcut + ".0", norm: name + shortcut + ".1", inputs: inputs)
      guard own.kernel == 1, own.outputs == width else {
        throw ResidualFault(
          text: "\(own.weight.name.excerpt): expected [\(width), \(inputs), 1, 1], found "
            + StoredTensor.text(of: own.weight.shape))
      }
      found = own
    }
    return FoundResidual.Block(convolutions: convolutions, shortcut: found)
  }
}
