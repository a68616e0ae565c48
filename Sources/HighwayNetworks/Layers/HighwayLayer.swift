/// A highway layer: `y = H ∘ T + x ∘ C` (Highway Networks, equation 2, and its special cases).
///
/// The weights of H, T and C stand below each other as one matrix `[parts · units, units]`, so that one
/// product computes all pre-activations. The cache holds H, T and C side by side,
/// `[examples, parts · units]`, as far as they are learned.
struct HighwayLayer: Layer {
  let input: Shape
  let units: Int
  let parameters: Range<Int>
  let activation: Activation
  let gating: Gating
  /// What T of each unit is held at, NaN where it is free; nil where all are. `[units]`
  let held: FloatSlice?

  var output: Shape { input }
  var cachePerExample: Int { gating.parts * units }

  /// Whether the output is the input, bit for bit, where all of T is held at 0.
  var returnsInputWhenClosed: Bool {
    gating.couplesCarryGate || (!gating.learnsCarryGate && gating.constantC == 1)
  }

  private var weights: Range<Int> { 0..<gating.parts * units * units }
  private var biases: Range<Int> { weights.upperBound..<parameters.count }

  init(
    units: Int, activation: Activation, gating: Gating, holding held: [Float]? = nil,
    at offset: Int
  ) {
    precondition(held.map { $0.count == units } ?? true, "one value for each unit")
    input = Shape([units])
    self.units = units
    self.activation = activation
    self.gating = gating
    self.held = held.map { values in
      let buffer = FloatBuffer(count: units)
      buffer.all.assign(values)
      return buffer.all
    }
    parameters = offset..<offset + gating.parts * units * (units + 1)
  }

  func turnedWeights(_ parameters: FloatSlice) -> TurnedMatrix? {
    TurnedMatrix(weightMatrix(parameters))
  }

  func forward(_ memory: LayerMemory) {
    memory.multiply(
      by: weightMatrix(memory.parameters),
      into: Matrix(memory.cache, rows: memory.examples, columns: cachePerExample))
    combine(
      gates: memory.cache, bias: memory.parameters[biases], input: memory.input,
      output: memory.output, examples: memory.examples, units: units, activation: activation,
      gating: gating)
    if let held {
      hold(
        held, gates: memory.cache, input: memory.input, output: memory.output,
        examples: memory.examples, gating: gating)
    }
  }

  func backward(
    _ memory: LayerMemory, gradient: FloatSlice, inputGradient: FloatSlice?,
    parameterGradient: FloatSlice
  ) {
    precondition(held == nil, "held gates are not trained")
    // A highway layer is never so wide that its input gradient is worth leaving out; where nobody asks
    // for it, it goes where the output was, which is not needed any more.
    let inputGradient = inputGradient ?? memory.output
    parameterGradient[biases].fill(0)
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
