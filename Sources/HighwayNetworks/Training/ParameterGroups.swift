/// Factors of the learning rate and of the weight decay for parameters of some roles.
public struct RoleFactors: Hashable, Sendable {
  /// The factor of the learning rate of biases.
  public var biasRate: Float
  /// The factor of the weight decay of biases, those of norms among them.
  public var biasDecay: Float
  /// The factor of the weight decay of what norms multiply by.
  public var normDecay: Float
  /// The factor of the weight decay of the output layer's weights.
  public var outputDecay: Float

  /// Creates factors.
  public init(
    biasRate: Float = 1, biasDecay: Float = 1, normDecay: Float = 1, outputDecay: Float = 1
  ) {
    self.biasRate = biasRate
    self.biasDecay = biasDecay
    self.normDecay = normDecay
    self.outputDecay = outputDecay
  }
}

/// Parameters that follow each other and are moved alike.
struct ParameterGroup: Sendable {
  /// What a group is moved by.
  fileprivate enum Motion: Hashable {
    /// Gradients, with factors of the rate and the decay.
    case descent(rate: Float, decay: Float)
    /// Running statistics, whose gradient says how far they move.
    case running
  }

  private(set) var range: Range<Int>
  /// What moves the parameters.
  let optimizer: any Optimizer
  /// The factor of the learning rate.
  let rate: Float
  /// Whether there are gradients of the loss, which clipping counts.
  let isTrained: Bool
  private let motion: Motion

  /// The groups of a network's parameters, in their order.
  static func all(_ layout: ParameterLayout, _ settings: Hyperparameters) -> [ParameterGroup] {
    var groups: [ParameterGroup] = []
    for tensor in layout.tensors {
      let motion = settings.factors.motion(of: tensor)
      if let last = groups.last, last.motion == motion {
        groups[groups.count - 1].range = last.range.lowerBound..<tensor.range.upperBound
      } else {
        groups.append(ParameterGroup(motion, tensor.range, settings))
      }
    }
    return groups
  }

  private init(_ motion: Motion, _ range: Range<Int>, _ settings: Hyperparameters) {
    self.motion = motion
    self.range = range
    switch motion {
    case .descent(let rate, let decay):
      var own = settings
      own.weightDecay *= decay
      optimizer = own.makeOptimizer()
      self.rate = rate
      isTrained = true
    case .running:
      optimizer = RunningStatistics()
      rate = 1
      isTrained = false
    }
  }
}

extension RoleFactors {
  fileprivate func motion(of tensor: ParameterLayout.Tensor) -> ParameterGroup.Motion {
    switch tensor.parameter.role {
    case .weight, .uniform: .descent(rate: 1, decay: tensor.layer == nil ? outputDecay : 1)
    case .bias, .biases: .descent(rate: biasRate, decay: biasDecay)
    case .scale: .descent(rate: 1, decay: normDecay)
    case .running: .running
    }
  }
}

/// Moves running statistics by what the parts of a mini-batch ask for: `p ← p − Σ g`.
private struct RunningStatistics: Optimizer {
  func descend(
    _ parameters: FloatSlice, moments: [FloatSlice], gradients: [FloatSlice], range: Range<Int>,
    scale: Float, rate: Float, step: Int
  ) {
    for index in range {
      parameters[index] -= gradients.reduce(0) { $0 + $1[index] }
    }
  }
}

/// What one step does to all parameters.
struct Descent: Sendable {
  private let groups: [ParameterGroup]
  /// The rows that stay 0.
  private let paddings: [Range<Int>]
  /// The trained ranges in parts of a limited size, whose squares are summed on their own.
  let parts: [Range<Int>]

  init(_ layout: ParameterLayout, _ settings: Hyperparameters) {
    groups = ParameterGroup.all(layout, settings)
    paddings = layout.paddings
    var trained: [Range<Int>] = []
    for group in groups where group.isTrained {
      if let last = trained.last, last.upperBound == group.range.lowerBound {
        trained[trained.count - 1] = last.lowerBound..<group.range.upperBound
      } else {
        trained.append(group.range)
      }
    }
    parts = trained.flatMap { range in
      stride(from: range.lowerBound, to: range.upperBound, by: GradientNorm.partSize).map {
        $0..<min($0 + GradientNorm.partSize, range.upperBound)
      }
    }
  }

  /// Moves those parameters that lie in a range; see ``Optimizer``.
  func callAsFunction(
    _ parameters: FloatSlice, moments: [FloatSlice], gradients: [FloatSlice], range: Range<Int>,
    scale: Float, rate: Float, step: Int
  ) {
    for group in groups {
      let own = group.range.clamped(to: range)
      guard !own.isEmpty else { continue }
      group.optimizer.descend(
        parameters, moments: moments, gradients: gradients, range: own, scale: scale,
        rate: rate * group.rate, step: step)
    }
    for row in paddings {
      let own = row.clamped(to: range)
      if !own.isEmpty { parameters[own].fill(0) }
    }
  }
}
