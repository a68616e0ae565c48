import TensorFiles

/// A network made of a stack in another program's file.
struct ForeignNetwork {
  let network: Network
  let origin: StackOrigin
  /// The names of tensors that are no part of it.
  let leftOut: [String]

  /// Finds the stack in a file, or the one that is named, and brings its parameters into Tollgate's layout.
  ///
  /// - Throws: ``CheckpointError``.
  init(
    _ file: any TensorFile, stack name: String?, _ choice: StackChoice
  ) throws(CheckpointError) {
    func named<Value>(
      _ body: () throws(ConventionError) -> Value
    ) throws(CheckpointError) -> Value {
      do { return try body() } catch { throw .convention(path: file.path, error) }
    }
    func read<Value>(_ body: () throws(ReadError) -> Value) throws(CheckpointError) -> Value {
      do { return try body() } catch { throw CheckpointError(error) }
    }
    let convention = try choice.convention.map { name throws(CheckpointError) in
      try named { () throws(ConventionError) in try Convention.named(name) }
    }
    let arrays = NamedArrays(file)
    let stacks = try read { () throws(ReadError) in
      try StackFinder.stacks(in: arrays, convention: convention)
    }
    guard !stacks.isEmpty else {
      throw .convention(path: file.path, .noStack(tensors: file.tensors.count))
    }
    let stack = try named { () throws(ConventionError) in try stacks.chosen(name) }
    let ends = DenseEnds(of: stack, in: arrays)
    origin = try read { () throws(ReadError) in
      try StackOrigin(stack, ends, choice, in: arrays)
    }
    let architecture = try named { () throws(ConventionError) in
      try Self.architecture(stack, ends, choice)
    }
    let used = Set(stack.tensors + ends.tensors)
    leftOut = file.tensors.map(\.name).filter { !used.contains($0) }
    network = try read { () throws(ReadError) in
      try Self.network(architecture, stack, ends, choice, file)
    }
  }

  private static func architecture(
    _ stack: FoundStack, _ ends: DenseEnds, _ choice: StackChoice
  ) throws(ConventionError) -> Architecture {
    let activation = choice.activation ?? stack.convention.activation
    let width = stack.width
    let inputs = ends.input?.inputs ?? width
    let classes = ends.output?.outputs ?? 0
    let limit = Architecture.maximumParameters
    // Every factor is an extent of a tensor whose bytes are in the file, so that no product overflows.
    let count = 2 * stack.layers.count * (width * width + width) + width * (inputs + 1 + classes)
    guard count <= limit, stack.layers.count <= Architecture.maximumLayers else {
      throw .tooLarge(limit: limit)
    }
    let layer = Architecture.Layer.highway(
      units: width, activation: activation, gating: .coupled, gateBias: nil)
    let first = ends.input.map { _ in
      [Architecture.Layer.dense(units: width, activation: activation)]
    }
    return Architecture(
      input: Shape(features: inputs), classes: ends.output?.outputs,
      layers: (first ?? []) + repeatElement(layer, count: stack.layers.count))
  }

  private static func network(
    _ architecture: Architecture, _ stack: FoundStack, _ ends: DenseEnds, _ choice: StackChoice,
    _ file: any TensorFile
  ) throws(ReadError) -> Network {
    var network = Network(architecture)
    var parameters = network.parameters
    let layout = network.layout
    let isTransposed = stack.convention.orientation == .inputsFirst
    // 1 − σ(z) = σ(−z): a gate of the carry, negated, is the gate of the transform.
    let isNegated = (choice.gate ?? stack.convention.gate) == .carry
    func fill(
      _ tensor: ParameterLayout.Tensor?, _ values: ArraySlice<Float>, isNegated: Bool = false
    ) {
      guard let tensor else { return }
      parameters.replaceSubrange(
        tensor.range, with: isNegated ? values.map { -$0 }[...] : values)
    }
    func fill(
      _ map: FoundStack.Map, _ weight: ParameterLayout.Tensor?, _ bias: ParameterLayout.Tensor?,
      isNegated: Bool = false
    ) throws(ReadError) {
      fill(
        weight, try Self.weight(map.weight, rows: map.rows, isTransposed: isTransposed, file),
        isNegated: isNegated)
      guard let found = map.bias else { return }
      fill(bias, try file.values(of: found)[map.rows], isNegated: isNegated)
    }
    func end(_ layer: DenseEnds.Layer) -> FoundStack.Map {
      FoundStack.Map(weight: layer.weight, bias: layer.bias, rows: 0..<layer.outputs)
    }
    let shift = ends.input == nil ? 0 : 1
    if let input = ends.input {
      try fill(
        end(input), layout.tensor("weight", ofLayer: 0), layout.tensor("bias", ofLayer: 0))
    }
    for (index, layer) in stack.layers.enumerated() {
      let (state, gate) = choice.isSwapped ? (layer.gate, layer.state) : (layer.state, layer.gate)
      func tensor(_ name: String) -> ParameterLayout.Tensor? {
        layout.tensor(name, ofLayer: index + shift)
      }
      try fill(state, tensor("transform.weight"), tensor("transform.bias"))
      try fill(gate, tensor("gate.weight"), tensor("gate.bias"), isNegated: isNegated)
    }
    if let output = ends.output {
      func tensor(_ name: String) -> ParameterLayout.Tensor? {
        layout.tensors.last { $0.layer == nil && $0.parameter.name == name }
      }
      try fill(end(output), tensor("weight"), tensor("bias"))
    }
    network.parameters = parameters
    return network
  }

  /// The rows of a weight, `[rows, inputs]`, whatever the order in the file.
  private static func weight(
    _ tensor: StoredTensor, rows: Range<Int>, isTransposed: Bool, _ file: any TensorFile
  ) throws(ReadError) -> ArraySlice<Float> {
    let values = try file.values(of: tensor)
    guard isTransposed else {
      let inputs = tensor.shape[1]
      return values[rows.lowerBound * inputs..<rows.upperBound * inputs]
    }
    let (inputs, outputs) = (tensor.shape[0], tensor.shape[1])
    var result: [Float] = []
    result.reserveCapacity(rows.count * inputs)
    for row in rows {
      for input in 0..<inputs { result.append(values[input * outputs + row]) }
    }
    return result[...]
  }
}

extension DenseEnds {
  /// The tensors of the ends in the file's own names.
  var tensors: [String] {
    [input, output].compactMap { $0 }.flatMap {
      [$0.weight.name] + ($0.bias.map { [$0.name] } ?? [])
    }
  }
}
