import TensorFiles

/// A dense highway layer: `y = H ∘ T + x ∘ C`, each an affine map of x; it keeps the width.
///
/// Over a
/// sequence it takes each step by itself.
struct HighwaySpec: LayerSpec {
  static let kind = "highway"
  static let takesVectors = true
  static let members = ["units", "activation", "gating", "gateBias", "p"]

  /// The width of input and output.
  let units: Int
  /// The non-linearity of the block state.
  let function: Activation
  /// How the gates combine.
  let gates: Gating
  let gateBias: Float?

  var activation: Activation? { function }
  var gating: Gating? { gates }

  init(units: Int, activation: Activation, gating: Gating, gateBias: Float?) {
    self.units = units
    function = activation
    gates = gating
    self.gateBias = gateBias
  }

  init(_ field: JSONField, input: Shape) throws(DescriptionError) {
    let units = try field.units()
    let gating = try field.gating()
    guard units == input.denseWidth else {
      throw .invalid(
        path: field.path + ".units",
        expected: "\(input.denseWidth), the width of the layer's input",
        found: "\(units)")
    }
    guard input.channelOrder == nil else {
      throw .invalid(
        path: field.path, expected: "a dense layer between feature maps and highway layers",
        found: "an input of \(input)")
    }
    self.init(
      units: units, activation: try field.activation(), gating: gating,
      gateBias: try field.optional("gateBias")?.float())
  }

  var document: [JSON.Member] {
    [
      JSON.Member("units", .integer(units)),
      JSON.Member("activation", .string(function.rawValue)),
    ] + gates.document(gateBias: gateBias)
  }

  var text: String {
    "highway, \(units) units, \(function.rawValue), \(gates.name)"
      + (gateBias.map { ", gate bias from \($0)" } ?? "")
  }

  func output(of input: Shape) -> Shape? {
    units == input.denseWidth && input.channelOrder == nil ? input.dense(units) : nil
  }

  func parameters(of input: Shape) -> [Parameter] {
    gates.parts.map { part in
      Parameter(
        "\(part.rawValue).weight",
        .weight(
          fanIn: units, fanOut: units, beforeRectifier: part == .transform && function == .relu),
        [units, units])
    }
      + gates.parts.map { part in
        Parameter(
          "\(part.rawValue).bias",
          .bias(initial: gates.initialBias(of: part, gateBias: gateBias)), [units])
      }
  }

  func layer(of input: Shape, at offset: Int, holding held: [Float]?) -> any Layer {
    HighwayLayer(
      DenseMap(input.dense(units), outputs: gates.partCount * units), activation: function,
      gating: gates, holding: held, at: offset)
  }
}
