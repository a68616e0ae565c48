/// A plain layer: `y = act(map(x) + b)`, b `[features]`.
struct AffineLayer: Layer {
  let map: any LinearMap
  let activation: Activation
  let parameters: Range<Int>
  let cachePerExample = 0

  var input: Shape { map.input }
  var output: Shape { map.output }

  private var biases: Range<Int> { map.weightCount..<parameters.count }

  /// Takes a map whose weights, and a bias for each feature behind them, begin at a place in the
  /// parameters.
  init(_ map: any LinearMap, activation: Activation, at offset: Int) {
    self.map = map
    self.activation = activation
    parameters = offset..<offset + map.weightCount + map.output.features
  }

  func prepared(_ parameters: FloatSlice) -> (any PreparedMap)? {
    map.prepared(parameters.first(map.weightCount))
  }

  func forward(_ memory: LayerMemory) {
    map.forward(memory, into: memory.output)
    activate(
      memory.output, bias: memory.parameters[biases],
      rows: memory.examples * output.positionCount, activation: activation)
  }

  func backward(
    _ memory: LayerMemory, gradient: FloatSlice, inputGradient: FloatSlice?,
    parameterGradient: FloatSlice
  ) {
    parameterGradient[biases].fill(0)
    activateBackward(
      gradient, outputs: memory.output, biasGradient: parameterGradient[biases],
      rows: memory.examples * output.positionCount, activation: activation)
    map.backward(
      weightGradient: parameterGradient.first(map.weightCount), input: memory.input,
      gradient: gradient, examples: memory.examples)
    if let inputGradient {
      map.backward(
        inputGradient: inputGradient, weights: memory.parameters.first(map.weightCount),
        gradient: gradient, examples: memory.examples, adding: false)
    }
  }
}
