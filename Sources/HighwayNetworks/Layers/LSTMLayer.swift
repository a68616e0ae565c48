/// LSTM cells over the steps of sequences, with or without a depth gate.
///
/// What does not depend on the step before, `x·W_ih`, is one product over all steps; the recurrent part follows
/// step by step. The cache holds i f g o of all steps, then d, then `o ∘ tanh(c)` where outputs are projected, then
/// what one step needs, each part for all examples.
struct LSTMLayer: GatedLayer {
  let input: Shape
  let output: Shape
  let parameters: Range<Int>
  let signals: [Signal]
  let cachePerExample: Int
  let takesCells: Bool
  /// h and c.
  let stateWidths: [Int]
  let returnsInputWhenClosed = false

  let settings: LSTMSettings
  let places: ParameterPlaces
  /// The product with the output of the step before.
  let recurrent: DenseMap
  /// What i of each unit is held at, NaN where it is free; nil where all are. `[units]`
  let held: FloatSlice?

  /// - Precondition: The input is a sequence, with as many cells as the layer has where it has a depth gate; `held`
  ///   is `[units]`.
  init(
    _ settings: LSTMSettings, of input: Shape, hasDepthGate: Bool, holding held: [Float]?,
    at offset: Int
  ) {
    guard let output = settings.output(of: input), !hasDepthGate || input.cells == settings.units
    else { preconditionFailure("an LSTM layer takes a sequence, a depth gate its cells") }
    precondition(held.map { $0.count == settings.units } ?? true, "one value for each unit")
    self.settings = settings
    self.input = input
    self.output = output
    takesCells = hasDepthGate
    signals = settings.signals(hasDepthGate: hasDepthGate)
    places = ParameterPlaces(settings.parameters(of: input, hasDepthGate: hasDepthGate))
    parameters = offset..<offset + places.count
    recurrent = DenseMap(Shape(features: settings.width), outputs: 4 * settings.units)
    self.held = held.map { FloatBuffer($0).all }
    let units = settings.units
    stateWidths = [settings.width, units]
    let hasProjection = settings.projection != nil
    cachePerExample =
      input.positionCount * (4 + (hasDepthGate ? 1 : 0) + (hasProjection ? 1 : 0)) * units
      + (5 + (hasProjection ? 1 : 0)) * units + settings.width
  }

  func prepared(_ parameters: FloatSlice) -> (any PreparedMap)? {
    recurrent.preparedForSteps(parameters[places["weight_hh"]])
  }

  func values(ofSignal index: Int, in memory: LayerMemory) -> SignalValues {
    let parts = Parts(self, memory)
    let units = settings.units
    switch signals[index].symbol {
    case "i": return .rows(parts.gates, stride: 4 * units)
    case "f": return gate(1, parts)
    case "g": return gate(2, parts)
    case "o": return gate(3, parts)
    case "d": return .rows(parts.depth, stride: units)
    case "c": return .rows(cells(memory), stride: units)
    default: return .rows(memory.output, stride: units)
    }
  }

  private func gate(_ number: Int, _ parts: Parts) -> SignalValues {
    let start = min(number * settings.units, parts.gates.count)
    return .rows(parts.gates[start..<parts.gates.count], stride: 4 * settings.units)
  }

  func cells(_ memory: LayerMemory) -> FloatSlice {
    guard let cells = memory.cells else { preconditionFailure("there is room for the cells") }
    return cells
  }

  func lengths(_ memory: LayerMemory) -> BufferSlice<Int32> {
    guard let lengths = memory.lengths else { preconditionFailure("sequences have lengths") }
    return lengths
  }

  /// The parts of the cache.
  struct Parts {
    let gates: FloatSlice
    let depth: FloatSlice
    /// `o ∘ tanh(c)` of all steps, where it is projected.
    let inner: FloatSlice
    /// c of a step; backward, its gradient.
    let state: FloatSlice
    /// The product with the output of the step before; backward, the gradient of the gates.
    let products: FloatSlice
    /// `o ∘ tanh(c)` of a step, where it is projected.
    let innerStep: FloatSlice
    /// The output of a step; backward, its gradient.
    let hidden: FloatSlice

    init(_ layer: LSTMLayer, _ memory: LayerMemory) {
      let units = layer.settings.units
      let hasProjection = layer.settings.projection != nil
      let rows = memory.examples * layer.input.positionCount
      var end = 0
      func part(_ count: Int) -> FloatSlice {
        defer { end += count }
        return memory.cache[end..<end + count]
      }
      gates = part(rows * 4 * units)
      depth = part(layer.takesCells ? rows * units : 0)
      inner = part(hasProjection ? rows * units : 0)
      state = part(memory.examples * units)
      products = part(memory.examples * 4 * units)
      innerStep = part(hasProjection ? memory.examples * units : 0)
      hidden = part(memory.examples * layer.settings.width)
    }
  }

