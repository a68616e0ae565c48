import CKernels

// The element-wise kernels with their extents checked; the equations stand in kernels.h.

extension Activation {
  fileprivate var code: Int32 {
    switch self {
    case .relu: Int32(TG_RELU.rawValue)
    case .tanh: Int32(TG_TANH.rawValue)
    case .sigmoid: Int32(TG_SIGMOID.rawValue)
    case .linear: Int32(TG_LINEAR.rawValue)
    }
  }
}

extension Gating {
  fileprivate var code: Int32 {
    switch self {
    case .coupled: Int32(TG_COUPLED.rawValue)
    case .full: Int32(TG_FULL.rawValue)
    case .transformOnly: Int32(TG_TRANSFORM_ONLY.rawValue)
    case .carryOnly: Int32(TG_CARRY_ONLY.rawValue)
    case .residual, .plain, .frozen: Int32(TG_CONSTANT.rawValue)
    }
  }

  /// Whether C is 1 − T, also where T is held.
  var couplesCarryGate: Bool {
    switch self {
    case .coupled, .frozen: true
    case .full, .transformOnly, .carryOnly, .residual, .plain: false
    }
  }

  /// T where it is not learned.
  var constantT: Float {
    if case .frozen(let p) = self { p } else { 1 }
  }

  /// C where it is neither learned nor coupled.
  var constantC: Float {
    switch self {
    case .plain: 0
    case .frozen(let p): 1 - p
    case .coupled, .full, .transformOnly, .carryOnly, .residual: 1
    }
  }
}

/// values `[examples, units]` ← act(values + bias).
func activate(_ values: FloatSlice, bias: FloatSlice, examples: Int, activation: Activation) {
  precondition(values.count == examples * bias.count, "one bias for each unit")
  unsafe tg_activate(values.base, bias.base, examples, bias.count, activation.code)
}

/// gradient `[examples, units]` ← gradient · act′(outputs); biasGradient `[units]` += its rows.
func activateBackward(
  _ gradient: FloatSlice, outputs: FloatSlice, biasGradient: FloatSlice, examples: Int,
  activation: Activation
) {
  let units = biasGradient.count
  precondition(
    gradient.count == examples * units && outputs.count == gradient.count, "the extents agree")
  unsafe tg_activate_backward(
    gradient.base, outputs.base, biasGradient.base, examples, units, activation.code)
}

/// gates `[examples, parts · units]`: pre-activations become H, T, C; output ← H·T + input·C.
func combine(
  gates: FloatSlice, bias: FloatSlice, input: FloatSlice, output: FloatSlice, examples: Int,
  units: Int, activation: Activation, gating: Gating
) {
  precondition(
    gates.count == examples * units * gating.parts && bias.count == units * gating.parts
      && input.count == examples * units && output.count == input.count, "the extents agree")
  unsafe tg_highway(
    gates.base, bias.base, input.base, output.base, examples, units, activation.code, gating.code,
    gating.constantT, gating.constantC)
}

/// gates `[examples, parts · units]`: H, T, C become the gradients of their pre-activations;
/// inputGradient ← gradient · C; biasGradient += the gates' rows.
func combineBackward(
  gates: FloatSlice, input: FloatSlice, gradient: FloatSlice, inputGradient: FloatSlice,
  biasGradient: FloatSlice, examples: Int, units: Int, activation: Activation, gating: Gating
) {
  precondition(
    gates.count == examples * units * gating.parts && biasGradient.count == units * gating.parts
      && input.count == examples * units && gradient.count == input.count
      && inputGradient.count == input.count, "the extents agree")
  unsafe tg_highway_backward(
    gates.base, input.base, gradient.base, inputGradient.base, biasGradient.base, examples, units,
    activation.code, gating.code, gating.constantT, gating.constantC)
}

/// After ``combine(gates:bias:input:output:examples:units:activation:gating:)``: holds T of those units
/// whose `held` `[units]` is a number at that value, in the gates and in the output.
func hold(
  _ held: FloatSlice, gates: FloatSlice, input: FloatSlice, output: FloatSlice, examples: Int,
  gating: Gating
) {
  let units = held.count
  precondition(
    gates.count == examples * units * gating.parts && input.count == examples * units
      && output.count == input.count, "the extents agree")
  unsafe tg_hold(
    gates.base, input.base, output.base, held.base, examples, units, gating.code,
    gating.constantC, gating.couplesCarryGate ? 1 : 0)
}

/// logits `[examples, classes]` become probabilities; losses `[examples]` ← −log p(label), in nats;
/// right `[examples]` ← 1 where the label has the greatest logit, 0 elsewhere and where one is a NaN.
///
/// - Returns: How many examples are right.
func softmax(
  _ logits: FloatSlice, classes: Int, labels: ArraySlice<UInt8>, losses: FloatSlice,
  right: BufferSlice<UInt8>
) -> Int {
  let examples = losses.count
  precondition(
    logits.count == examples * classes && labels.count == examples && right.count == examples,
    "the extents agree")
  precondition(labels.allSatisfy { $0 < classes }, "a label is a class")
  return unsafe labels.withUnsafeBufferPointer { labels in
    guard let label = labels.baseAddress else { return 0 }
    return unsafe tg_softmax(logits.base, label, losses.base, right.base, examples, classes)
  }
}

/// probabilities `[examples, classes]` ← (p − 1{label}) · scale; biasGradient += its rows.
func softmaxBackward(
  _ probabilities: FloatSlice, labels: ArraySlice<UInt8>, biasGradient: FloatSlice, scale: Float
) {
  let classes = biasGradient.count
  precondition(probabilities.count == labels.count * classes, "the extents agree")
  precondition(labels.allSatisfy { $0 < classes }, "a label is a class")
  unsafe labels.withUnsafeBufferPointer { labels in
    guard let label = labels.baseAddress else { return }
    unsafe tg_softmax_backward(
      probabilities.base, label, biasGradient.base, labels.count, classes, scale)
  }
}

/// Asks for pixels that will be read soon.
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

/// One step of stochastic gradient descent on a range of the parameters.
///
/// The gradient is the sum of the shards' gradients in their order, so that the result does not depend
/// on how the range was divided among threads.
func descend(
  parameters: FloatSlice, moments: FloatSlice, gradients: [FloatSlice], range: Range<Int>,
  learningRate: Float, hyperparameters: Hyperparameters
) {
  precondition((1...4).contains(gradients.count), "one to four shards")
  precondition(
    range.lowerBound >= 0 && range.upperBound <= parameters.count
      && moments.count == parameters.count
      && gradients.allSatisfy { $0.count == parameters.count }, "the extents agree")
  var pointers = unsafe gradients.map { unsafe Optional($0.base) }
  unsafe tg_sgd(
    parameters.base, moments.base, &pointers, gradients.count, range.lowerBound, range.upperBound,
    learningRate, hyperparameters.momentum, hyperparameters.nesterov ? 1 : 0,
    hyperparameters.weightDecay)
}
