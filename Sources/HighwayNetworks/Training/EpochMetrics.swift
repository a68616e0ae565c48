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
  /// How long the epoch took, in seconds.
  public var seconds: Double

  /// Creates a record.
  public init(
    epoch: Int, step: Int, learningRate: Double, trainLoss: Double, trainAccuracy: Double,
    testLoss: Double, testAccuracy: Double, validationLoss: Double? = nil, seconds: Double
  ) {
    self.epoch = epoch
    self.step = step
    self.learningRate = learningRate
    self.trainLoss = trainLoss
    self.trainAccuracy = trainAccuracy
    self.testLoss = testLoss
    self.testAccuracy = testAccuracy
    self.validationLoss = validationLoss
    self.seconds = seconds
  }
}
