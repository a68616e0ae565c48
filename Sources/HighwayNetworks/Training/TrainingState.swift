/// What an exact resume of a training run needs: state.safetensors.
public struct TrainingState: Hashable, Sendable {
  /// The number of whole epochs that are done.
  public var epoch: Int
  /// The number of steps taken since the initialization.
  public var step: Int
  /// The parameters; `[layout.count]`.
  public var parameters: [Float]
  /// What the optimizer keeps of each parameter, an array after the other; `[moments, layout.count]`.
  public var moments: [Float]
  /// The random generator's state; four words.
  public var random: [UInt64]
  /// What the learning rate is multiplied by since the validation part asked for it.
  public var rateFactor: Float = 1
  /// The loss of the validation part after the last epoch, where there was one.
  public var validationLoss: Double?

  /// Creates a state.
  ///
  /// - Precondition: There are as many moments for each parameter and `random` has four words.
  public init(
    epoch: Int, step: Int, parameters: [Float], moments: [Float], random: [UInt64]
  ) {
    precondition(
      parameters.isEmpty ? moments.isEmpty : moments.count.isMultiple(of: parameters.count),
      "as many moments for each parameter")
    precondition(random.count == 4, "the random state has four words")
    self.epoch = epoch
    self.step = step
    self.parameters = parameters
    self.moments = moments
    self.random = random
  }
}
