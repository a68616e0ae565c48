/// What is linear in a layer: a product with a matrix, or a convolution.
///
/// Weights are `[outputs, …inputs]`, outermost the features of the output, so that the weights of several
/// maps of one input stand one after the other and are one map.
protocol LinearMap: Sendable {
  /// The shape of one example's input.
  var input: Shape { get }
  /// The shape of one example's output.
  var output: Shape { get }
  /// The number of weights.
  var weightCount: Int { get }

  /// What the map makes of its weights once; nil where that would not help.
  func prepared(_ weights: FloatSlice) -> (any PreparedMap)?

  /// output ← map(input).
  func forward(_ input: FloatSlice, weights: FloatSlice, examples: Int, into output: FloatSlice)

  /// weightGradient ← ∂loss/∂weights, where gradient is ∂loss/∂output.
  func backward(
    weightGradient: FloatSlice, input: FloatSlice, gradient: FloatSlice, examples: Int)

  /// inputGradient ← ∂loss/∂input, or += it where `adding`.
  func backward(
    inputGradient: FloatSlice, weights: FloatSlice, gradient: FloatSlice, examples: Int,
    adding: Bool)

  /// output ← map(input), some examples after the others; `then` is called with those that are done.
  func forward(
    _ input: FloatSlice, weights: FloatSlice, examples: Int, into output: FloatSlice,
    then: (Range<Int>) -> Void)

  /// Both gradients, some examples after the others: `first` makes ∂loss/∂output of those, and their
  /// inputGradient where `adding`. There is no inputGradient where nobody asks for it.
  func backward(
    weightGradient: FloatSlice, inputGradient: FloatSlice?, weights: FloatSlice,
    input: FloatSlice, gradient: FloatSlice, examples: Int, adding: Bool,
    first: (Range<Int>) -> Void)
}

/// A linear map with its weights made ready.
protocol PreparedMap: Sendable {
  /// output ← map(input).
  func forward(_ input: FloatSlice, examples: Int, into output: FloatSlice)

  /// output ← map(input), some examples after the others; `then` is called with those that are done.
  func forward(
    _ input: FloatSlice, examples: Int, into output: FloatSlice, then: (Range<Int>) -> Void)
}

extension LinearMap {
  /// output ← map(input), with the weights made ready where they are; `then` is called with the examples
  /// that are done.
  func forward(
    _ memory: LayerMemory, into output: FloatSlice, then: (Range<Int>) -> Void
  ) {
    if let prepared = memory.prepared {
      prepared.forward(memory.input, examples: memory.examples, into: output, then: then)
    } else {
      forward(
        memory.input, weights: memory.parameters.first(weightCount), examples: memory.examples,
        into: output, then: then)
    }
  }
}

// MARK: - Maps that take all examples at once

extension LinearMap {
  func forward(
    _ input: FloatSlice, weights: FloatSlice, examples: Int, into output: FloatSlice,
    then: (Range<Int>) -> Void
  ) {
    forward(input, weights: weights, examples: examples, into: output)
    then(0..<examples)
  }

  func backward(
    weightGradient: FloatSlice, inputGradient: FloatSlice?, weights: FloatSlice,
    input: FloatSlice, gradient: FloatSlice, examples: Int, adding: Bool,
    first: (Range<Int>) -> Void
  ) {
    first(0..<examples)
    backward(
      weightGradient: weightGradient, input: input, gradient: gradient, examples: examples)
    if let inputGradient {
      backward(
        inputGradient: inputGradient, weights: weights, gradient: gradient, examples: examples,
        adding: adding)
    }
  }
}

extension PreparedMap {
  func forward(
    _ input: FloatSlice, examples: Int, into output: FloatSlice, then: (Range<Int>) -> Void
  ) {
    forward(input, examples: examples, into: output)
    then(0..<examples)
  }
}

/// `x·Wᵀ` with W `[outputs, inputs]`; positions are flattened, but those of a sequence, each of which has a product
/// of its own.
struct DenseMap: LinearMap {
  let input: Shape
  let output: Shape
  /// The number of values that a product takes.
  private let width: Int
  /// The number of products of an example.
  private let products: Int
  var weightCount: Int { width * output.features }

  init(_ input: Shape, outputs: Int) {
    self.input = input
    width = input.denseWidth
    output = input.dense(outputs)
    products = output.positionCount
  }

  func prepared(_ weights: FloatSlice) -> (any PreparedMap)? { TransposedMatrix(matrix(weights)) }

  /// What the map makes of its weights for the steps of a recurrent layer, each a product of as many rows as there are
  /// examples; nil where that would not help.
  func preparedForSteps(_ weights: FloatSlice) -> (any PreparedMap)? {
    TransposedMatrix(matrix(weights), forFewRows: true)
  }

  func forward(_ input: FloatSlice, weights: FloatSlice, examples: Int, into output: FloatSlice) {
    multiply(
      inputs(input, examples), matrix(weights).transposed, into: outputs(output, examples))
  }

  func backward(
    weightGradient: FloatSlice, input: FloatSlice, gradient: FloatSlice, examples: Int
  ) {
    multiply(
      outputs(gradient, examples).transposed, inputs(input, examples),
      into: matrix(weightGradient))
  }

  func backward(
    inputGradient: FloatSlice, weights: FloatSlice, gradient: FloatSlice, examples: Int,
    adding: Bool
  ) {
    multiply(
      outputs(gradient, examples), matrix(weights), into: inputs(inputGradient, examples),
      adding: adding)
  }

  private func matrix(_ weights: FloatSlice) -> Matrix {
    Matrix(weights, rows: output.features, columns: width)
  }

  private func inputs(_ values: FloatSlice, _ examples: Int) -> Matrix {
    Matrix(values, rows: examples * products, columns: width)
  }

  private func outputs(_ values: FloatSlice, _ examples: Int) -> Matrix {
    Matrix(values, rows: examples * products, columns: output.features)
  }
}

extension TransposedMatrix: PreparedMap {
  func forward(_ input: FloatSlice, examples: Int, into output: FloatSlice) {
    multiply(input, count: output.count / columns, into: output)
  }
}

extension Shape {
  /// The number of values that a dense layer takes at once: all of an example, or those of one step.
  var denseWidth: Int { isSequence ? features : count }

  /// The shape of what a dense layer of so many units makes of it.
  func dense(_ units: Int) -> Shape {
    Shape(positions: isSequence ? positions : [], features: units)
  }
}
