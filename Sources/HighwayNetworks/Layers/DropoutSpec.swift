import TensorFiles

/// Values left out at random in training, each with probability p; the others are divided by 1 − p, so that
/// evaluation takes all as they are.
struct DropoutSpec: LayerSpec {
  static let kind = "dropout"
  static let takesVectors = false
  static let members = ["p"]

  /// The probability with which a value is left out, in [0, 1).
  let p: Float

  init(_ field: JSONField, input: Shape) throws(DescriptionError) {
    let field = try field.required("p")
    p = try field.float()
    guard 0..<1 ~= p else { throw field.mismatch("a number from 0 to below 1") }
  }

  var document: [JSON.Member] { [JSON.Member("p", .real(p))] }
  var text: String { "dropout, \(p)" }
  func output(of input: Shape) -> Shape? { input.withoutCells }
  func parameters(of input: Shape) -> [Parameter] { [] }

  func layer(of input: Shape, at offset: Int, holding held: [Float]?) -> any Layer {
    DropoutLayer(input: input.withoutCells, p: p, parameters: offset..<offset)
  }
}

/// Which values are left out depends on the run's seed, the step, the layer, and the example's place in the
/// mini-batch, never on the number of threads.
struct DropoutLayer: Layer {
  let input: Shape
  let p: Float
  let parameters: Range<Int>
  let cachePerExample = 0

  var output: Shape { input }

  func prepared(_ parameters: FloatSlice) -> (any PreparedMap)? { nil }

  func forward(_ memory: LayerMemory) { drop(memory.input, into: memory.output, memory) }

  func backward(
    _ memory: LayerMemory, gradient: FloatSlice, inputGradient: FloatSlice?,
    parameterGradient: FloatSlice
  ) {
    guard let inputGradient else { return }
    drop(gradient, into: inputGradient, memory)
  }

  private func drop(_ from: FloatSlice, into to: FloatSlice, _ memory: LayerMemory) {
    guard let pass = memory.pass, p > 0 else { return to.assign(from) }
    dropOut(
      from, into: to, examples: memory.examples, key: pass.key(ofLayer: memory.layer),
      firstExample: pass.firstExample, p: p)
  }
}
