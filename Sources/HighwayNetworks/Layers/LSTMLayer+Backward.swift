extension LSTMLayer {
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
    let (examples, steps, units) = (memory.examples, input.positionCount, settings.units)
    let rows = examples * steps
    let gates = Matrix(parts.gates, rows: rows, columns: 4 * units)
    let depth = takesCells ? Matrix(parts.depth, rows: rows, columns: units) : nil
    let inputs = Matrix(memory.input, rows: rows, columns: input.features)
    multiply(gates.transposed, inputs, into: matrix("weight_ih", parameterGradient))
    if let depth {
      multiply(depth.transposed, inputs, into: matrix("depth.weight", parameterGradient))
    }
    if let inputGradient {
      let into = Matrix(inputGradient, rows: rows, columns: input.features)
      multiply(gates, matrix("weight_ih", memory.parameters), into: into)
      if let depth {
        multiply(depth, matrix("depth.weight", memory.parameters), into: into, adding: true)
      }
    }
    let width = settings.width
    if settings.projection != nil {
      multiply(
        Matrix(gradient, rows: rows, columns: width).transposed,
        Matrix(parts.inner, rows: rows, columns: units),
        into: matrix("weight_hr", parameterGradient))
    }
    delay(memory.output, from: memory.start.first, examples: examples, width: width)
    multiply(
      gates.transposed, Matrix(memory.output, rows: rows, columns: width),
      into: matrix("weight_hh", parameterGradient))
    if settings.biases == 2 {
      parameterGradient[places["bias_hh"]].assign(parameterGradient[places["bias_ih"]])
    }
  }

  /// Goes back through time: gates and d become the gradients of their pre-activations, the output's gradient
  /// gains what comes from the step behind, and biases and diagonals get theirs.
  private func stepsBackward(
    _ memory: LayerMemory, _ parts: Parts, _ gradient: FloatSlice, _ parameterGradient: FloatSlice
  ) {
    let values = memory.parameters
    let (examples, steps, units) = (memory.examples, input.positionCount, settings.units)
    // The bias is not looked at on the way back.
    let cells = cells(memory, parts, bias: values[places["bias_ih"]])
    let sums = LSTMCells.Gradient(
      bias: parameterGradient[places["bias_ih"]], peepholes: peepholes(of: parameterGradient),
      depth: takesCells
        ? (["depth.bias"] + LSTMSettings.diagonals).map { parameterGradient[places[$0]] } : [])
    let hidden = Matrix(parts.hidden, rows: examples, columns: settings.width)
    parts.state.fill(0)
    parts.hidden.fill(0)
    for back in 0..<steps {
      let step = steps - 1 - back
      gather(gradient, into: parts.hidden, lengths: cells.lengths, steps: steps, step: step)
      if settings.projection != nil {
        multiply(
          hidden, matrix("weight_hr", values),
          into: Matrix(parts.innerStep, rows: examples, columns: units))
      }
      cells.backward(
        step: step, output: settings.projection == nil ? parts.hidden : parts.innerStep,
        state: parts.state, above: memory.cellGradient, lower: memory.lowerCellGradient,
        next: parts.products, sums)
      if step > 0 {
        multiply(
          Matrix(parts.products, rows: examples, columns: 4 * units),
          matrix("weight_hh", values), into: hidden)
      }
    }
  }
}
