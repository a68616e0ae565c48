/// A highway layer: `y = H ∘ T + x ∘ C` (Highway Networks, equation 2, and its special cases).
///
/// The maps of H, T and C stand one after the other and are one map of `parts · units` features, so that
/// one product, or one convolution, computes all pre-activations. The cache holds H, T and C side by side,
/// `[examples × positions, parts · units]`, as far as they are learned.
struct HighwayLayer: GatedLayer {
  let map: any LinearMap
  let activation: Activation
  let gating: Gating
  let parameters: Range<Int>
  let signals: [Signal] = [.blockState, .transformGate, .carryGate, .blockOutput]
  /// What T of each unit is held at, NaN where it is free; nil where all are. `[units]`
  private let held: FloatSlice?
  /// T of each unit where it is not learned: the gating's constant, or what it is held at. `[units]`
  private let constantT: FloatSlice
  /// C of each unit where it is neither learned nor coupled to a learned T. `[units]`
  private let constantC: FloatSlice

  let input: Shape
  var output: Shape { input }
  /// The number of features: of maps, of units.
  let units: Int
  let cachePerExample: Int
  var returnsInputWhenClosed: Bool { gating.returnsInputWhenClosed }

  // Kept, since asking the map for them takes as long as a small layer's gates.
  private let positions: Int
  private let biases: Range<Int>

  /// Takes the map of all parts, whose weights, and the biases behind them, begin at a place in the
  /// parameters.
  ///
  /// - Precondition: The map has `gating.partCount` times the features of its input, at each of its
  ///   positions; `held` is `[units]`.
  init(
    _ map: any LinearMap, activation: Activation, gating: Gating, holding held: [Float]? = nil,
    at offset: Int
  ) {
    let input = map.input
    let units = input.features
    precondition(
      map.output.features == gating.partCount * units
        && map.output.positionCount == input.positionCount, "a highway layer keeps the shape")
    precondition(held.map { $0.count == units } ?? true, "one value for each unit")
    self.map = map
    self.activation = activation
    self.gating = gating
    self.input = input
    self.units = units
    cachePerExample = gating.partCount * input.count
    positions = input.positionCount
    biases = map.weightCount..<map.weightCount + map.output.features
    parameters = offset..<offset + biases.upperBound
    self.held = held.map { FloatBuffer($0).all }
    let t = (held ?? []).map { $0.isNaN ? gating.constantT : $0 }
    let c = gating.couplesCarryGate ? t.map { 1 - $0 } : []
    constantT = FloatBuffer(t.isEmpty ? Array(repeating: gating.constantT, count: units) : t).all
    constantC = FloatBuffer(c.isEmpty ? Array(repeating: gating.constantC, count: units) : c).all
  }

  func prepared(_ parameters: FloatSlice) -> (any PreparedMap)? {
    map.prepared(parameters.first(map.weightCount))
  }

  func forward(_ memory: LayerMemory) {
    map.forward(memory, into: memory.cache) { range in
      let rows = range.count * positions
      let gates = memory.cache.examples(range, each: cachePerExample)
      let input = memory.input.examples(range, each: positions * units)
      let output = memory.output.examples(range, each: positions * units)
      combine(
        gates: gates, bias: memory.parameters[biases], input: input, output: output, rows: rows,
        units: units, activation: activation, gating: gating)
      if let held {
        hold(held, gates: gates, input: input, output: output, rows: rows, gating: gating)
      }
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
    let biasGradient = parameterGradient[biases]
    biasGradient.fill(0)
    map.backward(
      weightGradient: parameterGradient.first(biases.lowerBound), inputGradient: inputGradient,
      weights: memory.parameters.first(biases.lowerBound), input: memory.input,
      gradient: memory.cache, examples: memory.examples, adding: true
    ) { range in
      combineBackward(
        gates: memory.cache.examples(range, each: cachePerExample),
        input: memory.input.examples(range, each: positions * units),
        gradient: gradient.examples(range, each: positions * units),
        inputGradient: inputGradient.examples(range, each: positions * units),
        biasGradient: biasGradient, rows: range.count * positions, units: units,
        activation: activation, gating: gating)
    }
  }

  func values(ofSignal index: Int, in memory: LayerMemory) -> SignalValues {
    switch index {
    case 0: part(0, memory)
    case 1: gating.learnsTransformGate ? part(1, memory) : .constant(constantT)
    case 2:
      if gating.learnsCarryGate {
        part(gating.partCount - 1, memory)
      } else if gating.couplesCarryGate {
        gating.learnsTransformGate ? .complement : .constant(constantC)
      } else {
        .constant(constantC)
      }
    default: .rows(memory.output, stride: units)
    }
  }

  private func part(_ part: Int, _ memory: LayerMemory) -> SignalValues {
    let start = min(part * units, memory.cache.count)
    return .rows(
      memory.cache[start..<memory.cache.count], stride: gating.partCount * units)
  }
}
