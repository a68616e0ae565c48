import TensorFiles

/// How a network in another program's file becomes one of Tollgate's: its architecture, and where each parameter is.
struct NetworkPlan {
  /// How a tensor's values stand in the file.
  enum Order {
    /// `[outputs, …]`, as Tollgate has them.
    case outputsFirst
    /// `[inputs, outputs]`.
    case inputsFirst
    /// `[inputs, gates · units]`, where each gate's columns hold, row after row, what is `[units, inputs]` in truth.
    case gateColumns(Int)
  }

  /// Where the values of one parameter are.
  struct Source {
    /// The layer's number; nil for the output.
    let layer: Int?
    /// The parameter's name within the layer.
    let parameter: String
    let tensor: StoredTensor
    /// Which of the tensor's outputs are taken; nil for all.
    var rows: Range<Int>?
    var order = Order.outputsFirst
    /// Which of the file's gates each of Tollgate's is, in parts of equal size; none where they stand alike.
    var gates: [Int] = []
    var isNegated = false
  }

  let architecture: Architecture
  let origin: StackOrigin
  let sources: [Source]

  /// Reads the parameters; those without a source are 0.
  ///
  /// - Throws: What reading the file throws.
  func network(_ file: any TensorFile) throws(ReadError) -> Network {
    var network = Network(architecture)
    let layout = network.layout
    var parameters = network.parameters
    for source in sources {
      let tensor =
        if let layer = source.layer {
          layout.tensor(source.parameter, ofLayer: layer)
        } else {
          layout.tensors.last { $0.layer == nil && $0.parameter.name == source.parameter }
        }
      guard let tensor else { preconditionFailure("the architecture has each parameter") }
      let values = Self.sorted(try Self.values(source, file), by: source.gates)
      parameters.replaceSubrange(
        tensor.range, with: source.isNegated ? values.map { -$0 }[...] : values)
      precondition(parameters.count == layout.count, "a source has its parameter's shape")
    }
    network.parameters = layout.reordered(parameters, toFile: false)
    return network
  }

  /// Values with their gates in Tollgate's order.
  private static func sorted(
    _ values: ArraySlice<Float>, by gates: [Int]
  ) -> ArraySlice<Float> {
    guard !gates.isEmpty else { return values }
    let size = values.count / gates.count
    return gates.flatMap { values.dropFirst($0 * size).prefix(size) }[...]
  }

  /// The values of a parameter, `[rows, …]`, whatever the order in the file.
  private static func values(
    _ source: Source, _ file: any TensorFile
  ) throws(ReadError) -> ArraySlice<Float> {
    let shape = source.tensor.shape
    let values = try file.values(of: source.tensor)
    switch source.order {
    case .outputsFirst:
      guard let rows = source.rows else { return values[...] }
      let each = shape.dropFirst().reduce(1, *)
      return values[rows.lowerBound * each..<rows.upperBound * each]
    case .inputsFirst:
      let (inputs, outputs) = (shape[0], shape[1])
      var result: [Float] = []
      result.reserveCapacity(values.count)
      for row in source.rows ?? 0..<outputs {
        for input in 0..<inputs { result.append(values[input * outputs + row]) }
      }
      return result[...]
    case .gateColumns(let gates):
      let (inputs, units) = (shape[0], shape[1] / gates)
      var result: [Float] = []
      result.reserveCapacity(values.count)
      for gate in 0..<gates {
        for input in 0..<inputs {
          let start = (input * gates + gate) * units
          result += values[start..<start + units]
        }
      }
      return result[...]
    }
  }
}

extension Architecture {
  /// An architecture of members as a description has them, with everything checked that is checked there.
  init(
    members: [JSON.Member], of network: String, in file: any TensorFile
  ) throws(CheckpointError) {
    do { try self.init(JSONField(.object(members))) } catch {
      throw .convention(path: file.path, .misfit(name: network, error))
    }
  }
}
