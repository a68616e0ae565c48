/// What one sample did at every gated layer: columns 3 and 4 of the highway paper's Figure 2.
public struct SampleTrace: Sendable {
  /// The values of one gated layer; arrays are `[positions, units]`, and copied out of the trace.
  public struct Layer: Sendable {
    /// The layer's number, as in the checkpoint's tensor names.
    public let layer: Int
    /// The number of units at each position.
    public let units: Int
    /// The number of positions.
    public let positions: Int
    /// The signals, in the order of the values; those that are 1 − another have none of their own.
    public let signals: [Signal]
    /// The values of all layers, so that a trace allocates once.
    private let values: [Float]
    /// Where this layer's values begin.
    private let start: Int
    /// The index of the signal that is 1 − T, if one is.
    private let complement: Int?
    /// The index of the signal that is looked at in the place of T, if another one is.
    private var front: Int?
    /// The mean of each signal over the positions, `[signals][units]`; none where there is one position.
    private(set) var means: [[Float]] = []

    /// Takes the values of a layer out of those of all.
    init(_ plan: TracePlan, of values: [Float], from start: Int) {
      layer = plan.layer
      units = plan.shape.units
      positions = plan.positions
      signals = plan.signals
      complement = plan.complement
      self.values = values
      self.start = start
      if positions > 1 { means = signals.map { meansOverPositions($0) } }
    }

    /// Puts the values of one layer together, each `[positions, units]`, of which the first positions count in means.
    package init(
      layer: Int, units: Int, signals: [(signal: Signal, values: [Float])], counting: Int? = nil
    ) {
      self.layer = layer
      self.units = units
      positions = (signals.first?.values.count ?? 0) / max(1, units)
      self.signals = signals.map(\.signal)
      complement = nil
      values = signals.flatMap(\.values)
      start = 0
      if positions > 1 { means = self.signals.map { meansOverPositions($0, first: counting) } }
    }

    /// The layer with one of its signals in the place of T.
    func showing(_ signal: Signal) -> Layer {
      var layer = self
      layer.front = signals.firstIndex(of: signal)
      return layer
    }

    /// The index of a signal, of T that of the one in its place.
    func index(of signal: Signal) -> Int? {
      (signal == .transformGate ? front : nil) ?? signals.index(of: signal)
    }

    /// The block state H.
    public var blockState: [Float] { self[.blockState] ?? [] }
    /// The transform gate T.
    public var transformGate: [Float] { self[.transformGate] ?? [] }
    /// The carry gate C.
    public var carryGate: [Float] { self[.carryGate] ?? [] }
    /// The block output y.
    public var blockOutput: [Float] { self[.blockOutput] ?? [] }
    /// The block input x of a layer of maps; none elsewhere, or where it has other extents than y.
    public var blockInput: [Float] { self[.blockInput] ?? [] }

    /// The values of a signal; nil where the layer has none of it.
    ///
    /// H, T, C and y stand for what a layer has in
    /// their places, such as an LSTM's g, i, f and h.
    public subscript(_ signal: Signal) -> [Float]? {
      guard let index = index(of: signal) else { return nil }
      if index == complement {
        return signals.firstIndex { $0.role == .transform }.map { part($0).map { 1 - $0 } }
      }
      return Array(part(index))
    }

    /// Whether the layer has the extents of a block; a sequence may have fewer steps than there is room for.
    public func fits(_ block: Block) -> Bool {
      layer == block.number && units == block.features
        && (block.isSequence
          ? positions <= block.positionCount : positions == block.positionCount)
    }

    private func part(_ index: Int) -> ArraySlice<Float> {
      let before = complement.map { $0 < index ? 1 : 0 } ?? 0
      let size = units * positions
      let first = start + (index - before) * size
      return values[first..<first + size]
    }
  }

  /// One entry per gated layer, in the order of the network.
  public let layers: [Layer]

  /// The probability of each class; `[classes]`, or `[steps, classes]` where each step has an output; none where
  /// there is no output.
  public let probabilities: [Float]

  /// The softmax cross-entropy with respect to the sample's label, or its mean over the steps' labels, in nats; nil
  /// where it has none.
  public let loss: Float?

  /// Puts a trace together.
  package init(layers: [Layer], probabilities: [Float], loss: Float?) {
    self.layers = layers
    self.probabilities = probabilities
    self.loss = loss
  }
}

extension SampleTrace {
  /// The same with the mean of the steps' probabilities, `[classes]`, where each step has its own.
  public func meanOverSteps(classes: Int) -> SampleTrace {
    let steps = probabilities.count / max(1, classes)
    guard steps > 1 else { return self }
    let means = (0..<classes).map { label in
      (0..<steps).reduce(Float(0)) { $0 + probabilities[$1 * classes + label] } / Float(steps)
    }
    return SampleTrace(layers: layers, probabilities: means, loss: loss)
  }
}

extension Inference {
  /// Runs the network over one sample and says what each gated layer did.
  ///
  /// A segment of a text goes on with the state that the few segments before it have left.
  ///
  /// - Precondition: `sample` is one of the split's.
  public func trace(_ sample: Int, of samples: Samples) -> SampleTrace {
    precondition((0..<samples.split.count).contains(sample), "the sample is one of the split's")
    let before = stack.carriesState ? max(0, sample - Self.segmentsBefore)..<sample : 0..<0
    return trace { workspace, memories in
      let reader = BatchReader(samples, for: stack)
      for segment in before {
        reader.read(
          Batch([segment], isContinued: segment > before.lowerBound), into: workspace)
        stack.forward(memories, 0..<architecture.layers.count)
      }
      reader.read(Batch([sample], isContinued: !before.isEmpty), into: workspace)
    }
  }

  /// How many segments of a text are read before one whose trace is asked for.
  private static let segmentsBefore = 4

  /// Runs the network on one input, as ``callAsFunction(_:)`` takes it, and says what each gated layer did.
  ///
  /// - Precondition: There is a value for each of the input's.
  public func trace(_ input: [Float]) -> SampleTrace {
    trace { [stack] workspace, _ in stack.begin(input, in: workspace) }
  }

  private func trace(begin: (Workspace, [LayerMemory]) -> Void) -> SampleTrace {
    withSinglePass(begin: begin) { pass in
      _ = stack.objective.measure(pass.workspace)
      let plans = pass.plans.span
      var values: [Float] = []
      values.reserveCapacity(pass.valueCount)
      for index in plans.indices { plans[index].append(to: &values) }
      var layers: [SampleTrace.Layer] = []
      layers.reserveCapacity(plans.count)
      var start = 0
      for index in plans.indices {
        layers.append(SampleTrace.Layer(plans[index], of: values, from: start))
        start += plans[index].valueCount
      }
      let hasOutput = stack.objective != .none
      let outcomes = hasOutput && pass.workspace.isLabelled ? Outcomes(pass.workspace) : nil
      let output = pass.workspace.output
      let real = pass.workspace.lengths.map { Int($0[0]) } ?? 1
      let count = output.count / stack.objective.targets
      return SampleTrace(
        layers: layers,
        probabilities: hasOutput
          ? output.first(stack.objective.targets == 1 ? count : real * count).array : [],
        loss: outcomes.map { $0.losses.reduce(0, +) / Float(max(1, $0.losses.count)) })
    }
  }
}
