/// A highway layer: `y = H ∘ T + x ∘ C` (Highway Networks, equation 2, and its special cases).
///
/// The weights of H, T and C stand below each other as one matrix `[parts · units, units]`, so that one
/// product computes all pre-activations. The cache holds H, T and C side by side,
/// `[examples, parts · units]`, as far as they are learned.
struct HighwayLayer: Layer {
  let input: Shape
  let parameters: Range<Int>
  let activation: Activation
  let gating: Gating

  var output: Shape { input }
  var units: Int { input.count }
  var cachePerExample: Int { gating.parts * units }

  private var weights: Range<Int> { 0..<gating.parts * units * units }
  private var biases: Range<Int> { weights.upperBound..<parameters.count }

  init(units: Int, activation: Activation, gating: Gating, at offset: Int) {
    input = Shape([units])
    self.activation = activation
    self.gating = gating
    parameters = offset..<offset + gating.parts * units * (units + 1)
  }

  func forward(_ memory: LayerMemory) {
    multiply(
      Matrix(memory.input, rows: memory.examples, columns: units),
      weightMatrix(memory.parameters).transposed,
      into: Matrix(memory.cache, rows: memory.examples, columns: cachePerExample))
    combine(
      gates: memory.cache, bias: memory.parameters[biases], input: memory.input,
      output: memory.output, examples: memory.examples, units: units, activation: activation,
      gating: gating)
  }

  func backward(
    _ memory: LayerMemory, gradient: FloatSlice, inputGradient: FloatSlice?,
    parameterGradient: FloatSlice
  ) {
    // A highway layer is never so wide that its input gradient is worth leaving out; where nobody asks
    // for it, it goes where the output was, which is not needed any more.
    let inputGradient = inputGradient ?? memory.output
    combineBackward(
      gates: memory.cache, input: memory.input, gradient: gradient, inputGradient: inputGradient,
      biasGradient: parameterGradient[biases], examples: memory.examples, units: units,
      activation: activation, gating: gating)
    let gates = Matrix(memory.cache, rows: memory.examples, columns: cachePerExample)
    multiply(
      gates.transposed, Matrix(memory.input, rows: memory.examples, columns: units),
      into: weightMatrix(parameterGradient))
    multiply(
      gates, weightMatrix(memory.parameters),
      into: Matrix(inputGradient, rows: memory.examples, columns: units), adding: true)
  }

  private func weightMatrix(_ parameters: FloatSlice) -> Matrix {
    Matrix(parameters[weights], rows: gating.parts * units, columns: units)
  }
}
