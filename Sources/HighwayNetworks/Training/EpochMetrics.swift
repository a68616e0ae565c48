/// What is recorded about one epoch: a line of metrics.jsonl.
public struct EpochMetrics: Hashable, Sendable {
  /// The greatest epoch that is read; a hostile number cannot overflow what is computed from it.
  public static let maximumEpoch = 999_999_999

  /// The epoch, from 0, which is the initialization.
  public var epoch: Int
  /// The number of steps taken since the initialization.
  public var step: Int
  /// The learning rate of the epoch; 0 for epoch 0.
  public var learningRate: Double
  /// The mean loss over the training examples as they were met, in nats.
  public var trainLoss: Double
  /// The fraction of training examples classified rightly as they were met.
  public var trainAccuracy: Double
  /// The mean loss over the test examples after the epoch, in nats.
  public var testLoss: Double
  /// The fraction of test examples classified rightly after the epoch.
  public var testAccuracy: Double
  /// The mean loss over the validation part after the epoch, in nats; nil where there is none.
  public var validationLoss: Double?
  /// What is recorded about the codes of test examples; nil where the network has none.
  public var code: CodeMetrics?
  /// How long the epoch took, in seconds.
  public var seconds: Double
  /// How many of them the first rank exchanged gradients and parameters with others, or waited for them; nil where
  /// there was one rank.
  public var exchangeSeconds: Double?

  /// Creates a record.
  public init(
    epoch: Int, step: Int, learningRate: Double, trainLoss: Double, trainAccuracy: Double,
    testLoss: Double, testAccuracy: Double, validationLoss: Double? = nil, code: CodeMetrics? = nil,
    seconds: Double, exchangeSeconds: Double? = nil
  ) {
    self.epoch = epoch
    self.step = step
    self.learningRate = learningRate
    self.trainLoss = trainLoss
    self.trainAccuracy = trainAccuracy
    self.testLoss = testLoss
    self.testAccuracy = testAccuracy
    self.validationLoss = validationLoss
    self.code = code
    self.seconds = seconds
    self.exchangeSeconds = exchangeSeconds
  }
}

/// What is recorded about the codes of a variational autoencoder after an epoch, over the test examples at the means of
/// their codes.
public struct CodeMetrics: Hashable, Sendable {
  /// The mean over examples of the loss of all their steps, in nats.
  public var nll: Double
  /// The mean over examples of the divergence of their codes from a standard normal one, in nats.
  public var kl: Double
  /// What the divergence counts in the loss at the end of the epoch.
  public var klWeight: Double
  /// The number of units whose mean differs from example to example.
  public var activeUnits: Int

  /// Creates a record.
  public init(nll: Double, kl: Double, klWeight: Double, activeUnits: Int) {
    self.nll = nll
    self.kl = kl
    self.klWeight = klWeight
    self.activeUnits = activeUnits
  }
}
