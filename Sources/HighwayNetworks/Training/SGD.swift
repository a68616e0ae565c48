private import CKernels

/// Stochastic gradient descent: `m ← momentum·m + g`, `p ← p − rate·m`, or Nesterov's form
/// `p ← p − rate·(g + momentum·m)`, where g includes the weight decay.
struct SGD: Optimizer {
  let momentum: Float
  let nesterov: Bool
  let weightDecay: Float

  func descend(
    _ parameters: FloatSlice, moments: [FloatSlice], gradients: [FloatSlice], range: Range<Int>,
    scale: Float, rate: Float, step: Int
  ) {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= parameters.count && moments.count == 1
        && moments[0].count == parameters.count, "the extents agree")
    unsafe withPointers(to: gradients, count: parameters.count) {
      unsafe tg_sgd(
        parameters.base, moments[0].base, $0, $1, range.lowerBound, range.upperBound, scale, rate,
        momentum, nesterov ? 1 : 0, weightDecay)
    }
  }
}
