import ExplorerUI
import Synchronization
import Terminal

/// What background work hands to the main loop, in order.
final class Mailbox: Sendable {
  /// One thing to take note of.
  enum Item: Sendable {
    /// Something happened.
    case action(Action)
    /// A model is ready; the action that says so follows.
    case opened(Session)
  }

  private let items = Mutex<[Item]>([])
  private let waker: Waker

  init(_ waker: Waker) { self.waker = waker }

  /// Adds items and wakes the main loop.
  func post(_ new: Item...) {
    items.withLock { $0 += new }
    waker.wake()
  }

  /// Adds an action and wakes the main loop.
  func post(_ action: Action) { post(.action(action)) }

  /// All items since the last call.
  func take() -> [Item] {
    items.withLock { items in
      defer { items = [] }
      return items
    }
  }
}
