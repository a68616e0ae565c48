import TensorFiles

/// Pooling over windows of a map: of the greatest values, or of means.
///
/// A window that reaches over the edge takes what is there: where the number of windows is rounded up,
/// `⌈(n + 2 padding − kernel) / stride⌉ + 1` as Caffe counts, the last, and with padding the first.
struct PoolLayer: Layer {
  let input: Shape
  let output: Shape
  let parameters: Range<Int>
  let cachePerExample = 0
  let windows: Windows
  /// Whether the greatest value is taken, not the mean.
  let takesMaximum: Bool

  init(
    _ input: Shape, _ output: Shape, _ settings: PoolSettings, takesMaximum: Bool, at offset: Int
  ) {
    self.input = input
    self.output = output
    self.takesMaximum = takesMaximum
    parameters = offset..<offset
    windows = Windows(
      height: input.positions[0], width: input.positions[1], rows: output.positions[0],
      columns: output.positions[1], kernel: settings.kernel, stride: settings.stride,
      padding: settings.padding)
  }

  func prepared(_ parameters: FloatSlice) -> (any PreparedMap)? { nil }

  func forward(_ memory: LayerMemory) {
    let pool = takesMaximum ? maxPool : averagePool
    pool(memory.input, memory.output, memory.examples, windows)
  }

  func backward(
    _ memory: LayerMemory, gradient: FloatSlice, inputGradient: FloatSlice?,
    parameterGradient: FloatSlice
  ) {
    guard let inputGradient else { return }
    if takesMaximum {
      maxPoolBackward(
        gradient, input: memory.input, output: memory.output, inputGradient: inputGradient,
        examples: memory.examples, windows)
    } else {
      averagePoolBackward(
        gradient, inputGradient: inputGradient, examples: memory.examples, windows)
    }
  }
}

/// What max-pool and average-pool are set to.
struct PoolSettings: Hashable, Sendable {
  static let members = ["kernel", "stride", "padding", "ceil"]

  /// The extent of a window.
  let kernel: Int
  /// How far windows are apart.
  let stride: Int
  /// How far the first window begins before the map.
  let padding: Int
  /// Whether the number of windows is rounded up.
  let roundsUp: Bool

  init(_ field: JSONField, input: Shape) throws(DescriptionError) {
    let extent = try field.map(input).min() ?? 1
    let kernelField = try field.required("kernel")
    kernel = try kernelField.integer(in: 1...JSONField.maximumKernel)
    guard kernel <= extent else {
      throw kernelField.mismatch("at most \(extent), the extent of the layer's input \(input)")
    }
    let strideField = try field.required("stride")
    stride = try strideField.integer(in: 1...JSONField.maximumKernel)
    guard stride <= kernel else {
      throw strideField.mismatch("at most \(kernel), the kernel, so that no row is left out")
    }
    let paddingField = try field.optional("padding")
    padding = try paddingField?.integer(in: 0...JSONField.maximumKernel) ?? 0
    if let paddingField, padding > kernel / 2 {
      throw paddingField.mismatch("at most \(kernel / 2), half the kernel")
    }
    roundsUp = try field.optional("ceil")?.bool() ?? true
  }

  var document: [JSON.Member] {
    [JSON.Member("kernel", .integer(kernel)), JSON.Member("stride", .integer(stride))]
      + (padding == 0 ? [] : [JSON.Member("padding", .integer(padding))])
      + (roundsUp ? [] : [JSON.Member("ceil", .bool(false))])
  }

  func output(of input: Shape) -> Shape? {
    guard input.positions.count == 2, input.positions.allSatisfy({ $0 >= kernel }) else {
      return nil
    }
    return Shape(
      positions: input.positions.map(windows), features: input.features)
  }

  /// The number of windows over an extent; each begins in the map or before it.
  private func windows(_ extent: Int) -> Int {
    let count = (extent + 2 * padding - kernel + (roundsUp ? stride - 1 : 0)) / stride + 1
    return (count - 1) * stride < extent + padding ? count : count - 1
  }
}

/// A pooling layer: what the two kinds have in common.
protocol PoolSpec: LayerSpec {
  /// Whether the greatest value is taken, not the mean.
  static var takesMaximum: Bool { get }
  var settings: PoolSettings { get }
}

extension PoolSpec {
  static var takesVectors: Bool { false }
  static var members: [String] { PoolSettings.members }

  var document: [JSON.Member] { settings.document }
  var text: String {
    "\(Self.kind), \(settings.kernel)×\(settings.kernel), stride \(settings.stride)"
  }
  func output(of input: Shape) -> Shape? { settings.output(of: input) }
  func parameters(of input: Shape) -> [Parameter] { [] }

  func layer(of input: Shape, at offset: Int, holding held: [Float]?) -> any Layer {
    PoolLayer(
      input, output(of: input) ?? input, settings, takesMaximum: Self.takesMaximum, at: offset)
  }
}

/// The greatest value of each window.
struct MaxPoolSpec: PoolSpec {
  static let kind = "max-pool"
  static let takesMaximum = true
  let settings: PoolSettings

  init(_ field: JSONField, input: Shape) throws(DescriptionError) {
    settings = try PoolSettings(field, input: input)
  }
}

/// The mean of each window.
struct AveragePoolSpec: PoolSpec {
  static let kind = "average-pool"
  static let takesMaximum = false
  let settings: PoolSettings

  init(_ field: JSONField, input: Shape) throws(DescriptionError) {
    settings = try PoolSettings(field, input: input)
  }
}
