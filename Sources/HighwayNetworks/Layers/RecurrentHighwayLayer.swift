/// The micro-steps of a recurrent highway layer over the steps of sequences.
///
/// What does not depend on the step before, `x·W`, is one product over all steps. The cache holds H, T and y of all
/// micro-steps, `[examples × steps, micro-steps · units]` each, then the products with the input,
/// `[examples × steps, 2 · units]`, which become the gradients of one micro-step, `[examples × steps, units]`, what
/// that micro-step was given, and what one step needs.
struct RecurrentHighwayLayer: GatedLayer {
  let input: Shape
  let output: Shape
  let parameters: Range<Int>
  let signals: [Signal] = [.blockState, .transformGate, .carryGate, .blockOutput]
  let cachePerExample: Int
  /// s.
  let stateWidths: [Int]
  let returnsInputWhenClosed = false

  private let spec: RecurrentHighwaySpec
  /// What T of each unit of each micro-step is held at, NaN where it is free; nil where all are.
  private let held: FloatSlice?

  private var units: Int { spec.units }
  private var steps: Int { input.positionCount }
  /// The number of values of H, of T and of y at each step.
  private var width: Int { spec.depth * spec.units }

  /// - Precondition: The input is a sequence; `held` has a value for each unit of each micro-step.
  init(_ spec: RecurrentHighwaySpec, of input: Shape, holding held: [Float]?, at offset: Int) {
    guard let output = spec.output(of: input) else {
      preconditionFailure("a recurrent highway layer takes a sequence")
    }
    precondition(held.map { $0.count == output.units } ?? true, "one value for each unit")
    self.spec = spec
    self.input = input
    self.output = output
    self.held = held.map { FloatBuffer($0).all }
    let count = 2 * spec.units * (input.features + spec.depth * (spec.units + 1))
    parameters = offset..<offset + count
    stateWidths = [spec.units]
    cachePerExample = input.positionCount * 3 * (spec.depth + 1) * spec.units + 4 * spec.units
  }

  func prepared(_ parameters: FloatSlice) -> (any PreparedMap)? { nil }

  func values(ofSignal index: Int, in memory: LayerMemory) -> SignalValues {
    let parts = Parts(self, memory)
    switch index {
    case 0: return .rows(parts.states, stride: width)
    case 1: return .rows(parts.gates, stride: width)
    case 2: return .complement
    default: return .rows(parts.outputs, stride: width)
    }
  }

  /// The parts of the cache.
  private struct Parts {
    /// H.
    let states: FloatSlice
    /// T.
    let gates: FloatSlice
    /// y.
    let outputs: FloatSlice
    /// The products with the input; backward, the gradients of one micro-step's H and T.
    let products: FloatSlice
    /// What one micro-step was given, where that is looked at for all steps at once.
    let given: FloatSlice
    /// H and T of a step.
    let step: FloatSlice
    /// s before a micro-step and behind it; backward, their gradients.
    let state: FloatSlice
    let next: FloatSlice

    init(_ layer: RecurrentHighwayLayer, _ memory: LayerMemory) {
      let (units, examples) = (layer.units, memory.examples)
      let rows = examples * layer.steps
      var end = 0
      func part(_ count: Int) -> FloatSlice {
        defer { end += count }
        return memory.cache[end..<end + count]
      }
      states = part(rows * layer.width)
      gates = part(rows * layer.width)
      outputs = part(rows * layer.width)
      products = part(rows * 2 * units)
      given = part(rows * units)
      step = part(examples * 2 * units)
      state = part(examples * units)
      next = part(examples * units)
    }
  }

  /// The weights of H and T of a micro-step, `[2 · units, units]`, and their biases behind them.
  private func weights(_ microStep: Int, _ values: FloatSlice) -> (Matrix, FloatSlice) {
    let start = 2 * units * (input.features + microStep * (units + 1))
    let count = 2 * units * units
    return (
      Matrix(values[start..<start + count], rows: 2 * units, columns: units),
      values[start + count..<start + count + 2 * units]
    )
  }

