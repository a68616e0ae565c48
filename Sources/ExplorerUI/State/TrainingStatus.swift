/// How long to train.
package enum TrainingLength: Hashable, Sendable {
  /// To the end of one epoch.
  case oneEpoch
  /// Epoch after epoch, until it is paused.
  case continuous
  /// Up to the end of an epoch, unless it is paused.
  case upTo(Int)
}

/// How far the epoch in training has come.
package struct TrainingProgress: Hashable, Sendable {
  /// The epoch, from 1.
  package var epoch: Int
  /// The number of steps done in this epoch.
  package var step: Int
  /// The number of steps of an epoch.
  package var steps: Int
  /// The mean loss so far in this epoch.
  package var loss: Double
  /// The speed.
  package var samplesPerSecond: Double
  /// The time to the end of the epoch, where it can be told.
  package var secondsLeft: Double?

  /// Describes progress.
  package init(
    epoch: Int, step: Int, steps: Int, loss: Double, samplesPerSecond: Double,
    secondsLeft: Double? = nil
  ) {
    self.epoch = epoch
    self.step = step
    self.steps = steps
    self.loss = loss
    self.samplesPerSecond = samplesPerSecond
    self.secondsLeft = secondsLeft
  }

  /// The part of the epoch that is done, in [0, 1].
  package var fraction: Double {
    steps > 0 ? min(max(0, Double(step) / Double(steps)), 1) : 0
  }
}

/// What training does at the moment.
package struct TrainingStatus: Sendable {
  /// Whether it runs.
  package enum Phase: Hashable, Sendable {
    /// Nothing is trained.
    case idle
    /// It runs.
    case running(TrainingLength)
    /// It was asked to stop and finishes its step.
    case pausing
  }

  /// Whether it runs.
  package var phase = Phase.idle
  /// The epoch that a new network is to be trained up to.
  package var goal: Int?
  /// How far the epoch has come; also while it is paused in its middle.
  package var progress: TrainingProgress?
  /// What the network did when it was last looked at in training.
  package var picture: LivePicture?
  /// What is looked at while it is trained.
  package var watched: [Question] = []

  /// Creates the state before any training.
  package init() {}

  /// Whether it runs or finishes its step.
  package var isActive: Bool { phase != .idle }
}

/// Why training came to a stand.
package enum TrainingStop: Hashable, Sendable {
  /// The epochs asked for are done.
  case finished
  /// It was asked to pause; an epoch may stand in its middle.
  case paused
  /// It cannot go on, and why.
  case failed(String)
}
