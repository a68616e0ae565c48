import TensorFiles

/// What stands at the last step of each sequence: a sequence becomes a vector.
struct FinalStateSpec: LayerSpec {
  static let kind = "final-state"
  static let takesVectors = false
  static let members: [String] = []

  init(_ field: JSONField, input: Shape) throws(DescriptionError) {
    guard input.isSequence else {
      throw .invalid(
        path: field.path, expected: "a layer whose input is a sequence",
        found: "an input of \(input)")
    }
  }

  var document: [JSON.Member] { [] }
  var text: String { Self.kind }

  func output(of input: Shape) -> Shape? {
    input.isSequence ? Shape(features: input.features) : nil
  }

  func parameters(of input: Shape) -> [Parameter] { [] }

  func layer(of input: Shape, at offset: Int, holding held: [Float]?) -> any Layer {
    FinalStateLayer(input: input, parameters: offset..<offset)
  }
}

/// `[steps, features]` becomes `[features]`; 0 where a sequence has no step.
struct FinalStateLayer: Layer {
  let input: Shape
  let parameters: Range<Int>
  let cachePerExample = 0

  var output: Shape { Shape(features: input.features) }

  func prepared(_ parameters: FloatSlice) -> (any PreparedMap)? { nil }

  func forward(_ memory: LayerMemory) {
    for example in 0..<memory.examples {
      let place = memory.output.examples(example..<example + 1, each: input.features)
      if let last = last(example, memory) {
        place.assign(memory.input[last])
      } else {
        place.fill(0)
      }
    }
  }

  func backward(
    _ memory: LayerMemory, gradient: FloatSlice, inputGradient: FloatSlice?,
    parameterGradient: FloatSlice
  ) {
    guard let inputGradient else { return }
    inputGradient.fill(0)
    for example in 0..<memory.examples {
      guard let last = last(example, memory) else { continue }
      inputGradient[last].assign(gradient.examples(example..<example + 1, each: input.features))
    }
  }

  /// Where the last step of an example stands; nil where it has none.
  private func last(_ example: Int, _ memory: LayerMemory) -> Range<Int>? {
    let length = memory.lengths.map { Int($0[example]) } ?? input.positionCount
    guard length > 0 else { return nil }
    let start = (example * input.positionCount + length - 1) * input.features
    return start..<start + input.features
  }
}
