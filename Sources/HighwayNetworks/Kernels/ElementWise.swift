import CKernels

// The element-wise kernels with their extents checked; the equations stand in kernels.h.

extension Activation {
  /// What the kernels call it.
  var code: Int32 {
    switch self {
    case .relu: Int32(TG_RELU.rawValue)
    case .tanh: Int32(TG_TANH.rawValue)
    case .sigmoid: Int32(TG_SIGMOID.rawValue)
    case .linear: Int32(TG_LINEAR.rawValue)
    }
  }
}

extension Gating {
  /// What the kernels call it.
  var code: Int32 {
    switch self {
    case .coupled: Int32(TG_COUPLED.rawValue)
    case .full: Int32(TG_FULL.rawValue)
    case .transformOnly: Int32(TG_TRANSFORM_ONLY.rawValue)
    case .carryOnly: Int32(TG_CARRY_ONLY.rawValue)
    case .residual, .plain, .frozen: Int32(TG_CONSTANT.rawValue)
    }
  }
}

/// values `[rows, features]` ← act(values + bias), or act(values) without one.
func activate(_ values: FloatSlice, bias: FloatSlice?, features: Int, activation: Activation) {
  precondition(
    values.count.isMultiple(of: features) && bias.map { $0.count == features } ?? true,
    "one bias for each feature")
  unsafe tg_activate(
    values.base, bias?.base, values.count / features, features, activation.code)
}

/// gradient `[rows, features]` ← gradient · act′(outputs); biasGradient `[features]` += its rows.
func activateBackward(
  _ gradient: FloatSlice, outputs: FloatSlice, biasGradient: FloatSlice?, features: Int,
  activation: Activation
) {
  precondition(
    gradient.count.isMultiple(of: features) && outputs.count == gradient.count
      && biasGradient.map { $0.count == features } ?? true, "the extents agree")
  unsafe tg_activate_backward(
    gradient.base, outputs.base, biasGradient?.base, gradient.count / features, features,
    activation.code)
}

/// gates `[rows, parts · units]`: pre-activations become H, T, C; output ← H·T + input·C.
func combine(
  gates: FloatSlice, bias: FloatSlice, input: FloatSlice, output: FloatSlice, rows: Int,
  units: Int, activation: Activation, gating: Gating
) {
  precondition(
    gates.count == rows * units * gating.partCount && bias.count == units * gating.partCount
      && input.count == rows * units && output.count == input.count, "the extents agree")
  unsafe tg_highway(
    gates.base, bias.base, input.base, output.base, rows, units, activation.code, gating.code,
    gating.constantT, gating.constantC)
}

/// gates `[rows, parts · units]`: H, T, C become the gradients of their pre-activations;
/// inputGradient ← gradient · C; biasGradient += the gates' rows.
func combineBackward(
  gates: FloatSlice, input: FloatSlice, gradient: FloatSlice, inputGradient: FloatSlice,
  biasGradient: FloatSlice, rows: Int, units: Int, activation: Activation, gating: Gating
) {
  precondition(
    gates.count == rows * units * gating.partCount && biasGradient.count == units * gating.partCount
      && input.count == rows * units && gradient.count == input.count
      && inputGradient.count == input.count, "the extents agree")
  unsafe tg_highway_backward(
    gates.base, input.base, gradient.base, inputGradient.base, biasGradient.base, rows, units,
    activation.code, gating.code, gating.constantT, gating.constantC)
}

/// After ``combine(gates:bias:input:output:rows:units:activation:gating:)``: holds T of those units
/// whose `held` `[units]` is a number at that value, in the gates and in the output.
func hold(
  _ held: FloatSlice, gates: FloatSlice, input: FloatSlice, output: FloatSlice, rows: Int,
  gating: Gating
) {
  let units = held.count
  precondition(
    gates.count == rows * units * gating.partCount && input.count == rows * units
      && output.count == input.count, "the extents agree")
  unsafe tg_hold(
    gates.base, input.base, output.base, held.base, rows, units, gating.code,
    gating.constantC, gating.couplesCarryGate ? 1 : 0)
}

/// logits `[rows, classes]` become probabilities.
func softmax(_ logits: FloatSlice, classes: Int) {
  precondition(logits.count.isMultiple(of: classes), "the extents agree")
  _ = unsafe tg_softmax(logits.base, nil, nil, nil, logits.count / classes, classes, 0)
}

/// logits `[rows, classes]` become probabilities; losses `[rows]` ← −log p(label), in nats;
/// right `[rows]` ← 1 where the label has the greatest logit, 0 elsewhere and where one is a NaN.
///
/// A row whose label is −1 has none: its loss is 0. With a scale, probabilities are turned into the gradient of
/// `scale · Σ losses` in the same go.
///
/// - Returns: How many rows are right.
func softmax(
  _ logits: FloatSlice, classes: Int, labels: ArraySlice<Int32>, losses: FloatSlice,
  right: BufferSlice<UInt8>, scale: Float? = nil
) -> Int {
  let rows = losses.count
  precondition(
    logits.count == rows * classes && labels.count == rows && right.count == rows,
    "the extents agree")
  precondition(labels.allSatisfy { -1 <= $0 && $0 < classes }, "a label is a class")
  return unsafe labels.withUnsafeBufferPointer { labels in
    guard let label = labels.baseAddress else { return 0 }
    return unsafe tg_softmax(
      logits.base, label, losses.base, right.base, rows, classes, scale ?? 0)
  }
}

/// probabilities `[rows, classes]` ← (p − 1{label}) · scale, 0 where the label is −1.
func softmaxBackward(
  _ probabilities: FloatSlice, classes: Int, labels: ArraySlice<Int32>, scale: Float
) {
  precondition(probabilities.count == labels.count * classes, "the extents agree")
  precondition(labels.allSatisfy { -1 <= $0 && $0 < classes }, "a label is a class")
  unsafe labels.withUnsafeBufferPointer { labels in
    guard let label = labels.baseAddress else { return }
    unsafe tg_softmax_backward(probabilities.base, label, labels.count, classes, scale)
  }
}

/// Prefetches pixels that will be read soon.
func prefetch(_ pixels: ArraySlice<UInt8>) {
  unsafe pixels.withUnsafeBufferPointer { pixels in
    guard let first = pixels.baseAddress else { return }
    unsafe tg_prefetch(first, pixels.count)
  }
}

/// values ← pixels · scale + shift.
func normalize(_ pixels: ArraySlice<UInt8>, into values: FloatSlice, scale: Float, shift: Float) {
  precondition(pixels.count == values.count, "one value for each pixel")
  unsafe pixels.withUnsafeBufferPointer { pixels in
    guard let pixel = pixels.baseAddress else { return }
    unsafe tg_normalize(values.base, pixel, pixels.count, scale, shift)
  }
}
