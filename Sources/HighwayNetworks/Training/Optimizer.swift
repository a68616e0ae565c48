private import CKernels

/// How a gradient moves the parameters.
public enum OptimizerKind: Hashable, Sendable {
  /// Stochastic gradient descent with momentum.
  case sgd
  /// Adam (Kingma and Ba 2015).
  case adam(beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8)

  /// The name that run.json uses.
  public var name: String {
    switch self {
    case .sgd: "sgd"
    case .adam: "adam"
    }
  }

  /// The number of values that are kept of each parameter from step to step.
  public var momentCount: Int {
    switch self {
    case .sgd: 1
    case .adam: 2
    }
  }
}

/// Moves parameters by their gradients, a step at a time.
///
/// A new one is one file with one type that conforms, a case of ``OptimizerKind`` and one line in
/// ``Hyperparameters/makeOptimizer()``.
protocol Optimizer: Sendable {
  /// Moves a range of the parameters.
  ///
  /// The gradient is `scale` times the sum of the shards' gradients in their order, so that the result
  /// does not depend on how the range was divided among threads.
  ///
  /// - Parameters:
  ///   - parameters: What is moved.
  ///   - moments: What is kept of each parameter; as many arrays as ``OptimizerKind/momentCount``.
  ///   - gradients: The shards' gradients, one to four.
  ///   - range: The range that is moved.
  ///   - scale: What the gradient is multiplied by, 1 where it is not clipped.
  ///   - rate: The learning rate.
  ///   - step: The number of this step since the initialization, from 1.
  func descend(
    _ parameters: FloatSlice, moments: [FloatSlice], gradients: [FloatSlice], range: Range<Int>,
    scale: Float, rate: Float, step: Int)
}

extension Hyperparameters {
  /// The optimizer that these ask for.
  func makeOptimizer() -> any Optimizer {
    switch optimizer {
    case .sgd: SGD(momentum: momentum, nesterov: nesterov, weightDecay: weightDecay)
    case .adam(let beta1, let beta2, let epsilon):
      Adam(beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay)
    }
  }
}

extension Hyperparameters {
  /// What a gradient of a norm is multiplied by, 1 where it is not clipped.
  func scale(ofNorm norm: Double) -> Float {
    guard let clipNorm, norm > Double(clipNorm) else { return 1 }
    return Float(Double(clipNorm) / norm)
  }
}

/// Calls a kernel with the gradients of shards, their extents checked.
func withPointers<Result>(
  to gradients: [FloatSlice], count: Int,
  _ body: (UnsafePointer<UnsafeMutablePointer<Float>?>, Int) -> Result
) -> Result {
  precondition((1...4).contains(gradients.count), "one to four shards")
  precondition(gradients.allSatisfy { $0.count == count }, "the extents agree")
  var pointers = unsafe gradients.map { unsafe Optional($0.base) }
  return unsafe body(&pointers, gradients.count)
}

/// The squared norm of a whole gradient, the sum of the shards' gradients.
enum GradientNorm {
  /// Parts of a fixed size, so that the sum does not depend on the number of threads.
  static let partSize = 1 << 14

  /// Σ g² over a part.
  static func squared(_ gradients: [FloatSlice], part: Range<Int>, count: Int) -> Double {
    precondition(
      part.lowerBound >= 0 && part.upperBound <= count, "the part is one of the gradient")
    return unsafe withPointers(to: gradients, count: count) {
      unsafe tg_squared_norm($0, $1, part.lowerBound, part.upperBound)
    }
  }
}
