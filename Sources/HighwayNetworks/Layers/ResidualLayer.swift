/// A residual block, `y = F(x) ∘ T + s(x) ∘ C`; see ``ResidualSpec``.
///
/// H is the branch F. The cache holds, one after the other, each for all examples: every convolution's output,
/// every activated norm's, H where it is not the last convolution's output, the gates, the shortcut, room for a
/// gradient, and what the norms keep.
struct ResidualLayer: GatedLayer {
  /// A part of the cache: where it begins and how wide it is, per example.
  struct Region: Sendable {
    let start: Int
    let width: Int
  }

  /// One convolution of the branch with its norm.
  struct Stage: Sendable {
    let map: ConvolutionMap
    /// The map's weights in the layer's parameters.
    let weights: Range<Int>
    let norm: Normalizer
    /// What the convolution returns.
    let convolved: Region
    /// What the norm and its activation return: what reaches the next convolution, or in the order `pre`
    /// this one.
    let normalized: Region
    let kept: Region
  }

  /// A 1×1 convolution of the shortcut and, in the order `post`, its norm.
  struct Projection: Sendable {
    let map: ConvolutionMap
    let weights: Range<Int>
    let norm: Normalizer?
    let convolved: Region
    let kept: Region
  }

  let spec: ResidualSpec
  let input: Shape
  let output: Shape
  let parameters: Range<Int>
  let cachePerExample: Int
  let signals: [Signal] = [.blockState, .transformGate, .carryGate, .blockOutput]
  let stages: [Stage]
  let projection: Projection?
  let padding: ChannelPadding?
  /// The gates as one convolution; nil where none is learned.
  let gateMap: ConvolutionMap?
  let gateWeights: Range<Int>
  let gateBiases: Range<Int>
  let sum: GatedSum
  let branch: Region
  let gates: Region
  let shortcut: Region
  /// Room for the gradient of what a convolution of the branch is given.
  let scratch: Region
  /// What T of each unit is held at, NaN where it is free; nil where all are. `[channels]`
  let held: FloatSlice?
  private let constantT: FloatSlice
  private let constantC: FloatSlice

  var isPre: Bool { spec.order == .pre }
  var gating: Gating { spec.gates }

  /// Whether the sum is F + s and nothing else, so that it needs no gates.
  var isPlainSum: Bool { gating == .residual && held == nil }

  var returnsInputWhenClosed: Bool {
    isPre && spec.shortcut == .identity && !spec.sharesActivation && gating.returnsInputWhenClosed
  }

  init(_ spec: ResidualSpec, of input: Shape, holding held: [Float]?, at offset: Int) {
    guard let output = spec.output(of: input) else {
      preconditionFailure("a residual block fits its input")
    }
    self.spec = spec
    self.input = input
    self.output = output
    let places = ParameterPlaces(spec.parameters(of: input))
    parameters = offset..<offset + places.count
    var end = 0
    func region(_ width: Int) -> Region {
      defer { end += width }
      return Region(start: end, width: width)
    }
    let isPre = spec.order == .pre
    var shape = input
    var widest = 0
    stages = spec.convolutions.enumerated().map { index, conv in
      let map = ConvolutionMap(
        shape, channels: conv.channels ?? spec.channels, kernel: conv.kernel,
        stride: index == spec.strideAt ? spec.stride : 1, padding: conv.kernel / 2)
      let isLast = index == spec.convolutions.count - 1
      let norm = Normalizer(
        features: isPre ? shape.features : map.output.features,
        Normalizer.Settings(activation: isLast && !isPre ? .linear : spec.function),
        at: places["bn\(index + 1).weight"].lowerBound)
      if index > 0 || isPre { widest = max(widest, shape.count) }
      defer { shape = map.output }
      return Stage(
        map: map, weights: places["conv\(index + 1).weight"], norm: norm,
        convolved: region(map.output.count),
        normalized: region(isPre ? shape.count : isLast ? 0 : map.output.count),
        kept: region(norm.kept))
    }
    if spec.shortcut == .projection {
      let map = ConvolutionMap(input, channels: spec.channels, kernel: 1, stride: spec.stride)
      let norm =
        isPre
        ? nil
        : Normalizer(
          features: spec.channels, Normalizer.Settings(),
          at: places["shortcut.bn.weight"].lowerBound)
      projection = Projection(
        map: map, weights: places["shortcut.conv.weight"], norm: norm,
        convolved: region(norm == nil ? 0 : output.count), kept: region(norm?.kept ?? 0))
    } else {
      projection = nil
    }
    if case .pad(let before) = spec.shortcut {
      padding = ChannelPadding(input: input, output: output, stride: spec.stride, before: before)
    } else {
      padding = nil
    }
    let learned = spec.gates.partCount - 1
    gateMap =
      learned == 0
      ? nil
      : ConvolutionMap(input, channels: learned * spec.channels, kernel: 1, stride: spec.stride)
    (gateWeights, gateBiases) = places.gates(spec.gates)
    sum = GatedSum(
      gating: spec.gates, activation: isPre ? .linear : spec.function, features: spec.channels)
    branch =
      isPre
      ? Region(start: stages[stages.count - 1].convolved.start, width: output.count)
      : region(output.count)
    gates = region(learned * output.count)
    // Where the shortcut is what the first norm returns, its gradient needs a place of its own.
    let needsShortcut = spec.shortcut != .identity || spec.sharesActivation
    shortcut = region(needsShortcut ? output.count : 0)
    scratch = region(widest)
    cachePerExample = end
    self.held = held.map { FloatBuffer($0).all }
    let t = (held ?? [Float](repeating: .nan, count: spec.channels)).map {
      $0.isNaN ? spec.gates.constantT : $0
    }
    constantT = FloatBuffer(t).all
    let isCoupled = spec.gates.couplesCarryGate
    constantC = FloatBuffer(t.map { isCoupled ? 1 - $0 : spec.gates.constantC }).all
  }