  /// The weights of the input, `[2 · units, features]`.
  private func inputWeights(_ values: FloatSlice) -> Matrix {
    Matrix(values.first(2 * units * input.features), rows: 2 * units, columns: input.features)
  }

  private func hasStep(_ step: Int, _ example: Int, _ memory: LayerMemory) -> Bool {
    guard let lengths = memory.lengths else { preconditionFailure("sequences have lengths") }
    return step < Int(lengths[example])
  }

  /// The values of a micro-step at one step of an example, among those of all.
  private func place(
    _ values: FloatSlice, _ example: Int, _ step: Int, _ microStep: Int
  ) -> FloatSlice {
    let start = (example * steps + step) * width + microStep * units
    return values[start..<start + units]
  }
}

// MARK: - Forward

extension RecurrentHighwayLayer {
  func forward(_ memory: LayerMemory) {
    guard memory.examples > 0 else { return }
    let parts = Parts(self, memory)
    let (examples, values) = (memory.examples, memory.parameters)
    multiply(
      Matrix(memory.input, rows: examples * steps, columns: input.features),
      inputWeights(values).transposed,
      into: Matrix(parts.products, rows: examples * steps, columns: 2 * units))
    var (state, next) = (parts.state, parts.next)
    if memory.start.isEmpty { state.fill(0) } else { state.assign(memory.start[0]) }
    for step in 0..<steps {
      for microStep in 0..<spec.depth {
        let (weights, bias) = weights(microStep, values)
        if microStep == 0 {
          for example in 0..<examples {
            parts.step.examples(example..<example + 1, each: 2 * units).assign(
              row(parts.products, example, step, width: 2 * units))
          }
        }
        multiply(
          Matrix(state, rows: examples, columns: units), weights.transposed,
          into: Matrix(parts.step, rows: examples, columns: 2 * units), adding: microStep == 0)
        combine(
          gates: parts.step, bias: bias, input: state, output: next, rows: examples, units: units,
          activation: spec.function, gating: .coupled)
        if let held {
          hold(
            held[microStep * units..<(microStep + 1) * units], gates: parts.step, input: state,
            output: next, rows: examples, gating: .coupled)
        }
        keep(parts, next, step, microStep, memory)
        (state, next) = (next, state)
      }
    }
    leaveState(memory)
  }

  /// Writes what a micro-step came to, 0 behind the end of an example.
  private func keep(
    _ parts: Parts, _ next: FloatSlice, _ step: Int, _ microStep: Int, _ memory: LayerMemory
  ) {
    for example in 0..<memory.examples {
      let counts = hasStep(step, example, memory)
      func write(_ values: FloatSlice, to place: FloatSlice) {
        if counts { place.assign(values) } else { place.fill(0) }
      }
      let own = parts.step.examples(example..<example + 1, each: 2 * units)
      let result = next.examples(example..<example + 1, each: units)
      write(own.first(units), to: place(parts.states, example, step, microStep))
      write(own[units..<2 * units], to: place(parts.gates, example, step, microStep))
      write(result, to: place(parts.outputs, example, step, microStep))
      if microStep == spec.depth - 1 {
        write(result, to: row(memory.output, example, step, width: units))
      }
    }
  }

  private func row(
    _ values: FloatSlice, _ example: Int, _ step: Int, width: Int
  ) -> FloatSlice {
    let row = example * steps + step
    return values.examples(row..<row + 1, each: width)
  }

  /// Writes the output of each example's last step, or what it began with where it has none.
  private func leaveState(_ memory: LayerMemory) {
    guard !memory.end.isEmpty, let lengths = memory.lengths else { return }
    for example in 0..<memory.examples {
      let length = Int(lengths[example])
      let range = example..<example + 1
      memory.end[0].examples(range, each: units).assign(
        length > 0
          ? row(memory.output, example, length - 1, width: units)
          : memory.start[0].examples(range, each: units))
    }
  }
}

