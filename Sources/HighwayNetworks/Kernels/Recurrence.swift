private import CKernels

// The kernels of recurrent layers with their extents checked; the equations stand in recurrent.h.

/// The cells of an LSTM over the steps of some examples.
struct LSTMCells {
  /// What a depth gate is made of beside its product with the input.
  struct DepthGate {
    /// The gate's values; `[examples × steps, units]`.
    let values: FloatSlice
    /// `[units]`.
    let bias: FloatSlice
    /// What the cell of the step before is multiplied by; `[units]`.
    let ofCell: FloatSlice
    /// What the cell of the layer below is multiplied by; `[units]`.
    let ofLower: FloatSlice
    /// The cells of the layer below; `[examples × steps, units]`.
    let lower: FloatSlice
  }

  /// The gradients of parameters, which steps add to.
  struct Gradient {
    /// `[4 · units]`.
    let bias: FloatSlice
    /// Of i, f and o, or none; `[units]`.
    let peepholes: [FloatSlice]
    /// Of the depth gate's bias, cell and lower weights, or none; `[units]`.
    let depth: [FloatSlice]
  }

  let examples: Int
  let steps: Int
  let units: Int
  /// The number of steps of each example; `[examples]`.
  let lengths: BufferSlice<Int32>
  /// `[4 · units]`.
  let bias: FloatSlice
  /// Of i, f and o, or none; `[units]`.
  let peepholes: [FloatSlice]
  /// What i of each unit is held at, NaN where it is free; nil where all are. `[units]`
  let held: FloatSlice?
  /// The cells before the first step; nil where they are 0. `[examples, units]`
  let start: FloatSlice?
  let depthGate: DepthGate?
  /// The gates i, f, g, o; `[examples × steps, 4 · units]`.
  let gates: FloatSlice
  /// c; `[examples × steps, units]`.
  let cells: FloatSlice

  private func check() {
    let rows = examples * steps
    let byUnit =
      peepholes
      + [held, depthGate?.bias, depthGate?.ofCell, depthGate?.ofLower]
      .compactMap { $0 }
    let byRow = [cells, depthGate?.values, depthGate?.lower].compactMap { $0 }
    precondition(
      lengths.count == examples && bias.count == 4 * units && [0, 3].contains(peepholes.count)
        && gates.count == rows * 4 * units && byUnit.allSatisfy { $0.count == units }
        && byRow.allSatisfy { $0.count == rows * units }
        && start.map { $0.count == examples * units } ?? true, "the extents agree")
  }

  private var code: tg_lstm {
    check()
    let hasPeepholes = !peepholes.isEmpty
    return unsafe tg_lstm(
      examples: examples, steps: steps, units: units, lengths: UnsafePointer(lengths.base),
      bias: UnsafePointer(bias.base),
      peepholes: (
        hasPeepholes ? UnsafePointer(peepholes[0].base) : nil,
        hasPeepholes ? UnsafePointer(peepholes[1].base) : nil,
        hasPeepholes ? UnsafePointer(peepholes[2].base) : nil
      ),
      held: pointer(held), start: pointer(start), lower: pointer(depthGate?.lower),
      depthBias: pointer(depthGate?.bias),
      depthCell: pointer(depthGate?.ofCell), depthLower: pointer(depthGate?.ofLower),
      gates: gates.base, depth: depthGate?.values.base, cells: cells.base)
  }

  private func pointer(_ slice: FloatSlice?) -> UnsafePointer<Float>? {
    unsafe slice.map { unsafe UnsafePointer($0.base) }
  }

  /// Computes a step; see `tg_lstm_forward`.
  func forward(
    step: Int, recurrent: FloatSlice?, state: FloatSlice, output: FloatSlice, next: FloatSlice
  ) {
    precondition(
      (0..<steps).contains(step) && state.count == examples * units && next.count == state.count
        && output.count == cells.count && recurrent.map { $0.count == 4 * state.count } ?? true,
      "the extents agree")
    var code = unsafe code
    unsafe tg_lstm_forward(&code, step, recurrent?.base, state.base, output.base, next.base)
  }

  /// Computes the gradients of a step; see `tg_lstm_backward`.
  func backward(
    step: Int, output: FloatSlice, state: FloatSlice, above: FloatSlice?, lower: FloatSlice?,
    next: FloatSlice, _ gradient: Gradient
  ) {
    precondition(
      (0..<steps).contains(step) && output.count == examples * units && state.count == output.count
        && next.count == 4 * output.count && above.map { $0.count == cells.count } ?? true
        && (depthGate == nil || lower != nil) && lower.map { $0.count == cells.count } ?? true
        && gradient.bias.count == 4 * units && gradient.peepholes.count == peepholes.count
        && gradient.depth.count == (depthGate == nil ? 0 : 3)
        && (gradient.peepholes + gradient.depth).allSatisfy { $0.count == units },
      "the extents agree")
    let hasPeepholes = !gradient.peepholes.isEmpty
    let hasDepth = !gradient.depth.isEmpty
    var code = unsafe code
    var sums = unsafe tg_lstm_gradient(
      bias: gradient.bias.base,
      peepholes: (
        hasPeepholes ? gradient.peepholes[0].base : nil,
        hasPeepholes ? gradient.peepholes[1].base : nil,
        hasPeepholes ? gradient.peepholes[2].base : nil
      ),
      depthBias: hasDepth ? gradient.depth[0].base : nil,
      depthCell: hasDepth ? gradient.depth[1].base : nil,
      depthLower: hasDepth ? gradient.depth[2].base : nil)
    unsafe tg_lstm_backward(
      &code, step, output.base, state.base, above?.base, lower?.base, next.base, &sums)
  }
}

