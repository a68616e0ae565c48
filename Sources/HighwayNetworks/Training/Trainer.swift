private import Synchronization

/// Where training stands within an epoch.
public struct TrainingProgress: Sendable {
  /// The epoch being trained, from 1.
  public let epoch: Int
  /// The number of steps taken in this epoch.
  public let step: Int
  /// The number of steps of the epoch.
  public let steps: Int
  /// The number of examples seen in this epoch.
  public let examples: Int
  /// The mean loss over those examples, in nats.
  public let loss: Double
  /// The fraction of those examples that was classified rightly.
  public let accuracy: Double
}

/// What ended training before its time.
public enum TrainingError: Error, Hashable, Sendable {
  /// The loss of a step was infinite or not a number; the parameters are those of the last full epoch.
  case lossNotFinite(epoch: Int, step: Int, learningRate: Float)
}

/// Trains a network by mini-batches, an epoch at a time.
///
/// The order of the examples is drawn anew for each epoch. With the same seed the results are the same
/// to the last bit, for any number of threads and of ranks. A trainer is used by one thread at a time.
public final class Trainer {
  /// What the training is set to.
  public let hyperparameters: Hyperparameters
  /// The number of full epochs.
  public private(set) var epoch: Int
  /// The number of steps since the initialization.
  public private(set) var step: Int

  private let architecture: Architecture
  private let stack: LayerStack
  private let train: Samples
  private let test: Samples
  private let validation: Samples?
  private let threads: Int
  private let parameters: FloatBuffer
  /// What the optimizer keeps of each parameter.
  private let moments: FloatBuffer
  private let shards: [Shard]
  private let descent: Descent
  private let division: RankDivision
  private var random: RandomSource
  /// What an interrupted epoch needs to go on.
  private var partial: PartialEpoch?
  /// Where the last full epoch ended.
  private var good: TrainingState

  /// Starts from a network as epoch 0, or continues from a stored state.
  ///
  /// - Throws: ``SamplesError`` where the network cannot have such images, or has no output, or there is
  ///   nothing labelled to train on.
  /// - Precondition: The state's arrays have the network's number of parameters.
  public init(
    _ network: Network, data: DataSet, normalization: Normalization,
    hyperparameters: Hyperparameters, random: RandomSource, state: TrainingState? = nil,
    threads: Int = processorCount(), ranks: Ranks = .alone
  ) throws(SamplesError) {
    precondition(hyperparameters.batchSize > 0, "a batch has an example")
    guard network.architecture.classes != nil else { throw .noOutput(data: data.name) }
    guard data.train.count > 0 else { throw .nothingToTrainOn(data: data.name) }
    guard data.train.labels != nil, data.test.labels != nil else {
      throw .noLabels(data: data.name)
    }
    train = try Samples(
      data.train, of: data, for: network.architecture, normalization: normalization)
    test = try Samples(
      data.test, of: data, for: network.architecture, normalization: normalization)
    validation =
      data.validation.count > 0
      ? try Samples(
        data.validation, of: data, for: network.architecture, normalization: normalization) : nil
    guard validation != nil || !hyperparameters.schedule.needsValidation else {
      throw .nothingToValidateOn(data: data.name)
    }
    let network = network.fitted(to: data.shape)
    architecture = network.architecture
    self.hyperparameters = hyperparameters
    self.threads = max(1, min(threads, Shards.limit))
    stack = LayerStack(network.architecture)
    let kept = stack.parameterCount * hyperparameters.optimizer.momentCount
    let good =
      state
      ?? TrainingState(
        epoch: 0, step: 0, parameters: network.parameters,
        moments: [Float](repeating: 0, count: kept), random: random.state)
    precondition(good.moments.count == kept, "moments as the optimizer keeps them")
    self.good = good
    epoch = good.epoch
    step = good.step
    self.random = RandomSource(state: good.random) ?? random
    parameters = FloatBuffer(good.parameters)
    moments = FloatBuffer(good.moments)
    let batch = min(hyperparameters.batchSize, data.train.count)
    let shardCount = Shards.count(batch: batch, ofSequences: data.shape.isSequence)
    let stack = stack
    let values = parameters.all
    shards = (0..<shardCount).map { shard in
      Shard(stack, values, capacity: Shards.range(shard, of: shardCount, batch: batch).count)
    }
    descent = Descent(ParameterLayout(architecture), hyperparameters)
    division = RankDivision(
      ranks, shards: shardCount, parameters: stack.parameterCount,
      parts: hyperparameters.clipNorm == nil ? [] : descent.parts)
  }

  /// The network as it stands.
  public var network: Network { Network(architecture, parameters: parameters.all.array) }

