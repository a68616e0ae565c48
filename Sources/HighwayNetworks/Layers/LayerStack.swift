/// The layers of a network in their order, and the linear softmax output behind them.
struct LayerStack: Sendable {
  let layers: [any Layer]
  let input: Shape
  /// The number of features that reach the output.
  let features: Int
  let classes: Int
  let parameterCount: Int
  /// Where the output's parameters lie.
  let outputParameters: Range<Int>

  /// Lays out the layers of a network, with some gates held.
  init(_ architecture: Architecture, holding clamps: GateClamps = GateClamps()) {
    var layers: [any Layer] = []
    var width = architecture.input.count
    var offset = 0
    for (index, layer) in architecture.layers.enumerated() {
      switch layer {
      case .dense(let units, let activation):
        layers.append(DenseLayer(inputs: width, units: units, activation: activation, at: offset))
      case .highway(let units, let activation, let gating, _):
        layers.append(
          HighwayLayer(
            units: units, activation: activation, gating: gating,
            holding: clamps.values(layer: index, units: units), at: offset))
      }
      width = layer.units
      offset = layers[layers.count - 1].parameters.upperBound
    }
    self.layers = layers
    input = architecture.input
    features = width
    classes = architecture.classes
    parameterCount = offset + classes * (width + 1)
    outputParameters = offset..<parameterCount
  }

  /// The weights of each layer, turned around for passes that do not change them.
  func turnedWeights(_ parameters: FloatSlice) -> [TurnedMatrix?] {
    layers.map { $0.turnedWeights(parameters[$0.parameters]) }
  }

  /// Computes every layer's output, the probabilities and the losses of the examples whose input and
  /// labels stand in the workspace.
  ///
  /// `turned` is what ``turnedWeights(_:)`` returned for these parameters, or nothing.
  ///
  /// - Returns: The number of examples classified rightly.
  func forward(
    _ parameters: FloatSlice, turned: [TurnedMatrix?] = [], in workspace: Workspace
  ) -> Int {
    computeLogits(parameters, turned: turned, in: workspace)
    return softmax(
      workspace.probabilities, classes: classes, labels: workspace.labels,
      losses: workspace.losses, right: workspace.right)
  }

  /// The same where what each layer works on was put together before.
  func forward(
    _ memories: [LayerMemory], _ parameters: FloatSlice, in workspace: Workspace
  ) -> Int {
    // Spans lend their elements: taken out of an array, each would be counted as in use and not in use.
    let layers = self.layers.span
    let each = memories.span
    for index in each.indices { layers[index].forward(each[index]) }
    computeLogits(
      of: workspace.features, examples: workspace.examples, parameters: parameters,
      into: workspace.probabilities)
    return softmax(
      workspace.probabilities, classes: classes, labels: workspace.labels,
      losses: workspace.losses, right: workspace.right)
  }

  /// What each layer works on in passes over as many examples as the workspace has now.
  func memories(
    _ parameters: FloatSlice, turned: [TurnedMatrix?], in workspace: Workspace
  ) -> [LayerMemory] {
    layers.indices.map { index in
      var memory = memory(index, parameters, in: workspace)
      memory.turned = turned[index]
      return memory
    }
  }

  /// Computes the outputs of the layers up to and including one.
  func forward(
    through last: Int, _ parameters: FloatSlice, turned: [TurnedMatrix?] = [],
    in workspace: Workspace
  ) {
    for index in 0..<last + 1 {
      var memory = memory(index, parameters, in: workspace)
      memory.turned = turned.isEmpty ? nil : turned[index]
      layers[index].forward(memory)
    }
  }

  /// Computes every layer's output, and the logits where the probabilities will stand.
  func computeLogits(
    _ parameters: FloatSlice, turned: [TurnedMatrix?] = [], in workspace: Workspace
  ) {
    forward(through: layers.count - 1, parameters, turned: turned, in: workspace)
    computeLogits(
      of: workspace.features, examples: workspace.examples, parameters: parameters,
      into: workspace.probabilities)
  }

  /// Computes the logits `[examples, classes]` of what the last layer returned, `[examples, features]`.
  func computeLogits(
    of input: FloatSlice, examples: Int, parameters: FloatSlice, into logits: FloatSlice
  ) {
    let (weight, bias) = outputParts(of: parameters)
    multiply(
      Matrix(input, rows: examples, columns: features), weight.transposed,
      into: Matrix(logits, rows: examples, columns: classes))
    activate(logits, bias: bias, examples: examples, activation: .linear)
  }

  /// Computes the gradient of `scale · Σ losses` after a forward pass, which it consumes.
  ///
  /// `parameterGradient` receives ∂/∂parameters, `inputGradient` ∂/∂input unless it is nil.
  func backward(
    _ parameters: FloatSlice, in workspace: Workspace, scale: Float, parameterGradient: FloatSlice,
    inputGradient: FloatSlice? = nil
  ) {
    let examples = workspace.examples
    let (weight, _) = outputParts(of: parameters)
    let (weightGradient, biasGradient) = outputParts(of: parameterGradient)
    biasGradient.fill(0)
    softmaxBackward(
      workspace.probabilities, labels: workspace.labels, biasGradient: biasGradient, scale: scale)
    let gradient = Matrix(workspace.probabilities, rows: examples, columns: classes)
    multiply(
      gradient.transposed, Matrix(workspace.features, rows: examples, columns: features),
      into: weightGradient)
    let last = layers.isEmpty ? inputGradient : workspace.gradient(of: features, parity: 0)
    if let last {
      multiply(gradient, weight, into: Matrix(last, rows: examples, columns: features))
    }
    for (parity, index) in layers.indices.reversed().enumerated() {
      let layer = layers[index]
      layer.backward(
        memory(index, parameters, in: workspace),
        gradient: workspace.gradient(of: layer.output.count, parity: parity),
        inputGradient: index == 0
          ? inputGradient : workspace.gradient(of: layer.input.count, parity: parity + 1),
        parameterGradient: parameterGradient[layer.parameters])
    }
  }

  private func memory(
    _ index: Int, _ parameters: FloatSlice, in workspace: Workspace
  ) -> LayerMemory {
    LayerMemory(
      examples: workspace.examples, parameters: parameters[layers[index].parameters],
      input: workspace.input(of: index), output: workspace.output(of: index),
      cache: workspace.cache(of: index))
  }

  private func outputParts(of parameters: FloatSlice) -> (weight: Matrix, bias: FloatSlice) {
    let own = parameters[outputParameters]
    return (
      Matrix(own.first(classes * features), rows: classes, columns: features),
      own[classes * features..<own.count]
    )
  }
}