  func prepared(_ parameters: FloatSlice) -> (any PreparedMap)? { nil }

  /// A part of the cache.
  func slice(_ region: Region, _ memory: LayerMemory) -> FloatSlice {
    memory.cache[
      region.start * memory.examples..<(region.start + region.width) * memory.examples]
  }

  /// What a norm keeps, of which there is one for all examples.
  func kept(_ region: Region, _ memory: LayerMemory) -> FloatSlice {
    slice(region, memory).first(region.width)
  }

  /// What the shortcut is made of: x, or what the first norm makes of it.
  func shortcutSource(_ memory: LayerMemory) -> FloatSlice {
    spec.sharesActivation ? slice(stages[0].normalized, memory) : memory.input
  }

  func values(ofSignal index: Int, in memory: LayerMemory) -> SignalValues {
    let features = spec.channels
    let gates = slice(gates, memory)
    let stride = features * (gating.partCount - 1)
    switch index {
    case 0: return .rows(slice(branch, memory), stride: features)
    case 1:
      return gating.learnsTransformGate ? .rows(gates, stride: stride) : .constant(constantT)
    case 2:
      if gating.learnsCarryGate {
        let start = min(stride - features, gates.count)
        return .rows(gates[start..<gates.count], stride: stride)
      }
      return gating.couplesCarryGate && gating.learnsTransformGate
        ? .complement : .constant(constantC)
    default: return .rows(memory.output, stride: features)
    }
  }
}

// MARK: - Forward

extension ResidualLayer {
  func forward(_ memory: LayerMemory) {
    var values = memory.input
    for (index, stage) in stages.enumerated() {
      let convolved = slice(stage.convolved, memory)
      let normalized = slice(stage.normalized, memory)
      if isPre {
        stage.norm.forward(
          values, memory, kept: kept(stage.kept, memory), into: normalized)
        values = normalized
      }
      stage.map.forward(
        values, weights: memory.parameters[stage.weights], examples: memory.examples,
        into: convolved)
      if !isPre && index < stages.count - 1 {
        stage.norm.forward(
          convolved, memory, kept: kept(stage.kept, memory), into: normalized)
        values = normalized
      }
      if isPre { values = convolved }
    }
    combine(memory, shortcut: shortcutValues(memory))
  }

  /// Computes s.
  private func shortcutValues(_ memory: LayerMemory) -> FloatSlice {
    let source = shortcutSource(memory)
    let values = slice(shortcut, memory)
    if let padding {
      padding.forward(source, into: values, examples: memory.examples)
      return values
    }
    guard let projection else { return source }
    let convolved = projection.norm == nil ? values : slice(projection.convolved, memory)
    projection.map.forward(
      source, weights: memory.parameters[projection.weights], examples: memory.examples,
      into: convolved)
    projection.norm?.forward(
      convolved, memory, kept: kept(projection.kept, memory), into: values)
    return values
  }

  private func combine(_ memory: LayerMemory, shortcut: FloatSlice) {
    let last = stages[stages.count - 1]
    let branch = slice(branch, memory)
    if !isPre {
      let convolved = slice(last.convolved, memory)
      let norm = last.norm.measure(convolved, memory, kept: kept(last.kept, memory))
      if isPlainSum {
        // H is looked at in evaluation only.
        return addNorm(
          convolved, scale: norm.scale, shift: norm.shift, shortcut: shortcut,
          branch: memory.pass?.keepsBranches ?? true ? branch : nil, into: memory.output,
          activation: spec.function)
      }
      applyNorm(
        convolved, scale: norm.scale, shift: norm.shift, into: branch, activation: .linear)
    }
    let gates = slice(gates, memory)
    gateMap?.forward(
      memory.input, weights: memory.parameters[gateWeights], examples: memory.examples,
      into: gates)
    sum.forward(
      branch: branch, gates: gates, bias: memory.parameters[gateBiases], shortcut: shortcut,
      into: memory.output)
    if let held {
      sum.hold(held, branch: branch, gates: gates, shortcut: shortcut, output: memory.output)
    }
  }
}

/// Where the tensors of a layer lie among its parameters.
struct ParameterPlaces {
  let count: Int
  private let places: [String: Range<Int>]

  init(_ parameters: [Parameter]) {
    var places: [String: Range<Int>] = [:]
    var end = 0
    for parameter in parameters {
      let count = parameter.shape.reduce(1, *)
      places[parameter.name] = end..<end + count
      end += count
    }
    self.places = places
    count = end
  }

  /// The place of a tensor that the layer has.
  subscript(name: String) -> Range<Int> {
    guard let place = places[name] else { preconditionFailure("the layer has the tensor") }
    return place
  }

  /// The places of the weights and of the biases of all learned gates, which stand together.
  func gates(_ gating: Gating) -> (weights: Range<Int>, biases: Range<Int>) {
    let parts = gating.parts.dropFirst().map(\.rawValue)
    guard let first = parts.first, let last = parts.last else { return (0..<0, 0..<0) }
    return (
      self["\(first).weight"].lowerBound..<self["\(last).weight"].upperBound,
      self["\(first).bias"].lowerBound..<self["\(last).bias"].upperBound
    )
  }
}
