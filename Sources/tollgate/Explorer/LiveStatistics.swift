import ExplorerUI
import HighwayNetworks
import Synchronization

/// Takes statistics of the epoch that is being trained, as it goes.
final class LiveStatistics: Sendable {
  private struct Work {
    /// The parameters to look at; only the newest count.
    var snapshot: (epoch: Int, parameters: [Float])?
    /// The statistics that were wanted last; those of the epoch in training are taken likewise.
    var latest: StatisticsRequest?
    var isWorking = false
    /// Until when the processors are left to training.
    var restsUntil: ContinuousClock.Instant?
  }

  /// How many samples are taken.
  private static let samples = 400
  /// The part of the time that goes into this; it costs training twice as much where two threads train and one
  /// has to wait for the other.
  private static let share = 0.006

  private let work = Mutex(Work())
  private let worker = SerialWorker()
  private let session: Session
  private let mailbox: Mailbox

  init(_ session: Session, _ mailbox: Mailbox) {
    self.session = session
    self.mailbox = mailbox
  }

  /// Notes which statistics are looked at.
  func note(_ questions: [Question]) {
    for case .statistics(let request) in questions { work.withLock { $0.latest = request } }
  }

  /// Answers with `liveStatisticsArrived`, unless newer parameters come first or training has been followed
  /// enough.
  func look(at parameters: [Float], epoch: Int) {
    let starts = work.withLock { work in
      if let end = work.restsUntil, ContinuousClock.now < end { return false }
      work.snapshot = (epoch, parameters)
      defer { work.isWorking = true }
      return !work.isWorking
    }
    if starts { worker.perform { [self] in workOff() } }
  }

  /// Forgets what is to be looked at; another model is open.
  func stop() { work.withLock { $0.snapshot = nil } }

  private func workOff() {
    while true {
      let (snapshot, request) = work.withLock { work in
        defer { work.snapshot = nil }
        work.isWorking = work.snapshot != nil
        return (work.snapshot, work.latest)
      }
      guard let snapshot else { return }
      guard let request, let samples = try? session.samples(request.split) else { continue }
      let start = ContinuousClock.now
      // On one thread: the others train. Nothing is held, so that one sees what is trained.
      let network = Network(session.model.architecture, parameters: snapshot.parameters)
      let statistics = Inference(network).statistics(
        of: samples.first(Self.samples), thresholds: request.thresholds, threads: 1)
      let end = ContinuousClock.now
      work.withLock { $0.restsUntil = end + (end - start) / Self.share }
      mailbox.post(.liveStatisticsArrived(epoch: snapshot.epoch, statistics))
    }
  }
}
