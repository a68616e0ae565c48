import TensorFiles

extension FoundResidual {
  func plan(_ choice: StackChoice, in arrays: NamedArrays) throws(CheckpointError) -> NetworkPlan {
    guard !choice.speaksOfGates else {
      throw .convention(path: arrays.file.path, .noGate(name: name))
    }
    let activation = choice.activation ?? .relu
    let members = members(activation)
    return NetworkPlan(
      architecture: try Architecture(members: members, of: name, in: arrays.file),
      origin: origin(activation), sources: sources)
  }

  /// Whether the first convolution is that of networks for large images, with a pool behind it.
  private var isForLargeImages: Bool { stem.kernel == 7 }

  /// The extent of the input, which no tensor tells.
  private var extent: Int { isForLargeImages ? 224 : stem.inputs == 1 ? 28 : 32 }

  /// Whether a block halves the map: the first of each stage but the first.
  private func stride(_ stage: Int, _ block: Int) -> Int { stage > 0 && block == 0 ? 2 : 1 }

  private func isPadded(_ stage: Int, _ block: Int) -> Bool {
    let found = stages[stage][block]
    return found.shortcut == nil
      && (stride(stage, block) > 1 || found.inputs != found.channels)
  }

  private var hasPadding: Bool {
    stages.indices.contains { stage in
      stages[stage].indices.contains { isPadded(stage, $0) }
    }
  }

  // MARK: - Description

  private func members(_ activation: Activation) -> [JSON.Member] {
    let function = JSON.Member("activation", .string(activation.rawValue))
    func layer(_ kind: String, _ members: [JSON.Member]) -> JSON {
      .object([JSON.Member("kind", .string(kind))] + members)
    }
    var layers = [
      layer(
        "conv",
        [
          JSON.Member("channels", .integer(stem.outputs)),
          JSON.Member("kernel", .integer(stem.kernel)),
          JSON.Member("stride", .integer(isForLargeImages ? 2 : 1)),
          JSON.Member("padding", .integer(stem.kernel / 2)),
          JSON.Member("bias", .bool(false)),
          JSON.Member("activation", .string(Activation.linear.rawValue)),
        ]), layer("batch-norm", [function]),
    ]
    if isForLargeImages {
      layers.append(
        layer(
          "max-pool",
          [
            JSON.Member("kernel", .integer(3)), JSON.Member("stride", .integer(2)),
            JSON.Member("padding", .integer(1)), JSON.Member("ceil", .bool(false)),
          ]))
    }
    for (stage, blocks) in stages.enumerated() {
      for (index, block) in blocks.enumerated() {
        layers.append(layer("residual-block", members(block, stage, index) + [function]))
      }
    }
    layers.append(layer("global-average-pool", []))
    return [
      JSON.Member(
        "input", .array([.integer(stem.inputs), .integer(extent), .integer(extent)]))
    ] + (output.map { [JSON.Member("classes", .integer($0.weight.shape[0]))] } ?? [])
      + [JSON.Member("layers", .array(layers))]
  }

  private func members(_ block: Block, _ stage: Int, _ index: Int) -> [JSON.Member] {
    let stride = stride(stage, index)
    var members = [JSON.Member("channels", .integer(block.channels))]
    if stride > 1 { members.append(JSON.Member("stride", .integer(stride))) }
    if block.convolutions.map(\.kernel) != [3, 3]
      || block.convolutions[0].outputs != block.channels
    {
      members.append(
        JSON.Member(
          "convs",
          .array(
            block.convolutions.map {
              .object([
                JSON.Member("kernel", .integer($0.kernel)),
                JSON.Member("channels", .integer($0.outputs)),
              ])
            })))
      // A bottleneck's stride is that of its 3×3 convolution.
      let carrier = block.convolutions.firstIndex { $0.kernel > 1 } ?? 0
      if stride > 1, carrier > 0 { members.append(JSON.Member("strideAt", .integer(carrier))) }
    }
    if block.shortcut != nil {
      members.append(JSON.Member("shortcut", .string("projection")))
    } else if isPadded(stage, index) {
      members.append(JSON.Member("shortcut", .string("pad")))
      let before = convention.padsBefore ? max(0, block.channels - block.inputs) / 2 : 0
      if before > 0 { members.append(JSON.Member("padBefore", .integer(before))) }
    }
    return members
  }

  // MARK: - Parameters

  private var sources: [NetworkPlan.Source] {
    var sources: [NetworkPlan.Source] = []
    func add(_ layer: Int?, _ parameter: String, _ tensor: StoredTensor) {
      sources.append(NetworkPlan.Source(layer: layer, parameter: parameter, tensor: tensor))
    }
    func add(norm: [StoredTensor], _ layer: Int, _ prefix: String = "") {
      for (part, tensor) in zip(Self.normParts, norm) { add(layer, prefix + part, tensor) }
    }
    add(0, "weight", stem.weight)
    add(norm: stem.norm, 1)
    var number = isForLargeImages ? 3 : 2
    for block in stages.joined() {
      for (index, conv) in block.convolutions.enumerated() {
        add(number, "conv\(index + 1).weight", conv.weight)
        add(norm: conv.norm, number, "bn\(index + 1).")
      }
      if let shortcut = block.shortcut {
        add(number, "shortcut.conv.weight", shortcut.weight)
        add(norm: shortcut.norm, number, "shortcut.bn.")
      }
      number += 1
    }
    if let output {
      add(nil, "weight", output.weight)
      if let bias = output.bias { add(nil, "bias", bias) }
    }
    return sources
  }

  // MARK: - Evidence

  private func origin(_ activation: Activation) -> StackOrigin {
    let isBottleneck = stages.joined().contains { $0.convolutions.count > 2 }
    let depth =
      stages.joined().reduce(1) { $0 + $1.convolutions.count } + (output == nil ? 0 : 1)
    let confirmed = [
      "a residual network of \(depth) layers with parameters: "
        + "\(stages.count) stages of \(stages.map { "\($0.count)" }.joined(separator: ", ")) blocks, "
        + "\(stages.map { "\($0[$0.count - 1].channels)" }.joined(separator: ", ")) maps",
      "laid out as by \(convention.programs): conv1, bn1, layer1.0.conv1"
        + (output == nil ? "" : ", \(convention.output)"),
      "norms stand behind their convolutions, with their running statistics",
    ]
    var inferred = [
      "input \(stem.inputs)×\(extent)×\(extent), which the file does not tell; pictures of other extents are taken too",
      "the first block of each stage but the first halves the map"
        + (isBottleneck ? ", in its 3×3 convolution" : ""),
    ]
    if isForLargeImages {
      inferred.append("conv1 has stride 2, and a max-pool of 3×3 with stride 2 stands behind bn1")
    }
    if hasPadding {
      inferred.append(
        "shortcuts without parameters: every second row and column, maps of zeros "
          + (convention.padsBefore ? "before and behind them, half of each" : "behind them"))
    }
    inferred.append(
      "\(activation.rawValue), and 1e-5 is added to each variance"
        + (output == nil ? "" : "; the mean of each map goes to the output"))
    if output == nil { inferred.append("there is no output") }
    return StackOrigin(
      self, programs: convention.programs,
      claim: hasPadding ? "zeros in shortcuts" : "residual blocks", isConfirmed: !hasPadding,
      confirmed: confirmed, inferred: inferred)
  }
}
