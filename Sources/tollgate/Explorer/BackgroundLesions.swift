import ExplorerUI
import HighwayNetworks
import Synchronization

/// Makes lesions behind the screen, beside the other statistics, which need not wait for a long sweep.
final class BackgroundLesions: Sendable {
  private struct Pending {
    /// What is wanted, the one at work first.
    var requests: [LesionRequest] = []
    var isWorking = false
  }

  private let pending = Mutex(Pending())
  private let worker = SerialWorker()
  private let session: Session
  private let mailbox: Mailbox

  init(_ session: Session, _ mailbox: Mailbox) {
    self.session = session
    self.mailbox = mailbox
  }

  /// Makes these and no others; answers as ``Effect/makeLesions(_:)`` says.
  func make(_ requests: [LesionRequest]) {
    let starts = pending.withLock { pending in
      pending.requests = requests
      guard !requests.isEmpty, !pending.isWorking else { return false }
      pending.isWorking = true
      return true
    }
    if starts { worker.perform { [self] in work() } }
  }

  private func work() {
    while true {
      let next = pending.withLock { pending in
        pending.isWorking = !pending.requests.isEmpty
        return pending.requests.first
      }
      guard let next else { return }
      do {
        // What is no longer wanted ends without an answer.
        guard let sweep = try sweep(next) else { continue }
        finish(next)
        mailbox.post(.lesionsArrived(next, sweep))
      } catch {
        finish(next)
        mailbox.post(.lesionsFailed(next, message: Failure(error).line))
      }
    }
  }

  private func finish(_ request: LesionRequest) {
    pending.withLock { $0.requests.removeAll { $0 == request } }
  }

  private func isAtWork(_ request: LesionRequest) -> Bool {
    pending.withLock { $0.requests.first == request }
  }

  private func sweep(_ request: LesionRequest) throws -> LesionSweep? {
    let (data, split) = try session.data(request.split)
    return try session.network(request.epoch).lesionSweep(
      split, shape: data.set.shape, normalization: data.normalization, clamps: request.clamps,
      lesioned: request.clamps.isEmpty ? nil : [], samples: session.sampleLimit,
      progress: { fraction in
        mailbox.post(.lesionsProgressed(request, fraction))
        return isAtWork(request)
      })
  }
}