/// The cells of a GRU over the steps of some examples.
struct GRUCells {
  let examples: Int
  let steps: Int
  let units: Int
  /// The number of steps of each example; `[examples]`.
  let lengths: BufferSlice<Int32>
  /// `[3 · units]`.
  let inputBias: FloatSlice
  /// `[3 · units]`.
  let recurrentBias: FloatSlice
  /// What 1 − z of each unit is held at, NaN where it is free; nil where all are. `[units]`
  let held: FloatSlice?
  /// h before the first step; nil where it is 0. `[examples, units]`
  let start: FloatSlice?
  /// The gates r, z, and n; `[examples × steps, 3 · units]`.
  let gates: FloatSlice
  /// 1 − z; `[examples × steps, units]`.
  let transform: FloatSlice
  /// What r acts on; `[examples × steps, units]`.
  let inner: FloatSlice
  /// h; `[examples × steps, units]`.
  let output: FloatSlice

  private var code: tg_gru {
    let count = examples * steps * units
    precondition(
      lengths.count == examples && inputBias.count == 3 * units
        && recurrentBias.count == 3 * units && held.map { $0.count == units } ?? true
        && start.map { $0.count == examples * units } ?? true && gates.count == 3 * count
        && [transform, inner, output].allSatisfy { $0.count == count }, "the extents agree")
    return unsafe tg_gru(
      examples: examples, steps: steps, units: units, lengths: UnsafePointer(lengths.base),
      inputBias: UnsafePointer(inputBias.base), recurrentBias: UnsafePointer(recurrentBias.base),
      held: held.map { unsafe UnsafePointer($0.base) },
      start: start.map { unsafe UnsafePointer($0.base) }, gates: gates.base,
      transform: transform.base, inner: inner.base, output: output.base)
  }

  /// Computes a step; see `tg_gru_forward`.
  func forward(step: Int, recurrent: FloatSlice?, state: FloatSlice) {
    precondition(
      (0..<steps).contains(step) && state.count == examples * units
        && recurrent.map { $0.count == 3 * state.count } ?? true, "the extents agree")
    var code = unsafe code
    unsafe tg_gru_forward(&code, step, recurrent?.base, state.base)
  }

  /// Computes the gradients of a step; see `tg_gru_backward`.
  func backward(
    step: Int, state: FloatSlice, next: FloatSlice, inputBias: FloatSlice,
    recurrentBias: FloatSlice
  ) {
    precondition(
      (0..<steps).contains(step) && state.count == examples * units
        && next.count == 3 * state.count && inputBias.count == 3 * units
        && recurrentBias.count == 3 * units, "the extents agree")
    var code = unsafe code
    unsafe tg_gru_backward(
      &code, step, state.base, next.base, inputBias.base, recurrentBias.base)
  }
}

/// hidden `[examples, width]` at one step goes to its place in rows `[examples × steps, width]`.
func scatter(_ hidden: FloatSlice, into rows: FloatSlice, examples: Int, steps: Int, step: Int) {
  precondition(
    rows.count == hidden.count * steps && (0..<steps).contains(step), "the extents agree")
  guard examples > 0 else { return }
  unsafe tg_step_scatter(
    hidden.base, rows.base, examples, steps, step, hidden.count / examples)
}

/// hidden `[examples, width]` += rows `[examples × steps, width]` at one step, or 0 behind an example's end; those
/// rows become the sums.
func gather(
  _ rows: FloatSlice, into hidden: FloatSlice, lengths: BufferSlice<Int32>, steps: Int, step: Int
) {
  precondition(
    rows.count == hidden.count * steps && (0..<steps).contains(step), "the extents agree")
  guard lengths.count > 0 else { return }
  unsafe tg_step_gather(
    rows.base, hidden.base, lengths.base, lengths.count, steps, step, hidden.count / lengths.count)
}

/// Moves the rows `[examples × steps, width]` of each example on by one step; the first becomes what was there
/// before, `[examples, width]`, or 0.
func delay(_ rows: FloatSlice, from start: FloatSlice?, examples: Int, width: Int) {
  guard examples > 0 else { return }
  let each = rows.count / examples
  for example in 0..<examples {
    let own = rows.examples(example..<example + 1, each: each)
    own[width..<own.count].assign(own.first(own.count - width))
    if let start {
      own.first(width).assign(start.examples(example..<example + 1, each: width))
    } else {
      own.first(width).fill(0)
    }
  }
}
