import ArgumentParser
import HighwayNetworks
import TensorFiles

/// How networks are trained, apart from the learning rate and the seed, which an experiment varies.
struct TrainingOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: """
      The number of examples of a mini-batch. (default: \(Hyperparameters.standard.batchSize))
      """)
  var batchSize: Int?

  @Option(
    help: ArgumentHelp(
      """
      constant; exponential=F, the rate times F after each epoch; or steps=F@E,E…, times F after \
      each of those epochs. (default: \(Hyperparameters.standard.schedule.argument))
      """, valueName: "schedule"))
  var schedule: String?

  @Option(
    parsing: .unconditional,
    help: "The momentum, in [0, 1). (default: \(Hyperparameters.standard.momentum))")
  var momentum: Float?

  @Flag(help: "Use Nesterov's momentum.")
  var nesterov = false

  @Option(
    parsing: .unconditional,
    help: "The weight decay. (default: \(Hyperparameters.standard.weightDecay))")
  var weightDecay: Float?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      What is done to pixels/255: standard, mean 0 and deviation 1 over the training images in each \
      channel; per-pixel, a mean for each pixel and one deviation; contrast and contrast-per-pixel, \
      the same after each image has mean 0 and deviation 1 of its own; none; or MEAN,STD. A preset \
      has its own. (default: \(NormalizationChoice.standard.rawValue))
      """, valueName: "normalization"))
  var normalization: String?

  /// What is asked for, and otherwise what a recipe says.
  func hyperparameters(
    _ recipe: Hyperparameters = .standard, learningRate: Float, seed: UInt64
  ) throws -> Hyperparameters {
    var settings = recipe
    settings.batchSize = try Setting.batchSize.checked(batchSize ?? recipe.batchSize)
    settings.learningRate = try Setting.learningRate.checked(learningRate)
    if let schedule { settings.schedule = try Setting.schedule.read(schedule) }
    settings.momentum = try Setting.momentum.checked(momentum ?? recipe.momentum)
    settings.nesterov = nesterov || recipe.nesterov
    settings.weightDecay = try Setting.weightDecay.checked(weightDecay ?? recipe.weightDecay)
    settings.seed = seed
    return settings
  }

  /// What is asked for, and otherwise what a recipe says.
  func normalization(
    for set: DataSet, recipe: NormalizationChoice = .standard
  ) throws -> Normalization {
    guard let normalization else { return recipe.normalization(of: set) }
    let choice = NormalizationChoice(rawValue: normalization)
    guard !set.isTakenAsItIs || choice == NormalizationChoice.none || choice == .standard else {
      throw Failure.usage(
        "--normalization: the numbers of \(set.name.excerpt) are taken as they are; leave it out")
    }
    if let choice {
      guard set.train.vectors == nil || [.none, .standard].contains(choice) else {
        throw Failure.usage(
          "--normalization: \(normalization) is for images; the data set has \(set.shape)")
      }
      return choice.normalization(of: set)
    }
    guard let numbers = Normalization(argument: normalization) else {
      let names = NormalizationChoice.allCases.map(\.rawValue).joined(separator: ", ")
      throw Failure.usage(
        "--normalization: expected \(names), or MEAN,STD with a positive STD whose reciprocal is "
          + "finite, found \(normalization.excerpt)")
    }
    return numbers
  }
}
