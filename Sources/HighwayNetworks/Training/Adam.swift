private import CKernels

/// Adam: `m ← β₁m + (1 − β₁)g`, `v ← β₂v + (1 − β₂)g²`,
/// `p ← p − rate·(m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)`, where g includes the weight decay
/// (Kingma and Ba 2015, algorithm 1).
struct Adam: Optimizer {
  let beta1: Float
  let beta2: Float
  let epsilon: Float
  let weightDecay: Float

  func descend(
    _ parameters: FloatSlice, moments: [FloatSlice], gradients: [FloatSlice], range: Range<Int>,
    scale: Float, rate: Float, step: Int
  ) {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= parameters.count && moments.count == 2
        && moments.allSatisfy { $0.count == parameters.count }, "the extents agree")
    var settings = tg_adam_settings(
      rate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay,
      correction1: Self.correction(beta1, step), correction2: Self.correction(beta2, step))
    unsafe withPointers(to: gradients, count: parameters.count) {
      unsafe tg_adam(
        parameters.base, moments[0].base, moments[1].base, $0, $1, range.lowerBound,
        range.upperBound, scale, &settings)
    }
  }

  /// 1 − βᵗ.
  private static func correction(_ beta: Float, _ step: Int) -> Float {
    var power = 1.0
    var base = Double(beta)
    var exponent = step
    while exponent > 0 {
      if exponent & 1 == 1 { power *= base }
      base *= base
      exponent >>= 1
    }
    return Float(1 - power)
  }
}
