import TensorFiles

/// A plain convolution: `y = act(conv(x) + b)`.
struct ConvolutionSpec: LayerSpec {
  static let kind = "conv"
  static let takesVectors = false
  static let members = ["channels", "kernel", "stride", "padding", "bias", "activation"]

  /// The number of maps of the output.
  let channels: Int
  /// The rows and columns of the kernel.
  let kernel: Int
  /// How far windows are apart.
  let stride: Int
  /// The rows and columns of zeros on each side.
  let padding: Int
  /// Whether there is a bias for each map.
  let hasBias: Bool
  /// The non-linearity.
  let function: Activation
  var activation: Activation? { function }

  init(_ field: JSONField, input: Shape) throws(DescriptionError) {
    _ = try field.map(input)
    channels = try field.channels()
    kernel = try field.required("kernel").integer(in: 1...JSONField.maximumKernel)
    stride = try field.optional("stride")?.integer(in: 1...JSONField.maximumKernel) ?? 1
    let paddingField = try field.optional("padding")
    padding = try paddingField?.integer(in: 0...JSONField.maximumKernel) ?? 0
    if let paddingField, padding >= kernel {
      throw paddingField.mismatch("less than the kernel, \(kernel)")
    }
    hasBias = try field.optional("bias")?.bool() ?? true
    function = try field.activation()
    try field.check(kernel: kernel, stride: stride, padding: padding, channels: channels, input)
  }

  var document: [JSON.Member] {
    [JSON.Member("channels", .integer(channels)), JSON.Member("kernel", .integer(kernel))]
      + (stride == 1 ? [] : [JSON.Member("stride", .integer(stride))])
      + (padding == 0 ? [] : [JSON.Member("padding", .integer(padding))])
      + (hasBias ? [] : [JSON.Member("bias", .bool(false))])
      + [JSON.Member("activation", .string(function.rawValue))]
  }

  var text: String {
    "conv, \(channels) maps, \(kernel)×\(kernel)" + (stride == 1 ? "" : ", stride \(stride)")
      + ", \(function.rawValue)"
  }

  func output(of input: Shape) -> Shape? {
    input.convolved(kernel: kernel, stride: stride, padding: padding, channels: channels)
  }

  func parameters(of input: Shape) -> [Parameter] {
    [.kernels("weight", channels, of: input, kernel, isRectified: !function.saturates)]
      + (hasBias ? [Parameter("bias", .bias(initial: 0), [channels])] : [])
  }

  func layer(of input: Shape, at offset: Int, holding held: [Float]?) -> any Layer {
    AffineLayer(
      ConvolutionMap(input, channels: channels, kernel: kernel, stride: stride, padding: padding),
      activation: function, hasBias: hasBias, at: offset)
  }
}

// MARK: - What layers of maps have in common

extension Activation {
  /// Whether it saturates, so that weights before it are drawn as Glorot and Bengio do; a linear layer is
  /// followed by a rectifier elsewhere, behind a norm.
  var saturates: Bool { self == .tanh || self == .sigmoid }
}

extension Parameter {
  /// The kernels of a convolution, `[channels, input.features, kernel, kernel]` in files.
  static func kernels(
    _ name: String, _ channels: Int, of input: Shape, _ kernel: Int, isRectified: Bool
  ) -> Parameter {
    let taps = kernel * kernel
    return Parameter(
      name,
      .weight(
        fanIn: input.features * taps, fanOut: channels * taps, beforeRectifier: isRectified),
      [channels, input.features, kernel, kernel],
      channelOrder: taps > 1 && input.features > 1
        ? ChannelOrder(channels: input.features, positions: taps) : nil)
  }
}

extension Shape {
  /// The shape of a convolution's output; nil where this is no map, the kernel is larger than it, or there
  /// would be more than ``Parameter/maximumCount`` values.
  func convolved(kernel: Int, stride: Int, padding: Int, channels: Int) -> Shape? {
    guard positions.count == 2, positions.allSatisfy({ $0 + 2 * padding >= kernel }) else {
      return nil
    }
    let extents = positions.map { ($0 + 2 * padding - kernel) / stride + 1 }
    let (count, overflow) = extents.reduce(1, *).multipliedReportingOverflow(by: channels)
    guard !overflow, count <= Parameter.maximumCount else { return nil }
    return Shape(positions: extents, features: channels)
  }
}

extension JSONField {
  /// The greatest extent of a kernel, a stride or a padding.
  static let maximumKernel = 1024

  /// The extents of an input that has to be a map.
  func map(_ input: Shape) throws(DescriptionError) -> [Int] {
    guard input.positions.count == 2 else {
      throw .invalid(
        path: path, expected: "a layer whose input is a map, [channels, height, width]",
        found: "an input of \(input)")
    }
    return input.positions
  }

  /// The member `channels`: a number of maps.
  func channels() throws(DescriptionError) -> Int {
    try required("channels").integer(in: 1...Parameter.maximumCount)
  }

  /// Checks that a convolution fits its input and that its output is no larger than parameters may be.
  func check(
    kernel: Int, stride: Int, padding: Int, channels: Int, _ input: Shape
  ) throws(DescriptionError) {
    let extents = input.positions.map { $0 + 2 * padding }
    guard let least = extents.min(), kernel <= least else {
      throw .invalid(
        path: self.path + ".kernel",
        expected: "at most \(extents.min() ?? 0), the padded extent of the layer's input \(input)",
        found: "\(kernel)")
    }
    let output = input.convolved(
      kernel: kernel, stride: stride, padding: padding, channels: channels)
    guard output != nil else {
      throw .invalid(
        path: self.path + ".channels",
        expected: "at most \(Parameter.maximumCount) values of a layer's output", found: "more")
    }
  }
}
