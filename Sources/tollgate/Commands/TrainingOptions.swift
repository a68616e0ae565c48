import ArgumentParser
import HighwayNetworks

/// How networks are trained, apart from the learning rate and the seed, which an experiment varies.
struct TrainingOptions: ParsableArguments {
  @Option(help: "The number of examples of a mini-batch.")
  var batchSize = 100

  @Option(
    help: ArgumentHelp(
      """
      constant; exponential=F, the rate times F after each epoch; or steps=F@E,E…, times F after \
      each of those epochs.
      """, valueName: "schedule"))
  var schedule = "constant"

  @Option(help: "The momentum, in [0, 1).")
  var momentum: Float = 0.9

  @Flag(help: "Use Nesterov's momentum.")
  var nesterov = false

  @Option(help: "The weight decay.")
  var weightDecay: Float = 0

  @Option(
    help: ArgumentHelp(
      """
      What is done to pixels/255: standard, mean 0 and deviation 1 over the training images; none; \
      or MEAN,STD.
      """, valueName: "normalization"))
  var normalization = "standard"

  func hyperparameters(learningRate: Float, seed: UInt64) throws -> Hyperparameters {
    guard (1...1_000_000).contains(batchSize) else {
      throw Failure.usage("--batch-size: expected 1 to 1000000, found \(batchSize)")
    }
    guard learningRate.isFinite && learningRate > 0 else {
      throw Failure.usage("--learning-rate: expected a positive number, found \(learningRate)")
    }
    guard (0..<1).contains(momentum) else {
      throw Failure.usage("--momentum: expected 0 or more and less than 1, found \(momentum)")
    }
    guard weightDecay.isFinite && weightDecay >= 0 else {
      throw Failure.usage("--weight-decay: expected 0 or more, found \(weightDecay)")
    }
    return Hyperparameters(
      batchSize: batchSize, learningRate: learningRate, schedule: try parsedSchedule(),
      momentum: momentum, nesterov: nesterov, weightDecay: weightDecay, seed: seed)
  }

  func normalization(for set: DataSet) throws -> Normalization {
    switch normalization {
    case "standard": return .standard(of: set.train, shape: set.shape)
    case "none": return Normalization()
    default:
      let numbers = normalization.split(separator: ",", omittingEmptySubsequences: false)
        .map { Float($0) }
      guard numbers.count == 2, let mean = numbers[0], let std = numbers[1],
        mean.isFinite, std.isFinite, std != 0
      else {
        throw Failure.usage(
          "--normalization: expected standard, none or MEAN,STD, found \(normalization.excerpt)")
      }
      return Normalization(mean: [mean], std: [std])
    }
  }

  private func parsedSchedule() throws -> LearningRateSchedule {
    let parts = schedule.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    switch (parts[0], parts.count) {
    case ("constant", 1): return .constant
    case ("exponential", 2):
      if let factor = factor(parts[1]) { return .exponential(factor: factor) }
    case ("steps", 2):
      let halves = parts[1].split(separator: "@", omittingEmptySubsequences: false)
      let epochs = halves.last.map { $0.split(separator: ",").map { Int($0) } } ?? []
      if halves.count == 2, let factor = factor(halves[0]), !epochs.isEmpty,
        epochs.allSatisfy({ ($0 ?? 0) > 0 })
      {
        return .steps(after: epochs.compactMap { $0 }, factor: factor)
      }
    default: break
    }
    throw Failure.usage(
      "--schedule: expected constant, exponential=F or steps=F@E,E…, found \(schedule.excerpt)")
  }

  private func factor(_ text: Substring) -> Float? {
    Float(text).flatMap { $0.isFinite && $0 > 0 ? $0 : nil }
  }
}
