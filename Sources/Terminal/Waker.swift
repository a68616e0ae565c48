private import CTermGuard
private import Synchronization

/// Ends the screen's wait from any thread.
///
/// Wakes are gathered: however often a thread calls, the main loop comes round once. Publish what
/// there is to see first, then wake.
package final class Waker: Sendable {
  private let isPending = Atomic<Bool>(false)

  init() {}

  /// Makes ``Screen/waitForEvents(timeout:also:)`` return; harmless when the screen is closed.
  package func wake() {
    if !isPending.exchange(true, ordering: .acquiringAndReleasing) { tg_wake() }
  }

  /// Takes the gathered wakes, after the pipe was emptied.
  ///
  /// In this order a wake that comes between the two is not lost: its thread found one pending, and
  /// the main loop looks at what was published after this returns.
  func take() -> Bool { isPending.exchange(false, ordering: .acquiringAndReleasing) }
}
