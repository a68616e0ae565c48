/// GRU cells over the steps of sequences; see ``GRUSpec``.
///
/// What does not depend on the step before, `x·W_ih`, is one product over all steps. The cache holds r z n of all
/// steps, 1 − z, `U_n·h_before + c_n`, then what one step needs, each part for all examples.
struct GRULayer: GatedLayer {
  let input: Shape
  let output: Shape
  let parameters: Range<Int>
  let signals = GRUSpec.signals
  let cachePerExample: Int
  let stateWidths: [Int]
  let returnsInputWhenClosed = false

  private let units: Int
  private let places: ParameterPlaces
  /// The product with the output of the step before.
  private let recurrent: DenseMap
  /// What 1 − z of each unit is held at, NaN where it is free; nil where all are. `[units]`
  private let held: FloatSlice?

  /// - Precondition: The input is a sequence; `held` is `[units]`.
  init(_ spec: GRUSpec, of input: Shape, holding held: [Float]?, at offset: Int) {
    guard let output = spec.output(of: input) else {
      preconditionFailure("a GRU layer takes a sequence")
    }
    precondition(held.map { $0.count == spec.units } ?? true, "one value for each unit")
    self.input = input
    self.output = output
    units = spec.units
    places = ParameterPlaces(spec.parameters(of: input))
    parameters = offset..<offset + places.count
    recurrent = DenseMap(Shape(features: units), outputs: 3 * units)
    self.held = held.map { FloatBuffer($0).all }
    stateWidths = [units]
    cachePerExample = (5 * input.positionCount + 4) * units
  }

  func prepared(_ parameters: FloatSlice) -> (any PreparedMap)? {
    recurrent.preparedForSteps(parameters[places["weight_hh"]])
  }

  func values(ofSignal index: Int, in memory: LayerMemory) -> SignalValues {
    let parts = Parts(self, memory)
    return switch signals[index].symbol {
    case "r": gate(0, parts)
    case "z": gate(1, parts)
    case "n": gate(2, parts)
    case "T": .rows(parts.transform, stride: units)
    default: .rows(memory.output, stride: units)
    }
  }

  private func gate(_ number: Int, _ parts: Parts) -> SignalValues {
    let start = min(number * units, parts.gates.count)
    return .rows(parts.gates[start..<parts.gates.count], stride: 3 * units)
  }

  /// The parts of the cache.
  private struct Parts {
    let gates: FloatSlice
    let transform: FloatSlice
    let inner: FloatSlice
    /// h of a step; backward, its gradient.
    let state: FloatSlice
    /// The product with the output of the step before; backward, its gradient.
    let products: FloatSlice

    init(_ layer: GRULayer, _ memory: LayerMemory) {
      let rows = memory.examples * layer.input.positionCount
      var end = 0
      func part(_ count: Int) -> FloatSlice {
        defer { end += count }
        return memory.cache[end..<end + count]
      }
      gates = part(rows * 3 * layer.units)
      transform = part(rows * layer.units)
      inner = part(rows * layer.units)
      state = part(memory.examples * layer.units)
      products = part(memory.examples * 3 * layer.units)
    }
  }

  private func cells(_ memory: LayerMemory, _ parts: Parts) -> GRUCells {
    guard let lengths = memory.lengths else { preconditionFailure("sequences have lengths") }
    return GRUCells(
      examples: memory.examples, steps: input.positionCount, units: units, lengths: lengths,
      inputBias: memory.parameters[places["bias_ih"]],
      recurrentBias: memory.parameters[places["bias_hh"]], held: held, start: memory.start.first,
      gates: parts.gates, transform: parts.transform, inner: parts.inner, output: memory.output)
  }

  /// A weight `[3 · units, columns]`.
  private func matrix(_ name: String, _ values: FloatSlice) -> Matrix {
    let place = places[name]
    return Matrix(values[place], rows: 3 * units, columns: place.count / (3 * units))
  }
}

// MARK: - Forward

extension GRULayer {
  func forward(_ memory: LayerMemory) {
    guard memory.examples > 0 else { return }
    let parts = Parts(self, memory)
    let values = memory.parameters
    let rows = memory.examples * input.positionCount
    multiply(
      Matrix(memory.input, rows: rows, columns: input.features),
      matrix("weight_ih", values).transposed,
      into: Matrix(parts.gates, rows: rows, columns: 3 * units))
    let cells = cells(memory, parts)
    let weights = values[places["weight_hh"]]
    let ready = memory.prepared ?? recurrent.preparedForSteps(weights)
    let isContinued = !memory.start.isEmpty
    if isContinued { parts.state.assign(memory.start[0]) } else { parts.state.fill(0) }
    for step in 0..<input.positionCount {
      let isRecurrent = step > 0 || isContinued
      if isRecurrent {
        if let ready {
          ready.forward(parts.state, examples: memory.examples, into: parts.products)
        } else {
          recurrent.forward(
            parts.state, weights: weights, examples: memory.examples, into: parts.products)
        }
      }
      cells.forward(step: step, recurrent: isRecurrent ? parts.products : nil, state: parts.state)
    }
    memory.end.first?.assign(parts.state)
  }
}

// MARK: - Backward

extension GRULayer {
  /// The output is lost too: it makes room for the outputs of the steps before.
  func backward(
    _ memory: LayerMemory, gradient: FloatSlice, inputGradient: FloatSlice?,
    parameterGradient: FloatSlice
  ) {
    precondition(held == nil, "held gates are not trained")
    parameterGradient.fill(0)
    guard memory.examples > 0 else { return }
    let parts = Parts(self, memory)
    stepsBackward(memory, parts, gradient, parameterGradient)
    let rows = memory.examples * input.positionCount
    let gates = Matrix(parts.gates, rows: rows, columns: 3 * units)
    multiply(
      gates.transposed, Matrix(memory.input, rows: rows, columns: input.features),
      into: matrix("weight_ih", parameterGradient))
    if let inputGradient {
      multiply(
        gates, matrix("weight_ih", memory.parameters),
        into: Matrix(inputGradient, rows: rows, columns: input.features))
    }
    // What n's product with the input and that with the state gain differ by r.
    for row in 0..<rows {
      parts.gates.examples(row..<row + 1, each: 3 * units)[2 * units..<3 * units]
        .assign(parts.inner.examples(row..<row + 1, each: units))
    }
    delay(memory.output, from: memory.start.first, examples: memory.examples, width: units)
    multiply(
      gates.transposed, Matrix(memory.output, rows: rows, columns: units),
      into: matrix("weight_hh", parameterGradient))
  }

  /// Goes back through time: gates become the gradients of their pre-activations, the output's gradient gains what
  /// comes from the step behind, and biases get theirs.
  private func stepsBackward(
    _ memory: LayerMemory, _ parts: Parts, _ gradient: FloatSlice, _ parameterGradient: FloatSlice
  ) {
    let (examples, steps) = (memory.examples, input.positionCount)
    let cells = cells(memory, parts)
    parts.state.fill(0)
    for back in 0..<steps {
      let step = steps - 1 - back
      gather(gradient, into: parts.state, lengths: cells.lengths, steps: steps, step: step)
      cells.backward(
        step: step, state: parts.state, next: parts.products,
        inputBias: parameterGradient[places["bias_ih"]],
        recurrentBias: parameterGradient[places["bias_hh"]])
      if step > 0 {
        multiply(
          Matrix(parts.products, rows: examples, columns: 3 * units),
          matrix("weight_hh", memory.parameters),
          into: Matrix(parts.state, rows: examples, columns: units), adding: true)
      }
    }
  }
}