// MARK: - Backward

extension RecurrentHighwayLayer {
  func backward(
    _ memory: LayerMemory, gradient: FloatSlice, inputGradient: FloatSlice?,
    parameterGradient: FloatSlice
  ) {
    precondition(held == nil, "held gates are not trained")
    parameterGradient.fill(0)
    guard memory.examples > 0 else { return }
    let parts = Parts(self, memory)
    stepsBackward(memory, parts, gradient, parameterGradient)
    let rows = memory.examples * steps
    let gradients = Matrix(parts.products, rows: rows, columns: 2 * units)
    for microStep in (0..<spec.depth).reversed() {
      for example in 0..<memory.examples {
        for step in 0..<steps {
          let own = row(parts.products, example, step, width: 2 * units)
          own.first(units).assign(place(parts.states, example, step, microStep))
          own[units..<2 * units].assign(place(parts.gates, example, step, microStep))
          copyGiven(
            to: row(parts.given, example, step, width: units), example, step, microStep, memory,
            parts)
        }
      }
      multiply(
        gradients.transposed, Matrix(parts.given, rows: rows, columns: units),
        into: weights(microStep, parameterGradient).0)
    }
    let inputs = Matrix(memory.input, rows: rows, columns: input.features)
    multiply(gradients.transposed, inputs, into: inputWeights(parameterGradient))
    if let inputGradient {
      multiply(
        gradients, inputWeights(memory.parameters),
        into: Matrix(inputGradient, rows: rows, columns: input.features))
    }
  }

  /// Writes the state that a micro-step of an example was given.
  private func copyGiven(
    to place: FloatSlice, _ example: Int, _ step: Int, _ microStep: Int, _ memory: LayerMemory,
    _ parts: Parts
  ) {
    if microStep > 0 {
      place.assign(self.place(parts.outputs, example, step, microStep - 1))
    } else if step > 0 {
      place.assign(row(memory.output, example, step - 1, width: units))
    } else if memory.start.isEmpty {
      place.fill(0)
    } else {
      place.assign(memory.start[0].examples(example..<example + 1, each: units))
    }
  }

  /// Goes back through time: H and T become the gradients of their pre-activations, and biases get theirs.
  private func stepsBackward(
    _ memory: LayerMemory, _ parts: Parts, _ gradient: FloatSlice, _ parameterGradient: FloatSlice
  ) {
    guard let lengths = memory.lengths else { preconditionFailure("sequences have lengths") }
    let examples = memory.examples
    let given = parts.given.first(examples * units)
    var (state, next) = (parts.state, parts.next)
    state.fill(0)
    for step in (0..<steps).reversed() {
      gather(gradient, into: state, lengths: lengths, steps: steps, step: step)
      for microStep in (0..<spec.depth).reversed() {
        for example in 0..<examples {
          let own = parts.step.examples(example..<example + 1, each: 2 * units)
          own.first(units).assign(place(parts.states, example, step, microStep))
          own[units..<2 * units].assign(place(parts.gates, example, step, microStep))
          copyGiven(
            to: given.examples(example..<example + 1, each: units), example, step, microStep,
            memory, parts)
        }
        combineBackward(
          gates: parts.step, input: given, gradient: state, inputGradient: next,
          biasGradient: weights(microStep, parameterGradient).1, rows: examples, units: units,
          activation: spec.function, gating: .coupled)
        for example in 0..<examples {
          let own = parts.step.examples(example..<example + 1, each: 2 * units)
          place(parts.states, example, step, microStep).assign(own.first(units))
          place(parts.gates, example, step, microStep).assign(own[units..<2 * units])
        }
        multiply(
          Matrix(parts.step, rows: examples, columns: 2 * units),
          weights(microStep, memory.parameters).0,
          into: Matrix(next, rows: examples, columns: units), adding: true)
        (state, next) = (next, state)
      }
    }
  }
}