  /// Where the last full epoch ended: what ``init(_:data:normalization:hyperparameters:random:state:threads:ranks:)``
  /// continues from.
  public var state: TrainingState { good }

  /// Trains to the end of the current epoch.
  ///
  /// - Parameters:
  ///   - progress: Is called after each step, with a function that copies the parameters; training stops
  ///     after the next step where it returns false, and the next call goes on from there.
  ///   - evaluation: Is called now and then while the test examples are gone through after the last step, with
  ///     the fraction that is done; where it returns false, the next call begins with them.
  /// - Returns: What is recorded about the epoch, or nil where it was interrupted.
  /// - Throws: ``TrainingError`` where a loss is not finite.
  public func trainEpoch(
    progress: (TrainingProgress, _ parameters: () -> [Float]) -> Bool = { _, _ in true },
    evaluation: Inference.Continues = { _ in true }
  ) throws(TrainingError) -> EpochMetrics? {
    let clock = ContinuousClock()
    let start = clock.now
    let exchangedBefore = ranks.exchangeTime
    var current = partial ?? PartialEpoch(order: newOrder())
    partial = nil
    let rate = hyperparameters.learningRate(epoch: epoch + 1) * good.rateFactor
    let outcome = run(&current, learningRate: rate, progress: progress)
    current.duration += start.duration(to: clock.now)
    current.exchange += ranks.exchangeTime - exchangedBefore
    switch outcome {
    case .interrupted:
      partial = current
      return nil
    case .notFinite:
      let failed = current.step + 1
      restore()
      throw .lossNotFinite(epoch: epoch + 1, step: failed, learningRate: rate)
    case .finished: break
    }
    for moment in 0..<hyperparameters.optimizer.momentCount where ranks.count > 1 {
      let start = moment * parameters.count
      ranks.gather(moments[start..<start + parameters.count], division.slices)
    }
    // The last step's parameters have not been through the network yet.
    guard parameters.all.array.allSatisfy(\.isFinite), moments.all.array.allSatisfy(\.isFinite)
    else {
      restore()
      throw .lossNotFinite(epoch: epoch + 1, step: current.step, learningRate: rate)
    }
    guard let ofTest = outcomes(of: test, continues: evaluation) else {
      partial = current
      return nil
    }
    var code: CodeMetrics?
    if stack.latent != nil {
      guard let found = self.code(of: ofTest, step: step + current.step, continues: evaluation)
      else {
        partial = current
        return nil
      }
      code = found
    }
    var validationLoss: Double?
    if let validation {
      guard let found = outcomes(of: validation, continues: evaluation) else {
        partial = current
        return nil
      }
      validationLoss = found.loss
    }
    epoch += 1
    step += current.step
    var state = TrainingState(
      epoch: epoch, step: step, parameters: parameters.all.array, moments: moments.all.array,
      random: random.state)
    state.rateFactor = good.rateFactor
    if let validationLoss {
      state.rateFactor *= hyperparameters.schedule.factor(
        afterEpoch: epoch, loss: validationLoss, before: good.validationLoss)
    }
    state.validationLoss = validationLoss
    good = state
    return EpochMetrics(
      epoch: epoch, step: step, learningRate: Double(rate),
      trainLoss: current.loss / Double(max(1, current.targets)),
      trainAccuracy: Double(current.right) / Double(max(1, current.targets)),
      testLoss: ofTest.loss, testAccuracy: ofTest.accuracy,
      validationLoss: validationLoss, code: code, seconds: current.duration / .seconds(1),
      exchangeSeconds: ranks.count > 1 ? current.exchange / .seconds(1) : nil)
  }

  /// What is recorded about the network as it stands, without training: epoch 0.
  public func evaluate() -> EpochMetrics {
    let ofTrain = outcomes(of: train) { _ in true } ?? .none
    let ofTest = outcomes(of: test) { _ in true } ?? .none
    return EpochMetrics(
      epoch: epoch, step: step, learningRate: 0, trainLoss: ofTrain.loss,
      trainAccuracy: ofTrain.accuracy, testLoss: ofTest.loss, testAccuracy: ofTest.accuracy,
      validationLoss: validation.flatMap { outcomes(of: $0) { _ in true }?.loss },
      code: code(of: ofTest, step: step) { _ in true }, seconds: 0)
  }

  /// What is recorded about the codes of test examples, by their outcomes; nil where there is no code or
  /// `continues` ended the pass.
  private func code(
    of outcomes: Outcomes, step: Int, continues: Inference.Continues
  ) -> CodeMetrics? {
    guard stack.latent != nil else { return nil }
    guard test.count > 0 else {
      return CodeMetrics(
        nll: .nan, kl: .nan, klWeight: Double(hyperparameters.klWeight(step: step)), activeUnits: 0)
    }
    guard let codes = inference.codes(of: test, threads: threads, continues: continues)
    else { return nil }
    return CodeMetrics(
      nll: outcomes.loss * Double(outcomes.losses.count) / Double(test.count), kl: codes.kl,
      klWeight: Double(hyperparameters.klWeight(step: step)), activeUnits: codes.activeUnits)
  }

