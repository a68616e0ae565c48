/// The layers of a network in their order, the linear output among them where there is one.
struct LayerStack: Sendable {
  let layers: [any Layer]
  /// The indices of the layers with gates.
  let gated: [Int]
  let input: Shape
  let objective: Objective
  /// Whether examples go on where those before them ended.
  let carriesState: Bool
  let parameterCount: Int
  /// The number of the layer whose output is a code; nil where there is none.
  let latent: Int?
  /// The number of the layer whose parameters each uses beside its own.
  private let sharedLayers: [Int?]

  /// Lays out the layers of a network, with some gates held.
  init(_ architecture: Architecture, holding clamps: GateClamps = GateClamps()) {
    var layers: [any Layer] = []
    var gated: [Int] = []
    var sharedLayers: [Int?] = []
    layers.reserveCapacity(architecture.layers.count + 1)
    func add(_ layer: Architecture.Layer, _ input: Shape, holding held: [Float]?) {
      let offset = layers.last?.parameters.upperBound ?? 0
      layers.append(layer.spec.layer(of: input, at: offset, holding: held))
      sharedLayers.append(layer.spec.sharedLayer)
    }
    for (index, layer) in architecture.layers.enumerated() {
      let units = architecture.shapes[index + 1].units
      add(layer, architecture.shapes[index], holding: clamps.values(layer: index, units: units))
      if layer.gating != nil { gated.append(index) }
    }
    if let output = architecture.output {
      add(output, architecture.shapes[architecture.layers.count], holding: nil)
    }
    self.layers = layers
    self.sharedLayers = sharedLayers
    latent = layers.firstIndex { $0 is LatentLayer }
    self.gated = gated
    input = architecture.shapes[0]
    objective =
      architecture.classes.map { classes in
        architecture.task.hasOutputPerStep
          ? .tags(classes, steps: architecture.input.positionCount) : .classes(classes)
      } ?? .none
    carriesState = architecture.task == .nextToken
    parameterCount = layers.last?.parameters.upperBound ?? 0
  }

  /// A layer with gates.
  ///
  /// - Precondition: The layer is one of ``gated``.
  func gatedLayer(_ index: Int) -> any GatedLayer {
    guard let layer = layers[index] as? any GatedLayer else {
      preconditionFailure("the layer has gates")
    }
    return layer
  }

  /// A layer with gates, with others held than here.
  func gatedLayer(
    _ index: Int, of architecture: Architecture, holding clamps: GateClamps
  ) -> any GatedLayer {
    let units = architecture.shapes[index + 1].units
    let layer = architecture.layers[index].spec.layer(
      of: architecture.shapes[index], at: layers[index].parameters.lowerBound,
      holding: clamps.values(layer: index, units: units))
    guard let gated = layer as? any GatedLayer else { preconditionFailure("the layer has gates") }
    return gated
  }

  /// What each layer makes of its weights, for passes that do not change them.
  func prepared(_ parameters: FloatSlice) -> [(any PreparedMap)?] {
    layers.map { $0.prepared(parameters[$0.parameters]) }
  }

  /// What each layer works on in passes over as many examples as the workspace has now.
  ///
  /// `prepared` is what ``prepared(_:)`` returned for these parameters, or nothing.
  func memories(
    _ parameters: FloatSlice, prepared: [(any PreparedMap)?] = [], in workspace: Workspace
  ) -> [LayerMemory] {
    layers.indices.map { index in
      LayerMemory(
        examples: workspace.examples, parameters: parameters[layers[index].parameters],
        input: workspace.input(of: index), output: workspace.output(of: index),
        cache: workspace.cache(of: index), prepared: prepared.isEmpty ? nil : prepared[index],
        layer: index, pass: workspace.pass, lengths: workspace.lengths,
        start: workspace.startState(of: index), end: workspace.endState(of: index),
        cells: workspace.cells(of: index),
        lowerCells: layers[index].takesCells ? workspace.cells(of: index - 1) : nil,
        cellGradient: index + 1 < layers.count && layers[index + 1].takesCells
          ? workspace.cellGradient(of: index) : nil,
        lowerCellGradient: layers[index].takesCells ? workspace.cellGradient(of: index - 1) : nil,
        networkInput: sharedLayers[index] == nil ? nil : workspace.input,
        shared: sharedLayers[index].map { parameters[layers[$0].parameters] },
        isShared: sharedLayers.contains(index))
    }
  }

  /// Computes the outputs of layers, of all or of some that follow each other.
  func forward(_ memories: [LayerMemory], _ range: Range<Int>? = nil) {
    // Iterating a span avoids retaining and releasing each layer.
    let layers = self.layers.span
    let each = memories.span
    for index in range ?? each.indices { layers[index].forward(each[index]) }
  }

  /// Computes every layer's output, the probabilities and, where there are labels, the losses of the
  /// examples that stand in the workspace.
  ///
  /// - Returns: The number of examples that are right.
  @discardableResult
  func forward(
    _ parameters: FloatSlice, prepared: [(any PreparedMap)?] = [], in workspace: Workspace
  ) -> Int {
    forward(memories(parameters, prepared: prepared, in: workspace))
    return objective.measure(workspace)
  }

  /// Computes the gradient of `scale · Σ losses` after a forward pass of the same memories, which it
  /// consumes; the scale is nil where ``Objective/measure(_:scale:)`` was given it.
  ///
  /// `parameterGradient` receives ∂/∂parameters, `inputGradient` ∂/∂input unless it is nil.
  ///
  /// - Precondition: The network has an output, and the examples have labels.
  func backward(
    _ memories: [LayerMemory], in workspace: Workspace, scale: Float?,
    parameterGradient: FloatSlice, inputGradient: FloatSlice? = nil
  ) {
    if let scale { objective.differentiate(workspace, scale: scale) }
    for case let shared? in sharedLayers { parameterGradient[layers[shared].parameters].fill(0) }
    let layers = self.layers.span
    let each = memories.span
    for parity in layers.indices {
      let index = layers.count - 1 - parity
      let layer = layers[index]
      var memory = each[index]
      if let shared = sharedLayers[index] {
        memory.sharedGradient = parameterGradient[layers[shared].parameters]
      }
      layer.backward(
        memory,
        gradient: parity == 0
          ? workspace.output : workspace.gradient(of: layer.output.count, parity: parity),
        inputGradient: index == 0
          ? inputGradient : workspace.gradient(of: layer.input.count, parity: parity + 1),
        parameterGradient: parameterGradient[layer.parameters])
    }
  }
}
