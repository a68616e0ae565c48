private import CKernels

// The kernels of batch normalization and residual blocks with their extents checked; the equations stand in
// norms.h.

/// The mean and the biased variance of rows `[rows, features]`; each `[features]`.
func measure(_ values: FloatSlice, mean: FloatSlice, variance: FloatSlice) {
  let features = mean.count
  precondition(
    variance.count == features && values.count > 0 && values.count.isMultiple(of: features),
    "the extents agree")
  unsafe tg_norm_statistics(
    values.base, values.count / features, features, mean.base, variance.base)
}

/// output ← act(input · scale + shift); scale and shift are `[features]`.
func applyNorm(
  _ input: FloatSlice, scale: FloatSlice, shift: FloatSlice, into output: FloatSlice,
  activation: Activation
) {
  let features = scale.count
  precondition(
    shift.count == features && input.count == output.count
      && input.count.isMultiple(of: features), "the extents agree")
  unsafe tg_norm_apply(
    input.base, scale.base, shift.base, output.base, input.count / features, features,
    activation.code)
}

/// output ← act(input · scale + shift + shortcut); branch receives what is added to the shortcut.
func addNorm(
  _ input: FloatSlice, scale: FloatSlice, shift: FloatSlice, shortcut: FloatSlice,
  branch: FloatSlice?, into output: FloatSlice, activation: Activation
) {
  let features = scale.count
  precondition(
    shift.count == features && input.count == output.count && shortcut.count == output.count
      && input.count.isMultiple(of: features) && branch.map { $0.count == output.count } ?? true,
    "the extents agree")
  unsafe tg_norm_add(
    input.base, scale.base, shift.base, shortcut.base, branch?.base, output.base,
    input.count / features, features, activation.code)
}

/// gradient ← gradient · act′(output); sum ← Σ gradient, product ← Σ gradient · (input − mean), over rows.
func sumNorm(
  _ gradient: FloatSlice, output: FloatSlice, input: FloatSlice, mean: FloatSlice,
  activation: Activation, sum: FloatSlice, product: FloatSlice
) {
  let features = mean.count
  precondition(
    gradient.count == input.count && (activation == .linear || output.count == input.count)
      && sum.count == features && product.count == features
      && input.count.isMultiple(of: features), "the extents agree")
  unsafe tg_norm_sums(
    gradient.base, output.base, input.base, mean.base, input.count / features, features,
    activation.code, sum.base, product.base)
}

/// to ← gradient · a + input · b + c, or += where `adding`; a, b, c are `[features]`, and `to` may be the input.
func applyNormBackward(
  _ gradient: FloatSlice, input: FloatSlice, a: FloatSlice, b: FloatSlice, c: FloatSlice,
  into to: FloatSlice, adding: Bool
) {
  let features = a.count
  precondition(
    gradient.count == input.count && to.count == input.count && b.count == features
      && c.count == features && input.count.isMultiple(of: features), "the extents agree")
  unsafe tg_norm_backward(
    gradient.base, input.base, a.base, b.base, c.base, to.base, input.count / features, features,
    adding ? 1 : 0)
}

/// How a residual block puts its branch and its shortcut together: `y = act(H ∘ T + s ∘ C)`.
struct GatedSum: Sendable {
  let gating: Gating
  let activation: Activation
  /// The number of features.
  let features: Int

  private func check(
    _ branch: FloatSlice, _ gates: FloatSlice, _ biases: FloatSlice?, _ shortcut: FloatSlice,
    _ output: FloatSlice
  ) -> Int {
    let learned = gating.partCount - 1
    precondition(
      branch.count.isMultiple(of: features) && gates.count == branch.count * learned
        && biases.map { $0.count == features * learned } ?? true && shortcut.count == branch.count
        && output.count == branch.count, "the extents agree")
    return branch.count / features
  }

  /// gates become T and C as far as they are learned; output ← act(branch · T + shortcut · C).
  func forward(
    branch: FloatSlice, gates: FloatSlice, bias: FloatSlice, shortcut: FloatSlice,
    into output: FloatSlice
  ) {
    let rows = check(branch, gates, bias, shortcut, output)
    unsafe tg_gated_sum(
      branch.base, gates.base, bias.base, shortcut.base, output.base, rows, features,
      activation.code, gating.code, gating.constantT, gating.constantC)
  }

  /// Holds T of those units whose `held` `[features]` is a number, in the gates and in the output.
  func hold(
    _ held: FloatSlice, branch: FloatSlice, gates: FloatSlice, shortcut: FloatSlice,
    output: FloatSlice
  ) {
    let rows = check(branch, gates, nil, shortcut, output)
    precondition(held.count == features, "the extents agree")
    unsafe tg_gated_sum_hold(
      branch.base, gates.base, shortcut.base, output.base, held.base, rows, features,
      activation.code, gating.code, gating.constantC, gating.couplesCarryGate ? 1 : 0)
  }

  /// branch and gates become their gradients, those of the gates before the sigmoid; shortcutGradient, which
  /// may be the shortcut, receives its own; gradient is that of the sum before the activation.
  func backward(
    _ gradient: FloatSlice, branch: FloatSlice, gates: FloatSlice, shortcut: FloatSlice,
    shortcutGradient: FloatSlice, biasGradient: FloatSlice
  ) {
    let rows = check(branch, gates, biasGradient, shortcut, gradient)
    precondition(shortcutGradient.count == shortcut.count, "the extents agree")
    unsafe tg_gated_sum_backward(
      gradient.base, branch.base, gates.base, shortcut.base, shortcutGradient.base,
      biasGradient.base, rows, features, gating.code, gating.constantT, gating.constantC)
  }
}

/// A shortcut that takes every stride-th row and column and stands between channels of zeros.
struct ChannelPadding: Hashable, Sendable {
  let input: Shape
  let output: Shape
  let stride: Int
  /// The number of channels of zeros before those of the input.
  let before: Int

  private var code: tg_padding {
    tg_padding(
      height: input.positions[0], width: input.positions[1], channels: input.features,
      rows: output.positions[0], columns: output.positions[1], d: output.features, stride: stride,
      before: before)
  }

  private func check(_ from: FloatSlice, _ to: FloatSlice, _ examples: Int) {
    precondition(
      from.count == examples * input.count && to.count == examples * output.count
        && input.features + before <= output.features
        && zip(input.positions, output.positions).allSatisfy { ($1 - 1) * stride < $0 },
      "the extents agree")
  }

  /// to ← from, made smaller and wider.
  func forward(_ from: FloatSlice, into to: FloatSlice, examples: Int) {
    check(from, to, examples)
    var code = code
    unsafe tg_pad_channels(from.base, to.base, examples, &code)
  }

  /// inputGradient += gradient where it came from.
  func backward(_ gradient: FloatSlice, adding inputGradient: FloatSlice, examples: Int) {
    check(inputGradient, gradient, examples)
    var code = code
    unsafe tg_pad_channels_backward(inputGradient.base, gradient.base, examples, &code)
  }
}

/// to ← to + from.
func add(_ from: FloatSlice, to: FloatSlice) {
  precondition(from.count == to.count, "the extents agree")
  unsafe tg_add(to.base, from.base, to.count)
}