  private var ranks: Ranks { division.ranks }

  private var inference: Inference { Inference(network, ranks: ranks) }

  /// How well the network does as it stands; nil where `continues` ended the pass.
  private func outcomes(of samples: Samples, continues: Inference.Continues) -> Outcomes? {
    guard samples.count > 0 else { return Outcomes.none }
    return inference.outcomes(of: samples, threads: threads, continues: continues)
  }

  /// The order in which an epoch meets the examples: a new one at random, or that of a text's streams.
  private func newOrder() -> [Int] {
    stack.carriesState
      ? Streams(segments: train.count, atMost: hyperparameters.batchSize).trainingOrder
      : random.permutation(train.count)
  }

  private func restore() {
    parameters.all.assign(good.parameters)
    moments.all.assign(good.moments)
    random = RandomSource(state: good.random) ?? random
  }

  private enum Outcome {
    case finished
    case interrupted
    case notFinite
  }

  /// Takes steps until the epoch ends, `progress` returns false or a loss is not finite.
  private func run(
    _ epoch: inout PartialEpoch, learningRate: Float,
    progress: (TrainingProgress, () -> [Float]) -> Bool
  ) -> Outcome {
    let order = epoch.order
    let examples = order.count
    let size = min(hyperparameters.batchSize, train.count)
    let steps = (examples + size - 1) / size
    let firstStep = epoch.step
    let stepsBefore = self.step
    let job = TrainingJob(
      reader: BatchReader(train, for: stack, augmentation: hyperparameters.augmentation),
      shards: shards, division: division, descent: descent, parameters: parameters.all,
      moments: moments.all, hyperparameters: hyperparameters, learningRate: learningRate)
    let results = Mutex(epoch)
    let stopped = Atomic(false)
    let notFinite = Atomic(false)
    let number = self.epoch + 1
    withoutActuallyEscaping(progress) { progress in
      let progress = CallersOwn(progress)
      inParallel(threads) { thread, team in
        for step in firstStep..<steps {
          let batch = order[step * size..<min((step + 1) * size, examples)]
          job.computeGradients(
            batch, step: stepsBefore + step + 1, continuing: step > 0, thread: thread, team: team)
          team.wait()
          if job.isShared {
            if thread == 0 {
              let isStopping = stopped.load(ordering: .relaxed)
              stopped.store(job.exchangeGradients(isStopping: isStopping), ordering: .relaxed)
            }
            team.wait()
          }
          if job.measureGradient(thread: thread, team: team) {
            team.wait()
            if job.isShared {
              if thread == 0 { job.exchangeSquares() }
              team.wait()
            }
          }
          // Every thread adds the same losses in the same order and so comes to the same decision.
          let (loss, right) = job.result()
          if stopped.load(ordering: .relaxed) { return }
          guard loss.isFinite else {
            notFinite.store(true, ordering: .relaxed)
            return
          }
          job.descend(step: stepsBefore + step + 1, thread: thread, team: team)
          team.wait()
          if job.isShared {
            if thread == 0 { job.exchangeParameters() }
            team.wait()
          }
          guard thread == 0 else { continue }
          // The others go on with the next step's gradients, which do not change the parameters.
          let report = results.withLock { epoch in
            epoch.step = step + 1
            epoch.loss += loss
            epoch.right += right
            epoch.targets += job.reader.targets(of: batch)
            let seen = min((step + 1) * size, examples)
            return TrainingProgress(
              epoch: number, step: step + 1, steps: steps, examples: seen,
              loss: epoch.loss / Double(max(1, epoch.targets)),
              accuracy: Double(epoch.right) / Double(max(1, epoch.targets)))
          }
          if !progress.value(report, { job.parameters.array }) && step + 1 < steps {
            stopped.store(true, ordering: .relaxed)
          }
        }
      }
    }
    epoch = results.withLock { $0 }
    if notFinite.load(ordering: .relaxed) { return .notFinite }
    return epoch.step < steps ? .interrupted : .finished
  }
}

/// An epoch that may have been interrupted.
private struct PartialEpoch: Sendable {
  let order: [Int]
  var step = 0
  /// The sum over the targets seen.
  var loss = 0.0
  var targets = 0
  var right = 0
  var duration = Duration.zero
  /// How much of it went by with exchange between ranks.
  var exchange = Duration.zero

  init(order: [Int]) { self.order = order }
}
