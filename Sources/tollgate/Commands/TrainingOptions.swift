import ArgumentParser
import HighwayNetworks
import TensorFiles

/// How networks are trained, apart from the learning rate and the seed, which an experiment varies.
struct TrainingOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: "The number of examples of a mini-batch.")
  var batchSize = Hyperparameters.standard.batchSize

  @Option(
    help: ArgumentHelp(
      """
      constant; exponential=F, the rate times F after each epoch; or steps=F@E,E…, times F after \
      each of those epochs.
      """, valueName: "schedule"))
  var schedule = Hyperparameters.standard.schedule.argument

  @Option(parsing: .unconditional, help: "The momentum, in [0, 1).")
  var momentum = Hyperparameters.standard.momentum

  @Flag(help: "Use Nesterov's momentum.")
  var nesterov = false

  @Option(parsing: .unconditional, help: "The weight decay.")
  var weightDecay = Hyperparameters.standard.weightDecay

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      What is done to pixels/255: standard, mean 0 and deviation 1 over the training images; none; \
      or MEAN,STD.
      """, valueName: "normalization"))
  var normalization = "standard"

  func hyperparameters(learningRate: Float, seed: UInt64) throws -> Hyperparameters {
    Hyperparameters(
      batchSize: try Setting.batchSize.checked(batchSize),
      learningRate: try Setting.learningRate.checked(learningRate),
      schedule: try Setting.schedule.read(schedule),
      momentum: try Setting.momentum.checked(momentum), nesterov: nesterov,
      weightDecay: try Setting.weightDecay.checked(weightDecay), seed: seed)
  }

  func normalization(for set: DataSet) throws -> Normalization {
    switch normalization {
    case "standard": return .standard(of: set.train, shape: set.shape)
    case "none": return Normalization()
    default:
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
