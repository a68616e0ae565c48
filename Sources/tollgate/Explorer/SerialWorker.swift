import Dispatch
import HighwayNetworks
import Synchronization
import Terminal

/// Does one piece of work after the other, behind the screen.
///
/// A thread is there as long as there is work and ends when there is none, so that an idle program does not
/// wake up; a dispatch queue's pool looks after its threads once a second.
final class SerialWorker: Sendable {
  private struct State {
    var work: [@Sendable () -> Void] = []
    var isWorking = false
  }

  private let state = Mutex(State())
  /// All work of all workers that is not done yet.
  private static let unfinished = DispatchGroup()

  /// Returns when no worker has any work left.
  static func waitForAll() { unfinished.wait() }

  /// Adds a piece of work.
  func perform(_ work: @escaping @Sendable () -> Void) {
    Self.unfinished.enter()
    let starts = state.withLock { state in
      state.work.append(work)
      defer { state.isWorking = true }
      return !state.isWorking
    }
    guard starts else { return }
    let thread = WorkerThread.start { [self] in
      blockSignalsInThisThread()
      workOff()
    }
    // Where the system has no thread to give, the work is done all the same, if less smoothly.
    if let thread { thread.detach() } else { workOff() }
  }

  /// Returns when all work that was added before is done.
  func finish() {
    let done = DispatchSemaphore(value: 0)
    perform { done.signal() }
    done.wait()
  }

  private func workOff() {
    while true {
      let next = state.withLock { state -> (@Sendable () -> Void)? in
        guard state.work.isEmpty else { return state.work.removeFirst() }
        state.isWorking = false
        return nil
      }
      guard let next else { return }
      next()
      Self.unfinished.leave()
    }
  }
}
