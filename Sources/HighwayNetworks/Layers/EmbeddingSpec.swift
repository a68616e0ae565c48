import TensorFiles

/// A vector for each token: a step of the input is the id of one.
struct EmbeddingSpec: LayerSpec {
  static let kind = "embedding"
  static let takesVectors = false
  static let members = ["tokens", "units", "padding"]

  /// The number of different tokens.
  let tokens: Int
  /// The width of their vectors.
  let units: Int
  /// The token that stands for nothing, whose vector stays 0.
  let padding: Int?

  init(_ field: JSONField, input: Shape) throws(DescriptionError) {
    guard input.isSequence, input.features == 1 else {
      throw .invalid(
        path: field.path, expected: "a layer whose input is a sequence of tokens, one value a step",
        found: "an input of \(input)")
    }
    tokens = try field.required("tokens").integer(in: 1...Self.mostTokens)
    units = try field.units()
    padding = try field.optional("padding")?.integer(in: 0...tokens - 1)
    try field.checkOutput(of: input, features: units)
  }

  /// The most tokens: each of their ids is a number that a float holds exactly.
  static let mostTokens = 1 << 24

  var document: [JSON.Member] {
    [JSON.Member("tokens", .integer(tokens)), JSON.Member("units", .integer(units))]
      + (padding.map { [JSON.Member("padding", .integer($0))] } ?? [])
  }

  var text: String { "embedding, \(tokens) tokens, \(units) units" }

  func output(of input: Shape) -> Shape? {
    input.isSequence && input.features == 1
      ? Shape(positions: input.positions, features: units) : nil
  }

  func parameters(of input: Shape) -> [Parameter] {
    [
      Parameter(
        "weight", .uniform(bound: 1 / Float(units).squareRoot()), [tokens, units], padding: padding)
    ]
  }

  func layer(of input: Shape, at offset: Int, holding held: [Float]?) -> any Layer {
    EmbeddingLayer(
      input: input, output: Shape(positions: input.positions, features: units), tokens: tokens,
      parameters: offset..<offset + tokens * units)
  }
}

/// `[steps, 1]`, ids, becomes `[steps, units]`.
struct EmbeddingLayer: Layer {
  let input: Shape
  let output: Shape
  let tokens: Int
  let parameters: Range<Int>
  let cachePerExample = 0

  func prepared(_ parameters: FloatSlice) -> (any PreparedMap)? { nil }

  func forward(_ memory: LayerMemory) {
    takeRows(memory.output, of: memory.parameters, ids(memory.input), width: output.features)
  }

  func backward(
    _ memory: LayerMemory, gradient: FloatSlice, inputGradient: FloatSlice?,
    parameterGradient: FloatSlice
  ) {
    inputGradient?.fill(0)
    if !memory.isShared { parameterGradient.fill(0) }
    addRows(gradient, to: parameterGradient, ids(memory.input), width: output.features)
  }

  /// The token of each row; what is none counts as 0.
  private func ids(_ values: FloatSlice) -> BufferSlice<Int32> {
    let ids = AlignedBuffer<Int32>(count: values.count).all
    for row in 0..<ids.count {
      let value = values[row]
      ids[row] = value >= 0 && value < Float(tokens) ? Int32(value) : 0
    }
    return ids
  }
}

extension JSONField {
  /// Checks that what a layer returns for each step of an input is not too much.
  func checkOutput(of input: Shape, features: Int) throws(DescriptionError) {
    let (count, overflow) = input.positionCount.multipliedReportingOverflow(by: features)
    guard !overflow, count <= Parameter.maximumCount else {
      throw .invalid(
        path: path, expected: "at most \(Parameter.maximumCount) values of a layer's output",
        found: "more")
    }
  }
}
