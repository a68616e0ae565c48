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
      What is done to pixels/255: standard, mean 0 and deviation 1 over the training images; none; \
      or MEAN,STD. Of images in colour, each channel has its own mean and deviation.
      """, valueName: "normalization"))
  var normalization: String?

  /// What is done to pixels where nothing else is asked for.
  static let standardNormalization = "standard"

  var chosenNormalization: String { normalization ?? Self.standardNormalization }

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

  func normalization(for set: DataSet) throws -> Normalization {
    switch chosenNormalization {
    case "standard": return .standard(of: set.train, shape: set.shape)
    case "none": return Normalization()
    case let normalization:
      let numbers = normalization.split(separator: ",", omittingEmptySubsequences: false)
        .map { Float($0) }
      guard numbers.count == 2, let mean = numbers[0], let std = numbers[1],
        mean.isFinite, std.isFinite, Normalization.isDeviation(std)
      else {
        throw Failure.usage(
          "--normalization: expected standard, none or MEAN,STD with a positive STD whose reciprocal is "
            + "finite, found \(normalization.excerpt)")
      }
      return Normalization(mean: [mean], std: [std])
    }
  }
}
