import Libc

/// What a training run is set to, apart from the architecture and the data.
public struct Hyperparameters: Hashable, Sendable {
  /// The number of examples of one mini-batch; the last of an epoch may be smaller.
  public var batchSize: Int
  /// The learning rate of epoch 1.
  public var learningRate: Float
  /// How the learning rate changes from epoch to epoch.
  public var schedule: LearningRateSchedule
  /// How a gradient moves the parameters.
  public var optimizer: OptimizerKind
  /// The momentum, in [0, 1); without meaning for Adam.
  public var momentum: Float
  /// Whether the momentum is Nesterov's.
  public var nesterov: Bool
  /// The greatest norm of a step's whole gradient, beyond which it is scaled down; nil where it is not
  /// clipped.
  public var clipNorm: Float?
  /// The factor of the parameters that is added to their gradients.
  public var weightDecay: Float
  /// What the learning rate and the weight decay are multiplied by for parameters of some roles.
  public var factors: RoleFactors
  /// How the first epochs differ; nil where they do not.
  public var warmUp: WarmUp?
  /// Whether the loss of a sequence is the sum over its steps, not the mean over all steps of a mini-batch.
  public var sumsSteps: Bool
  /// The bound within which all parameters start uniform, gate biases about their own value; nil where each kind starts
  /// in its own way.
  public var initialBound: Float?
  /// The probability with which a decoder is not given a word in training.
  public var wordDropout: Float
  /// How the weight of the divergence of codes grows; nil where it is 1 throughout.
  public var divergence: DivergenceSchedule?
  /// How training images are changed each time they are met; nil where they are not.
  public var augmentation: Augmentation?
  /// The seed that fixes initialization, shuffling, dropout and augmentation.
  public var seed: UInt64

  /// Creates hyper-parameters.
  public init(
    batchSize: Int = 100, learningRate: Float = 0.01,
    schedule: LearningRateSchedule = .constant, optimizer: OptimizerKind = .sgd,
    momentum: Float = 0.9, nesterov: Bool = false, weightDecay: Float = 0, clipNorm: Float? = nil,
    factors: RoleFactors = RoleFactors(), warmUp: WarmUp? = nil, sumsSteps: Bool = false,
    initialBound: Float? = nil, wordDropout: Float = 0, divergence: DivergenceSchedule? = nil,
    augmentation: Augmentation? = nil, seed: UInt64 = 0
  ) {
    self.batchSize = batchSize
    self.learningRate = learningRate
    self.schedule = schedule
    self.optimizer = optimizer
    self.momentum = momentum
    self.nesterov = nesterov
    self.weightDecay = weightDecay
    self.clipNorm = clipNorm
    self.factors = factors
    self.warmUp = warmUp
    self.sumsSteps = sumsSteps
    self.initialBound = initialBound
    self.wordDropout = wordDropout
    self.divergence = divergence
    self.augmentation = augmentation
    self.seed = seed
  }

  /// What a new run is set to where nothing else is asked for.
  package static let standard = Hyperparameters(learningRate: 0.1, seed: 1)

  /// The epoch that a new run trains up to where nothing else is asked for.
  package static let standardEpochs = 20

  /// The learning rate of an epoch, counted from 1.
  public func learningRate(epoch: Int) -> Float {
    let isWarmingUp = epoch <= warmUp?.epochs ?? 0
    return learningRate * schedule.factor(epoch: epoch)
      * (isWarmingUp ? warmUp?.factor ?? 1 : 1)
  }
}

extension Hyperparameters {
  /// What the divergence of codes from standard normal ones counts in the loss at a step, counted from 1.
  package func klWeight(step: Int) -> Float { divergence?.weight(step: step) ?? 1 }
}

/// How the weight of the divergence of codes grows from 0 to 1: `1 / (1 + e^(−rate · (step − middle)))`.
public struct DivergenceSchedule: Hashable, Sendable {
  /// How fast it grows.
  public var rate: Float
  /// The step at which it is one half.
  public var middle: Int

  /// Creates a schedule.
  public init(rate: Float, middle: Int) {
    self.rate = rate
    self.middle = middle
  }

  /// The weight at a step, counted from 1.
  public func weight(step: Int) -> Float {
    Float(1 / (1 + exp(-Double(rate) * Double(step - middle))))
  }
}

/// The first epochs, in which a deep network may need a smaller learning rate.
public struct WarmUp: Hashable, Sendable {
  /// How many they are.
  public var epochs: Int
  /// What their learning rate is multiplied by.
  public var factor: Float

  /// Creates a warm-up.
  public init(epochs: Int, factor: Float) {
    self.epochs = epochs
    self.factor = factor
  }
}

/// How the learning rate changes from epoch to epoch.
public enum LearningRateSchedule: Hashable, Sendable {
  /// It stays.
  case constant
  /// It is multiplied by `factor` after each epoch.
  case exponential(factor: Float)
  /// It is multiplied by `factor` after each of the epochs in `after`.
  case steps(after: [Int], factor: Float)
  /// It is multiplied by `factor` after each epoch from the third on in which the perplexity of the validation part
  /// fell by less than `least` (Kim et al. 2015).
  case validation(factor: Float, least: Float)

  /// The product of all changes before an epoch, counted from 1.
  public func factor(epoch: Int) -> Float {
    switch self {
    case .constant: 1
    case .exponential(let factor): power(factor, epoch - 1)
    case .steps(let after, let factor): power(factor, after.filter { $0 < epoch }.count)
    case .validation: 1
    }
  }

  /// What the rate is multiplied by after an epoch with such a loss of the validation part, by that of the epoch before.
  func factor(afterEpoch epoch: Int, loss: Double, before: Double?) -> Float {
    guard case .validation(let factor, let least) = self, epoch > 2, let before else { return 1 }
    return perplexity(before) - perplexity(loss) < Double(least) ? factor : 1
  }

  /// Whether it depends on the validation part.
  public var needsValidation: Bool { if case .validation = self { true } else { false } }

  private func power(_ base: Float, _ exponent: Int) -> Float {
    var result = 1.0
    for _ in 0..<max(0, exponent) { result *= Double(base) }
    return Float(result)
  }
}

/// The perplexity of a loss in nats: e to its power.
package func perplexity(_ loss: Double) -> Double { exp(loss) }
