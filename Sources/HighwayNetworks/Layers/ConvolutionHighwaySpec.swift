import TensorFiles

/// A convolutional highway layer: `y = H ∘ T + x ∘ C`, each a convolution of x that keeps its shape; T and C have
/// a value for each map and position.
struct ConvolutionHighwaySpec: LayerSpec {
  static let kind = "conv-highway"
  static let takesVectors = false
  static let members = ["channels", "kernel", "activation", "gating", "gateBias", "p"]

  /// The number of maps of input and output.
  let channels: Int
  /// The rows and columns of the kernel, an odd number.
  let kernel: Int
  /// The non-linearity of the block state.
  let function: Activation
  /// How the gates combine.
  let gates: Gating
  let gateBias: Float?

  var activation: Activation? { function }
  var gating: Gating? { gates }

  init(_ field: JSONField, input: Shape) throws(DescriptionError) {
    _ = try field.map(input)
    channels = try field.channels()
    guard channels == input.features else {
      throw .invalid(
        path: field.path + ".channels",
        expected: "\(input.features), the number of maps of the layer's input",
        found: "\(channels)")
    }
    kernel = try field.oddKernel()
    function = try field.activation()
    gates = try field.gating()
    gateBias = try field.optional("gateBias")?.float()
  }

  var document: [JSON.Member] {
    [
      JSON.Member("channels", .integer(channels)), JSON.Member("kernel", .integer(kernel)),
      JSON.Member("activation", .string(function.rawValue)),
    ] + gates.document(gateBias: gateBias)
  }

  var text: String {
    "conv-highway, \(channels) maps, \(kernel)×\(kernel), \(function.rawValue), \(gates.name)"
      + (gateBias.map { ", gate bias from \($0)" } ?? "")
  }

  func output(of input: Shape) -> Shape? {
    input.positions.count == 2 && input.features == channels ? input : nil
  }

  /// Weights of gates are drawn like those of the block state, as the authors did.
  func parameters(of input: Shape) -> [Parameter] {
    gates.parts.map { part in
      .kernels(
        "\(part.rawValue).weight", channels, of: input, kernel, isRectified: !function.saturates)
    }
      + gates.parts.map { part in
        Parameter(
          "\(part.rawValue).bias",
          .bias(initial: gates.initialBias(of: part, gateBias: gateBias)), [channels])
      }
  }

  func layer(of input: Shape, at offset: Int, holding held: [Float]?) -> any Layer {
    HighwayLayer(
      ConvolutionMap(
        input, channels: gates.partCount * channels, kernel: kernel, padding: kernel / 2),
      activation: function, gating: gates, holding: held, at: offset)
  }
}

extension JSONField {
  /// The member `kernel`: an odd number, so that a map padded by half of it keeps its extents.
  func oddKernel() throws(DescriptionError) -> Int {
    let field = try required("kernel")
    let kernel = try field.integer(in: 1...Self.maximumKernel)
    guard kernel % 2 == 1 else { throw field.mismatch("an odd number") }
    return kernel
  }
}
