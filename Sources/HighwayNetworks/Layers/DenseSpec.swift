import TensorFiles

/// A plain layer: `y = act(x·Wᵀ + b)`; it may change the width.
///
/// Over a sequence it takes each step by itself.
struct DenseSpec: LayerSpec {
  static let kind = "dense"
  static let takesVectors = true
  static let members = ["units", "activation"]

  /// The width of the output.
  let units: Int
  /// The non-linearity.
  let function: Activation
  var activation: Activation? { function }

  init(units: Int, activation: Activation) {
    self.units = units
    function = activation
  }

  init(_ field: JSONField, input: Shape) throws(DescriptionError) {
    self.init(units: try field.units(), activation: try field.activation())
  }

  var document: [JSON.Member] {
    [
      JSON.Member("units", .integer(units)),
      JSON.Member("activation", .string(function.rawValue)),
    ]
  }

  var text: String { "dense, \(units) units, \(function.rawValue)" }
  func output(of input: Shape) -> Shape? { input.dense(units) }

  func parameters(of input: Shape) -> [Parameter] {
    [
      Parameter(
        "weight",
        .weight(
          fanIn: input.denseWidth, fanOut: units, beforeRectifier: function == .relu),
        [units, input.denseWidth], channelOrder: input.channelOrder),
      Parameter("bias", .bias(initial: 0), [units]),
    ]
  }

  func layer(of input: Shape, at offset: Int, holding held: [Float]?) -> any Layer {
    AffineLayer(DenseMap(input, outputs: units), activation: function, at: offset)
  }
}

extension Shape {
  /// What is exchanged in the weights of a map of this input, where channels and positions stand in
  /// another order in a file: nothing where either is one.
  var channelOrder: Parameter.ChannelOrder? {
    positionCount > 1 && features > 1 && !isSequence
      ? Parameter.ChannelOrder(channels: features, positions: positionCount) : nil
  }
}
