import ExplorerUI
import HighwayNetworks
import Synchronization

/// Runs the network over samples behind the screen, the latest request first.
final class BackgroundAnalysis: Sendable {
  /// One thing to compute.
  private enum Request: Sendable {
    case statistics(StatisticsRequest)
    case biases(EpochID)
    case sample(SampleRequest)
    case unit(UnitRequest)
    case verdicts(VerdictsRequest)

    /// Samples and biases take no time and go first.
    var isQuick: Bool {
      switch self {
      case .statistics, .unit, .verdicts: false
      case .biases, .sample: true
      }
    }
  }

  private struct Pending {
    /// The newest last.
    var requests: [Request] = []
    /// Parameters of the epoch in training, to be looked at as it goes; only the newest count.
    var snapshot: (epoch: Int, parameters: [Float])?
    var isWorking = false
    /// What was last asked for; live statistics are taken likewise.
    var latest: StatisticsRequest?
    var isTraining = false
    /// The epoch in training, as far as one was looked at.
    var epochInTraining = 0
    /// Until when live statistics leave the processors to training.
    var restsUntil: ContinuousClock.Instant?
    /// The verdicts that are wanted; work at others ends.
    var verdicts: VerdictsRequest?

    /// Whether a request is to be served now.
    ///
    /// While training runs, an epoch that has been passed by is not worth its time, and the one just trained
    /// is shown as it was seen in training until then.
    func serves(_ request: Request) -> Bool {
      guard isTraining, case .statistics(let request) = request else { return true }
      if case .live(let number, _) = request.epoch, number + 1 >= epochInTraining { return false }
      return request == latest
    }
  }

  /// How many samples are taken for statistics of an epoch in training.
  private static let liveSamples = 400
  /// The part of the time that goes into statistics that follow training; it costs training twice as much
  /// where two threads train and one has to wait for the other.
  private static let liveShare = 0.006

  private let pending = Mutex(Pending())
  private let worker = SerialWorker()
  private let session: Session
  private let mailbox: Mailbox

  init(_ session: Session, _ mailbox: Mailbox) {
    self.session = session
    self.mailbox = mailbox
  }

  /// Answers with `statisticsArrived` or `statisticsFailed`; others that were asked for before are dropped,
  /// also the one at work: nobody looks at their epoch any more.
  func compute(_ request: StatisticsRequest) {
    var dropped: [StatisticsRequest] = []
    add { pending in
      pending.latest = request
      pending.requests.removeAll { other in
        guard case .statistics(let other) = other else { return false }
        dropped.append(other)
        return true
      }
      pending.requests.append(.statistics(request))
    }
    for request in dropped { mailbox.post(.statisticsDropped(request)) }
  }

  /// Answers with `gateBiasesArrived` or `gateBiasesFailed`.
  func readGateBiases(_ epoch: EpochID) { add { $0.requests.append(.biases(epoch)) } }

  /// Answers with `sampleTraced` or `sampleFailed`.
  func trace(_ request: SampleRequest) { add { $0.requests.append(.sample(request)) } }

  /// Answers with `unitHistogramArrived` or `unitHistogramFailed`; those asked for before and not yet
  /// begun are dropped.
  func sort(_ request: UnitRequest) {
    var dropped: [UnitRequest] = []
    add { pending in
      pending.requests.removeAll { other in
        guard case .unit(let other) = other else { return false }
        dropped.append(other)
        return true
      }
      pending.requests.append(.unit(request))
    }
    for request in dropped { mailbox.post(.unitHistogramDropped(request)) }
  }

  /// Answers with `verdictsArrived` or `verdictsFailed`; others that were asked for before are dropped.
  func judge(_ request: VerdictsRequest) {
    var dropped: [VerdictsRequest] = []
    add { pending in
      pending.verdicts = request
      pending.requests.removeAll { other in
        guard case .verdicts(let other) = other else { return false }
        dropped.append(other)
        return true
      }
      pending.requests.append(.verdicts(request))
    }
    for request in dropped { mailbox.post(.verdictsDropped(request)) }
  }

  /// Answers with `liveStatisticsArrived`, unless newer parameters come first or training has been followed
  /// enough.
  func look(at parameters: [Float], epoch: Int) {
    let rests = pending.withLock { pending in
      pending.epochInTraining = epoch
      return pending.restsUntil.map { ContinuousClock.now < $0 } ?? false
    }
    if !rests { add { $0.snapshot = (epoch, parameters) } }
  }

  /// Says whether training runs: of the requests only the newest are then served, the others wait.
  func setTraining(_ isTraining: Bool) { add { $0.isTraining = isTraining } }

  /// Forgets what was asked for; another model is open.
  func stop() {
    pending.withLock { pending in
      pending.requests = []
      pending.snapshot = nil
      pending.verdicts = nil
    }
  }

  private func add(_ change: (inout Pending) -> Void) {
    let starts = pending.withLock { pending in
      change(&pending)
      defer { pending.isWorking = true }
      return !pending.isWorking
    }
    if starts { worker.perform { [self] in work() } }
  }

