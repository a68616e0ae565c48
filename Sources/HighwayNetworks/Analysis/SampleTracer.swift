/// Says what each highway layer of a network does to one example after the other.
///
/// The parameters are copied and the memory is made once, so that a trace takes no more than the pass
/// itself. A tracer is used by one thread at a time.
public final class SampleTracer {
  private let stack: LayerStack
  /// What the highway layers compute.
  private let gates: [GateValues]
  /// The indices of the highway layers.
  private let gated: [Int]
  private let parameters: FloatSlice
  private let workspace: Workspace
  /// What each layer works on, the same for every example.
  private let memories: [LayerMemory]
  /// The number of values of a trace.
  private let valueCount: Int

  /// Prepares to trace a network, with some gates held.
  public init(_ network: Network, clamps: GateClamps = GateClamps()) {
    let stack = LayerStack(network.architecture, holding: clamps)
    let parameters = FloatBuffer(count: network.parameters.count)
    parameters.all.assign(network.parameters)
    self.stack = stack
    self.parameters = parameters.all
    gated = network.architecture.gatedLayers
    workspace = Workspace(stack, capacity: 1, forTraining: false)
    workspace.begin(labels: [0])
    let memories = stack.memories(
      self.parameters, turned: stack.turnedWeights(self.parameters), in: workspace)
    self.memories = memories
    gates = gated.compactMap { index in
      (stack.layers[index] as? HighwayLayer).map { layer in
        GateValues(layer, cache: memories[index].cache, examples: 1)
      }
    }
    valueCount = gates.reduce(0) { count, gates in
      count + SampleTrace.Layer.valueCount(units: gates.layer.units, isCoupled: gates.isCoupled)
    }
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
    _ = stack.forward(memories, parameters, in: workspace)
    var values: [Float] = []
    values.reserveCapacity(valueCount)
    var layers: [SampleTrace.Layer] = []
    layers.reserveCapacity(gated.count)
    let (allGates, allMemories) = (gates, memories)
    let gates = allGates.span
    let memories = allMemories.span
    for position in gates.indices {
      gates[position].append(to: &values)
      memories[gated[position]].output.append(to: &values)
    }
    var start = 0
    for position in gates.indices {
      let units = gates[position].layer.units
      let isCoupled = gates[position].isCoupled
      layers.append(
        SampleTrace.Layer(
          gated[position], units: units, isCoupled: isCoupled, of: values, from: start))
      start += SampleTrace.Layer.valueCount(units: units, isCoupled: isCoupled)
    }
    return SampleTrace(
      layers: layers, probabilities: workspace.probabilities.array, loss: workspace.losses[0])
  }
}
