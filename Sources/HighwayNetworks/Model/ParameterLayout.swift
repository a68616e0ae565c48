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
    /// `[outputs, inputs]` for a weight, `[outputs]` for a bias.
    public let shape: [Int]
    /// The index of the first value in the flat array.
    public let offset: Int
    /// The number of values: the product of the shape.
    public let count: Int
    /// The range in the flat array.
    public var range: Range<Int> { offset..<offset + count }
  }

  /// The tensors in the order of the flat array.
  public let tensors: [Tensor]

  /// The number of values of all tensors together.
  public let count: Int

  /// Lays out the parameters of a network.
  public init(_ architecture: Architecture) {
    var tensors: [Tensor] = []
    var offset = 0
    func add(_ name: String, _ shape: [Int]) {
      let tensor = Tensor(name: name, shape: shape, offset: offset, count: shape.reduce(1, *))
      tensors.append(tensor)
      offset += tensor.count
    }
    var inputs = architecture.input.count
    for (index, layer) in architecture.layers.enumerated() {
      switch layer {
      case .dense(let units, _):
        add("layers.\(index).weight", [units, inputs])
        add("layers.\(index).bias", [units])
      case .highway(let units, _, let gating, _):
        var parts = ["transform"]
        if gating.learnsTransformGate { parts.append("gate") }
        if gating.learnsCarryGate { parts.append("carry") }
        for part in parts { add("layers.\(index).\(part).weight", [units, units]) }
        for part in parts { add("layers.\(index).\(part).bias", [units]) }
      }
      inputs = layer.units
    }
    add("output.weight", [architecture.classes, inputs])
    add("output.bias", [architecture.classes])
    self.tensors = tensors
    count = offset
  }
}