  private func work() {
    while true {
      enum Next {
        case request(Request)
        case snapshot(epoch: Int, [Float], StatisticsRequest)
        case nothing
      }
      let next: Next = pending.withLock { pending in
        if let index = pending.requests.lastIndex(where: \.isQuick) {
          return .request(pending.requests.remove(at: index))
        }
        if let snapshot = pending.snapshot, let latest = pending.latest {
          pending.snapshot = nil
          return .snapshot(epoch: snapshot.epoch, snapshot.parameters, latest)
        }
        if let request = pending.requests.last, pending.serves(request) {
          pending.requests.removeLast()
          return .request(request)
        }
        pending.isWorking = false
        return .nothing
      }
      switch next {
      case .request(let request): serve(request)
      case .snapshot(let epoch, let parameters, let like):
        serveLive(epoch: epoch, parameters, like: like)
      case .nothing: return
      }
    }
  }

  private func serve(_ request: Request) {
    switch request {
    case .statistics(let request):
      do {
        mailbox.post(
          try statistics(request).map { .statisticsArrived(request, $0) }
            ?? .statisticsDropped(request))
      } catch {
        mailbox.post(.statisticsFailed(request, message: Failure(error).line))
      }
    case .biases(let epoch):
      do {
        mailbox.post(.gateBiasesArrived(epoch, try session.network(epoch).gateBiases))
      } catch {
        mailbox.post(.gateBiasesFailed(epoch, message: Failure(error).line))
      }
    case .sample(let request):
      do {
        mailbox.post(.sampleTraced(request, try record(request)))
      } catch {
        mailbox.post(.sampleFailed(request, message: Failure(error).line))
      }
    case .unit(let request):
      do {
        mailbox.post(.unitHistogramArrived(request, try histogram(request)))
      } catch {
        mailbox.post(.unitHistogramFailed(request, message: Failure(error).line))
      }
    case .verdicts(let request):
      do {
        mailbox.post(
          try verdicts(request).map { .verdictsArrived(request, $0) } ?? .verdictsDropped(request))
      } catch {
        mailbox.post(.verdictsFailed(request, message: Failure(error).line))
      }
    }
  }

  private func histogram(_ request: UnitRequest) throws -> UnitHistogram {
    let (data, split) = try samples(request.split)
    return try session.network(request.epoch).unitHistogram(
      layer: request.layer, unit: request.unit, over: split, shape: data.set.shape,
      normalization: data.normalization, clamps: request.clamps, samples: session.sampleLimit)
  }

  /// Takes all samples, since any of them can be chosen; nil where other verdicts are wanted meanwhile.
  private func verdicts(_ request: VerdictsRequest) throws -> SampleVerdicts? {
    let (data, split) = try samples(request.split)
    let isWrong = try session.network(request.epoch).misclassified(
      split, shape: data.set.shape, normalization: data.normalization, clamps: request.clamps
    ) { pending.withLock { $0.verdicts == request } }
    return isWrong.map { SampleVerdicts(labels: split.labels, isWrong: $0) }
  }

  /// nil where other statistics are wanted meanwhile.
  private func statistics(_ request: StatisticsRequest) throws -> GateStatistics? {
    let (data, split) = try samples(request.split)
    return try session.network(request.epoch).gateStatistics(
      split, shape: data.set.shape, normalization: data.normalization,
      thresholds: request.thresholds, clamps: request.clamps, samples: session.sampleLimit
    ) { pending.withLock { $0.latest == request } }
  }

  private func serveLive(epoch: Int, _ parameters: [Float], like request: StatisticsRequest) {
    guard let (data, split) = try? samples(request.split) else { return }
    let start = ContinuousClock.now
    // On one thread: the others train. Nothing is held, so that one sees what is trained.
    let statistics = Network(session.model.architecture, parameters: parameters).gateStatistics(
      split, shape: data.set.shape, normalization: data.normalization,
      thresholds: request.thresholds, samples: Self.liveSamples, threads: 1)
    let end = ContinuousClock.now
    pending.withLock { $0.restsUntil = end + (end - start) / Self.liveShare }
    mailbox.post(.liveStatisticsArrived(epoch: epoch, statistics))
  }

  private func record(_ request: SampleRequest) throws -> SampleRecord {
    let (data, split) = try samples(request.split)
    guard split.labels.indices.contains(request.sample) else {
      throw Failure("sample \(request.sample): there are \(split.count) samples")
    }
    let shape = data.set.shape
    let trace = try session.network(request.epoch).trace(
      request.sample, of: split, shape: shape, normalization: data.normalization,
      clamps: request.clamps)
    let pixels = split.pixels[request.sample * shape.count..<(request.sample + 1) * shape.count]
    let extents = shape.extents.count == 3 ? shape.extents : [1, 1, shape.count]
    return SampleRecord(
      trace: trace, label: Int(split.labels[request.sample]), pixels: Array(pixels),
      channels: extents[0], height: extents[1], width: extents[2])
  }

  private func samples(_ split: SampleSplit) throws -> (LoadedData, DataSet.Split) {
    try session.data(split)
  }
}
