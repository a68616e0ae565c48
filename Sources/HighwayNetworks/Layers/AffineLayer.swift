/// A plain layer: `y = act(map(x) + b)`, b `[features]`, or without b.
struct AffineLayer: Layer {
  let map: any LinearMap
  let activation: Activation
  let parameters: Range<Int>
  let cachePerExample = 0

  var input: Shape { map.input }
  var output: Shape { map.output }

  private var biases: Range<Int> { map.weightCount..<parameters.count }
  private var hasBias: Bool { !biases.isEmpty }

  /// Takes a map whose weights, and a bias for each feature behind them where there are any, begin at a
  /// place in the parameters.
  init(_ map: any LinearMap, activation: Activation, hasBias: Bool = true, at offset: Int) {
    self.map = map
    self.activation = activation
    parameters = offset..<offset + map.weightCount + (hasBias ? map.output.features : 0)
  }

  func prepared(_ parameters: FloatSlice) -> (any PreparedMap)? {
    map.prepared(parameters.first(map.weightCount))
  }

  func forward(_ memory: LayerMemory) {
    let features = output.features
    map.forward(memory, into: memory.output) { range in
      guard hasBias || activation != .linear else { return }
      activate(
        memory.output.examples(range, each: output.count),
        bias: hasBias ? memory.parameters[biases] : nil, features: features,
        activation: activation)
    }
  }

  func backward(
    _ memory: LayerMemory, gradient: FloatSlice, inputGradient: FloatSlice?,
    parameterGradient: FloatSlice
  ) {
    let features = output.features
    let biasGradient = hasBias ? parameterGradient[biases] : nil
    biasGradient?.fill(0)
    map.backward(
      weightGradient: parameterGradient.first(map.weightCount), inputGradient: inputGradient,
      weights: memory.parameters.first(map.weightCount), input: memory.input, gradient: gradient,
      examples: memory.examples, adding: false
    ) { range in
      guard hasBias || activation != .linear else { return }
      activateBackward(
        gradient.examples(range, each: output.count),
        outputs: memory.output.examples(range, each: output.count), biasGradient: biasGradient,
        features: features, activation: activation)
    }
  }
}