  func cells(_ memory: LayerMemory, _ parts: Parts, bias: FloatSlice) -> LSTMCells {
    let values = memory.parameters
    var depthGate: LSTMCells.DepthGate?
    if takesCells {
      guard let lower = memory.lowerCells else {
        preconditionFailure("a layer with cells is below")
      }
      depthGate = LSTMCells.DepthGate(
        values: parts.depth, bias: values[places["depth.bias"]],
        ofCell: values[places["depth.cell"]], ofLower: values[places["depth.lower"]], lower: lower)
    }
    return LSTMCells(
      examples: memory.examples, steps: input.positionCount, units: settings.units,
      lengths: lengths(memory), bias: bias, peepholes: peepholes(of: values), held: held,
      start: memory.start.last, depthGate: depthGate, gates: parts.gates,
      cells: cells(memory))
  }

  func peepholes(of values: FloatSlice) -> [FloatSlice] {
    settings.hasPeepholes ? LSTMSettings.peepholes.map { values[places[$0]] } : []
  }
}

// MARK: - Forward

extension LSTMLayer {
  func forward(_ memory: LayerMemory) {
    guard memory.examples > 0 else { return }
    let parts = Parts(self, memory)
    let values = memory.parameters
    let (examples, steps, units) = (memory.examples, input.positionCount, settings.units)
    let inputs = Matrix(memory.input, rows: examples * steps, columns: input.features)
    multiply(
      inputs, matrix("weight_ih", values).transposed,
      into: Matrix(parts.gates, rows: examples * steps, columns: 4 * units))
    if takesCells {
      multiply(
        inputs, matrix("depth.weight", values).transposed,
        into: Matrix(parts.depth, rows: examples * steps, columns: units))
    }
    let bias = FloatBuffer(values[places["bias_ih"]].array).all
    if settings.biases == 2 { add(values[places["bias_hh"]], to: bias) }
    let cells = cells(memory, parts, bias: bias)
    let weights = values[places["weight_hh"]]
    let ready = memory.prepared ?? recurrent.preparedForSteps(weights)
    let longest = (0..<examples).reduce(0) { max($0, Int(cells.lengths[$1])) }
    let hasProjection = settings.projection != nil
    parts.state.fill(0)
    let isContinued = !memory.start.isEmpty
    if isContinued {
      parts.hidden.assign(memory.start[0])
      parts.state.assign(memory.start[1])
    }
    for step in 0..<steps {
      let isRecurrent = (step > 0 || isContinued) && step < longest
      if isRecurrent {
        if let ready {
          ready.forward(parts.hidden, examples: examples, into: parts.products)
        } else {
          recurrent.forward(
            parts.hidden, weights: weights, examples: examples, into: parts.products)
        }
      }
      cells.forward(
        step: step, recurrent: isRecurrent ? parts.products : nil, state: parts.state,
        output: hasProjection ? parts.inner : memory.output,
        next: hasProjection ? parts.innerStep : parts.hidden)
      if hasProjection {
        multiply(
          Matrix(parts.innerStep, rows: examples, columns: units),
          matrix("weight_hr", values).transposed,
          into: Matrix(parts.hidden, rows: examples, columns: settings.width))
        scatter(parts.hidden, into: memory.output, examples: examples, steps: steps, step: step)
      }
    }
    leaveState(memory, cells: parts.state)
  }

  /// Writes what each example leaves: h and c of its last step, or what it began with where it has none.
  private func leaveState(_ memory: LayerMemory, cells: FloatSlice) {
    guard !memory.end.isEmpty else { return }
    memory.end[1].assign(cells)
    let width = settings.width
    for example in 0..<memory.examples {
      let length = Int(lengths(memory)[example])
      let last = example * input.positionCount + length - 1
      memory.end[0].examples(example..<example + 1, each: width).assign(
        length > 0
          ? memory.output.examples(last..<last + 1, each: width)
          : memory.start[0].examples(example..<example + 1, each: width))
    }
  }

  /// A weight of two extents.
  func matrix(_ name: String, _ values: FloatSlice) -> Matrix {
    let columns =
      switch name {
      case "weight_hh": settings.width
      case "weight_hr": settings.units
      default: input.features
      }
    let place = places[name]
    return Matrix(values[place], rows: place.count / columns, columns: columns)
  }
}
