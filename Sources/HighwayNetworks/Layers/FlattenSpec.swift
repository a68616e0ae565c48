import TensorFiles

/// A map as a vector, channel after channel: the order in which files have the values of maps.
struct FlattenSpec: LayerSpec {
  static let kind = "flatten"
  static let takesVectors = false
  static let members: [String] = []

  init(_ field: JSONField, input: Shape) throws(DescriptionError) {
    try field.refuseSequence(input)
  }

  var document: [JSON.Member] { [] }
  var text: String { Self.kind }
  func output(of input: Shape) -> Shape? {
    input.isSequence ? nil : Shape(features: input.count)
  }
  func parameters(of input: Shape) -> [Parameter] { [] }

  func layer(of input: Shape, at offset: Int, holding held: [Float]?) -> any Layer {
    FlattenLayer(input: input, parameters: offset..<offset)
  }
}

/// `[positions, channels]` as `[channels, positions]`.
struct FlattenLayer: Layer {
  let input: Shape
  let parameters: Range<Int>
  let cachePerExample = 0

  var output: Shape { Shape(features: input.count) }

  func prepared(_ parameters: FloatSlice) -> (any PreparedMap)? { nil }

  func forward(_ memory: LayerMemory) {
    transpose(
      memory.input, into: memory.output, rows: input.positionCount, columns: input.features)
  }

  func backward(
    _ memory: LayerMemory, gradient: FloatSlice, inputGradient: FloatSlice?,
    parameterGradient: FloatSlice
  ) {
    guard let inputGradient else { return }
    transpose(gradient, into: inputGradient, rows: input.features, columns: input.positionCount)
  }
}

extension JSONField {
  /// Refuses a sequence, whose length is not always the same.
  func refuseSequence(_ input: Shape) throws(DescriptionError) {
    guard input.isSequence else { return }
    throw .invalid(
      path: path, expected: "a layer whose input is no sequence", found: "an input of \(input)")
  }
}
