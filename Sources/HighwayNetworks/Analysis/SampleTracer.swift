/// Says what each highway layer of a network does to one example after the other.
///
/// The parameters are copied and the memory is made once, so that a trace takes no more than the pass
/// itself. A tracer is used by one thread at a time.
public final class SampleTracer {
  private let stack: LayerStack
  private let gated: [(index: Int, layer: HighwayLayer)]
  private let parameters: FloatSlice
  private let turned: [TurnedMatrix?]
  private let workspace: Workspace

  /// Prepares to trace a network, with some gates held.
  public init(_ network: Network, clamps: GateClamps = GateClamps()) {
    let stack = LayerStack(network.architecture, holding: clamps)
    let parameters = FloatBuffer(count: network.parameters.count)
    parameters.all.assign(network.parameters)
    self.stack = stack
    self.parameters = parameters.all
    turned = stack.turnedWeights(parameters.all)
    gated = network.architecture.gatedLayers.compactMap { index in
      (stack.layers[index] as? HighwayLayer).map { (index, $0) }
    }
    workspace = Workspace(stack, capacity: 1, forTraining: false)
  }

  /// Runs the network over one example.
  ///
  /// - Precondition: The images have as many values as the network's input, `sample` is one of the split's,
  ///   and its label is a class.
  public func trace(
    _ sample: Int, of split: DataSet.Split, shape: Shape, normalization: Normalization
  ) -> SampleTrace {
    precondition(split.labels.indices.contains(sample), "the sample is one of the split's")
    useOneThreadPerProduct()
    BatchReader(split, shape: shape, normalization: normalization)
      .read(sample..<sample + 1, into: workspace)
    _ = stack.forward(parameters, turned: turned, in: workspace)
    let layers = gated.map { index, layer in
      let gates = GateValues(layer, cache: workspace.cache(of: index), examples: 1)
      return SampleTrace.Layer(
        layer: index, blockState: gates.blockState(0), transformGate: gates.transformGate(0),
        carryGate: gates.carryGate(0), blockOutput: workspace.output(of: index).array)
    }
    return SampleTrace(
      layers: layers, probabilities: workspace.probabilities.array, loss: workspace.losses[0])
  }
}
