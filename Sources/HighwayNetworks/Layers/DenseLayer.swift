/// A plain layer: `y = act(x·Wᵀ + b)` with W `[units, inputs]`.
struct DenseLayer: Layer {
  let input: Shape
  let output: Shape
  let parameters: Range<Int>
  let activation: Activation
  let cachePerExample = 0

  private var weights: Range<Int> { 0..<input.count * output.count }
  private var biases: Range<Int> { weights.upperBound..<parameters.count }

  init(inputs: Int, units: Int, activation: Activation, at offset: Int) {
    input = Shape([inputs])
    output = Shape([units])
    self.activation = activation
    parameters = offset..<offset + units * (inputs + 1)
  }

  func turnedWeights(_ parameters: FloatSlice) -> TurnedMatrix? {
    TurnedMatrix(weightMatrix(parameters))
  }

  func forward(_ memory: LayerMemory) {
    memory.multiply(
      by: weightMatrix(memory.parameters),
      into: Matrix(memory.output, rows: memory.examples, columns: output.count))
    activate(
      memory.output, bias: memory.parameters[biases], examples: memory.examples,
      activation: activation)
  }

  func backward(
    _ memory: LayerMemory, gradient: FloatSlice, inputGradient: FloatSlice?,
    parameterGradient: FloatSlice
  ) {
    parameterGradient[biases].fill(0)
    activateBackward(
      gradient, outputs: memory.output, biasGradient: parameterGradient[biases],
      examples: memory.examples, activation: activation)
    let gradient = Matrix(gradient, rows: memory.examples, columns: output.count)
    multiply(
      gradient.transposed, Matrix(memory.input, rows: memory.examples, columns: input.count),
      into: weightMatrix(parameterGradient))
    if let inputGradient {
      multiply(
        gradient, weightMatrix(memory.parameters),
        into: Matrix(inputGradient, rows: memory.examples, columns: input.count))
    }
  }

  private func weightMatrix(_ parameters: FloatSlice) -> Matrix {
    Matrix(parameters[weights], rows: output.count, columns: input.count)
  }
}
