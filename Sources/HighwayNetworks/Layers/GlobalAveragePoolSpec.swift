import TensorFiles

/// The mean of each map over its positions: a map becomes a vector.
struct GlobalAveragePoolSpec: LayerSpec {
  static let kind = "global-average-pool"
  static let takesVectors = false
  static let members: [String] = []

  init(_ field: JSONField, input: Shape) throws(DescriptionError) { _ = try field.map(input) }

  var document: [JSON.Member] { [] }
  var text: String { Self.kind }

  func output(of input: Shape) -> Shape? {
    input.positions.count == 2 ? Shape(features: input.features) : nil
  }

  func parameters(of input: Shape) -> [Parameter] { [] }

  func layer(of input: Shape, at offset: Int, holding held: [Float]?) -> any Layer {
    GlobalAveragePoolLayer(input, at: offset)
  }
}

/// The mean of each map: one window that is as large as the map.
struct GlobalAveragePoolLayer: Layer {
  let input: Shape
  let parameters: Range<Int>
  let cachePerExample = 0
  private let windows: Windows

  var output: Shape { Shape(features: input.features) }

  init(_ input: Shape, at offset: Int) {
    self.input = input
    parameters = offset..<offset
    let (height, width) = (input.positions[0], input.positions[1])
    windows = Windows(
      height: height, width: width, rows: 1, columns: 1, kernel: max(height, width), stride: 1)
  }

  func prepared(_ parameters: FloatSlice) -> (any PreparedMap)? { nil }

  func forward(_ memory: LayerMemory) {
    averagePool(memory.input, into: memory.output, examples: memory.examples, windows)
  }

  func backward(
    _ memory: LayerMemory, gradient: FloatSlice, inputGradient: FloatSlice?,
    parameterGradient: FloatSlice
  ) {
    guard let inputGradient else { return }
    averagePoolBackward(
      gradient, inputGradient: inputGradient, examples: memory.examples, windows)
  }
}
