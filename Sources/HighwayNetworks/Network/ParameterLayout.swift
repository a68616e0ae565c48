/// Where each named parameter tensor of a network lies in one flat array.
///
/// The weights of a highway layer's transform, gate and carry stand one after the other, then their
/// biases, so that the rows of all of them form one matrix `[parts · units, units]` and one product
/// computes every pre-activation.
public struct ParameterLayout: Hashable, Sendable {
  /// One tensor.
  public struct Tensor: Hashable, Sendable {
    /// The name in a checkpoint, such as `layers.3.gate.weight`.
    public let name: String
    /// The number of the layer that it belongs to; nil for the output.
    public let layer: Int?
    /// What the layer's kind says of it.
    public let parameter: Parameter
    /// The index of the first value in the flat array.
    public let offset: Int
    /// The number of values: the product of the shape.
    public let count: Int
    /// The extents in a checkpoint: `[outputs, inputs]` for a weight, `[outputs]` for a bias.
    public var shape: [Int] { parameter.shape }
    /// The range in the flat array.
    public var range: Range<Int> { offset..<offset + count }
  }

  /// The tensors in the order of the flat array.
  public let tensors: [Tensor]

  /// The number of values of all tensors together.
  public let count: Int

  /// The number of values that are trained: all but running statistics.
  public var trainedCount: Int {
    tensors.reduce(0) { sum, tensor in
      if case .running = tensor.parameter.role { sum } else { sum + tensor.count }
    }
  }

  /// Where the first tensor of each layer stands in ``tensors``, then that of the output.
  private let starts: [Int]

  /// Lays out the parameters of a network.
  public init(_ architecture: Architecture) {
    var tensors: [Tensor] = []
    var starts: [Int] = []
    var offset = 0
    func add(_ spec: any LayerSpec, _ layer: Int?, of input: Shape) {
      starts.append(tensors.count)
      let prefix = layer.map { "layers.\($0)." } ?? "output."
      for parameter in spec.parameters(of: input) {
        let tensor = Tensor(
          name: prefix + parameter.name, layer: layer, parameter: parameter, offset: offset,
          count: parameter.shape.reduce(1, *))
        tensors.append(tensor)
        offset += tensor.count
      }
    }
    for (index, layer) in architecture.layers.enumerated() {
      add(layer.spec, index, of: architecture.shapes[index])
    }
    if let output = architecture.output {
      add(output.spec, nil, of: architecture.shapes[architecture.layers.count])
    }
    self.tensors = tensors
    self.starts = starts
    count = offset
  }

  /// The tensor of a layer by its name within it, such as `gate.bias`; nil where it has none.
  public func tensor(_ name: String, ofLayer layer: Int) -> Tensor? {
    guard starts.indices.contains(layer) else { return nil }
    let end = layer + 1 < starts.count ? starts[layer + 1] : tensors.count
    return tensors[starts[layer]..<end].first { $0.layer == layer && $0.parameter.name == name }
  }
}

extension ParameterLayout {
  /// Where the rows lie that stay 0.
  var paddings: [Range<Int>] {
    tensors.compactMap { tensor in
      tensor.parameter.padding.map { row in
        let width = tensor.count / tensor.shape[0]
        return tensor.offset + row * width..<tensor.offset + (row + 1) * width
      }
    }
  }
}

// MARK: - The order of channels

extension ParameterLayout {
  /// Values in the order of a checkpoint, channels before positions, from those in memory, or the other way
  /// round; `[count]` of the whole layout.
  ///
  /// Maps are stored channels last in memory; files have PyTorch's order.
  func reordered(_ values: [Float], toFile: Bool) -> [Float] {
    guard tensors.contains(where: { $0.parameter.channelOrder != nil }) else { return values }
    var result = values
    for tensor in tensors {
      guard let order = tensor.parameter.channelOrder else { continue }
      let block = order.channels * order.positions
      for start in stride(from: tensor.offset, to: tensor.range.upperBound, by: block) {
        for channel in 0..<order.channels {
          for position in 0..<order.positions {
            let file = start + channel * order.positions + position
            let memory = start + position * order.channels + channel
            if toFile { result[file] = values[memory] } else { result[memory] = values[file] }
          }
        }
      }
    }
    return result
  }
}
