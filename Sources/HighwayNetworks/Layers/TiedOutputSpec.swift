import TensorFiles

/// A linear output whose weights are the vectors of an embedding (Press and Wolf 2016).
///
/// It is asked for by the member `tied` of a network, not among its layers.
struct TiedOutputSpec: LayerSpec {
  static let kind = "tied-output"
  static let takesVectors = false
  static let members: [String] = []

  /// The number of classes: that of the embedding's tokens.
  let classes: Int
  /// The number of the embedding.
  let embedding: Int

  var sharedLayer: Int? { embedding }

  init(classes: Int, embedding: Int) {
    self.classes = classes
    self.embedding = embedding
  }

  init(_ field: JSONField, input: Shape) throws(DescriptionError) {
    throw try field.required("kind").mismatch("a layer; an output is tied by the member tied")
  }

  var document: [JSON.Member] { [] }
  var text: String { "output tied to layer \(embedding)" }
  func output(of input: Shape) -> Shape? { input.dense(classes) }

  func parameters(of input: Shape) -> [Parameter] {
    [Parameter("bias", .bias(initial: 0), [classes])]
  }

  func layer(of input: Shape, at offset: Int, holding held: [Float]?) -> any Layer {
    TiedOutputLayer(
      map: DenseMap(input, outputs: classes), parameters: offset..<offset + classes)
  }
}

/// `y = x·Eᵀ + b`, E `[classes, features]` the vectors of an embedding, b `[classes]`.
struct TiedOutputLayer: Layer {
  let map: DenseMap
  let parameters: Range<Int>
  let cachePerExample = 0

  var input: Shape { map.input }
  var output: Shape { map.output }

  func prepared(_ parameters: FloatSlice) -> (any PreparedMap)? { nil }

  private func vectors(_ memory: LayerMemory) -> FloatSlice {
    guard let vectors = memory.shared else { preconditionFailure("an embedding is below") }
    return vectors
  }

  func forward(_ memory: LayerMemory) {
    map.forward(
      memory.input, weights: vectors(memory), examples: memory.examples, into: memory.output)
    activate(
      memory.output, bias: memory.parameters, features: output.features, activation: .linear)
  }

  func backward(
    _ memory: LayerMemory, gradient: FloatSlice, inputGradient: FloatSlice?,
    parameterGradient: FloatSlice
  ) {
    guard let sharedGradient = memory.sharedGradient else {
      preconditionFailure("the gradient of the embedding has a place")
    }
    parameterGradient.fill(0)
    activateBackward(
      gradient, outputs: memory.output, biasGradient: parameterGradient,
      features: output.features, activation: .linear)
    let rows = memory.examples * output.positionCount
    let classes = output.features
    multiply(
      Matrix(gradient, rows: rows, columns: classes).transposed,
      Matrix(memory.input, rows: rows, columns: memory.input.count / max(1, rows)),
      into: Matrix(sharedGradient, rows: classes, columns: sharedGradient.count / classes),
      adding: true)
    if let inputGradient {
      map.backward(
        inputGradient: inputGradient, weights: vectors(memory), gradient: gradient,
        examples: memory.examples, adding: false)
    }
  }
}
