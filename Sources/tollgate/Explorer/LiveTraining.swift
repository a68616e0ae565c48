import ExplorerUI
import HighwayNetworks
import Synchronization
import TensorFiles

/// Trains the open model on, behind the screen.
///
/// The trainer is only touched by the worker.
final class LiveTraining: @unchecked Sendable {
  /// How often the screen hears of progress.
  private static let interval = Duration.milliseconds(500)

  private let worker = SerialWorker()
  private let isPaused = Atomic(false)
  /// How often epochs are being, or are about to be, written to a run.
  private let writings = Atomic(0)
  private let session: Session
  private let mailbox: Mailbox
  private let live: LivePictures
  private var trainer: Trainer?
  private var branch = 0
  /// What trained before training began anew from an earlier epoch, until an epoch comes of that.
  private var past: (branch: Int, trainer: Trainer?)?
  private let clock = ContinuousClock()
  /// When the screen last heard of progress; an epoch may well be shorter than the interval.
  private var told: ContinuousClock.Instant

  init(_ session: Session, _ mailbox: Mailbox, _ live: LivePictures) {
    self.session = session
    self.mailbox = mailbox
    self.live = live
    told = clock.now
  }

  /// Trains from an epoch on; answers as ``Effect/trainEpochs(_:from:branch:)`` says.
  func train(_ length: TrainingLength, from start: EpochID, branch: Int) {
    isPaused.store(false, ordering: .relaxed)
    worker.perform { [self] in
      if branch != self.branch {
        if past == nil { past = (self.branch, trainer) }
        self.branch = branch
        trainer = nil
      }
      let stop = run(length, from: start)
      mailbox.post(.trainingStopped(stop))
    }
  }

  /// Asks training to stop after its step.
  func pause() { isPaused.store(true, ordering: .relaxed) }

  /// Whether epochs are being written to a run.
  var isKeeping: Bool { writings.load(ordering: .relaxed) > 0 }

  /// Writes the trained epochs to a run; answers as ``Effect/keepRun(path:confirmed:)`` says.
  func keep(_ path: String, confirmed: Bool) {
    writings.add(1, ordering: .relaxed)
    worker.perform { [self] in
      defer { writings.subtract(1, ordering: .relaxed) }
      mailbox.post(
        RunKeeper(session: session, state: trainer?.state).keep(path, confirmed: confirmed))
    }
  }

  /// Returns when nothing runs any more; the program is about to leave.
  func finish() {
    pause()
    worker.finish()
  }

  /// Leaves the epochs that nobody has kept for the next start; the program is ended from outside.
  ///
  /// - Returns: What to say about it, if anything.
  func leaveUnsaved() -> String? {
    finish()
    do {
      guard let left = try session.leaveUnsaved(trainer?.state) else { return nil }
      return
        "\(left.epochs) trained epoch\(left.epochs == 1 ? " was" : "s were") not saved: left in "
        + "\(left.path.printablePath); the next start asks about them"
    } catch {
      return "trained epochs are lost: \(Failure(error).line)"
    }
  }

  private func run(_ length: TrainingLength, from start: EpochID) -> TrainingStop {
    do {
      let trainer = try trainer ?? makeTrainer(from: start)
      self.trainer = trainer
      repeat {
        guard let metrics = try epoch(trainer) else { return .paused }
        session.finish(trainer.network.parameters, metrics)
        past = nil
        mailbox.post(.epochTrained(metrics))
        if let path = try session.makeRoom() {
          let words =
            "memory has no room for more epochs: the oldest go to \(path) until w saves them"
          mailbox.post(.noticed(Message(.warning, words)))
        }
      } while goesOn(length, after: trainer.epoch) && !isPaused.load(ordering: .relaxed)
      return goesOn(length, after: trainer.epoch) ? .paused : .finished
    } catch {
      if let past {
        session.putBranchBack()
        (branch, trainer, self.past) = (past.branch, past.trainer, nil)
      }
      return .failed(Failure(error).line)
    }
  }

  private func goesOn(_ length: TrainingLength, after epoch: Int) -> Bool {
    switch length {
    case .oneEpoch: false
    case .continuous: true
    case .upTo(let last): epoch < last
    }
  }

  private func epoch(_ trainer: Trainer) throws -> EpochMetrics? {
    let start = clock.now
    var before: Int?
    return try trainer.trainEpoch { progress, parameters in
      let now = clock.now
      let first = before ?? progress.examples
      before = first
      let pauses = isPaused.load(ordering: .relaxed)
      let looks = !pauses && live.isDue
      if pauses || looks || now - told >= Self.interval {
        told = now
        let network = Network(session.model.architecture, parameters: parameters())
        session.remember(network.parameters, epoch: progress.epoch, step: progress.step)
        let rate = Double(progress.examples - first) / ((now - start) / .seconds(1))
        let left = Double(progress.steps - progress.step) * Double(progress.examples)
        mailbox.post(
          .trainingProgressed(
            ExplorerUI.TrainingProgress(
              epoch: progress.epoch, step: progress.step, steps: progress.steps,
              loss: progress.loss, samplesPerSecond: rate,
              secondsLeft: rate > 0 ? left / Double(progress.step) / rate : nil)))
        if looks { live.look(at: network, epoch: progress.epoch) }
      }
      return !pauses
    }
  }

  /// A trainer that goes on from an epoch: exactly as the run did from its last epoch, if it has a state,
  /// and from its initialization; else with moments of zero and an order of its own.
  private func makeTrainer(from start: EpochID) throws -> Trainer {
    guard let data = session.data, data.set.train.count > 0 else {
      throw Failure(session.dataProblem ?? "there are no training images here")
    }
    let model = session.model
    let epoch = start.number
    let network = try session.network(start)
    session.beginBranch(branch, after: epoch)
    let hyperparameters = model.description?.hyperparameters ?? Hyperparameters()
    let kept = network.parameters.count * hyperparameters.optimizer.momentCount
    var random = RandomSource(seed: hyperparameters.seed)
    let initial = Network(model.architecture, random: &random)
    var state = try model.run?.state()
    if state?.epoch != epoch || start != .recorded(epoch) {
      if initial.parameters != network.parameters {
        random = RandomSource(seed: hyperparameters.seed &+ UInt64(epoch))
        let moments = kept > 0 ? "momentum starts at 0, and " : ""
        let words =
          "epoch \(epoch) has no training state: \(moments)samples come in a new order"
        mailbox.post(.noticed(Message(.warning, words)))
      }
      state = TrainingState(
        epoch: epoch, step: model.metrics.last { $0.epoch == epoch }?.step ?? 0,
        parameters: network.parameters,
        moments: [Float](repeating: 0, count: kept), random: random.state)
    }
    return try Trainer(
      network, data: data.set, normalization: data.normalization,
      hyperparameters: hyperparameters, random: random, state: state)
  }
}
