import ExplorerUI
import Synchronization
import Terminal

/// What background work hands to the main loop, in order.
final class Mailbox: Sendable {
  /// One thing to take note of.
  enum Item: Sendable {
    /// Something happened; what a session's work says counts only while that session is open.
    case action(Action, from: (any ModelSession)?)
    /// A model is ready; the action that says so follows. A new network may leave the model before it aside.
    case opened(any ModelSession)

    /// Whether it says only that training has come further.
    var isProgress: Bool {
      switch self {
      case .action(.trainingProgressed, _), .action(.epochTrained, _): true
      default: false
      }
    }
  }

  private final class Items: Sendable {
    let list = Mutex<[Item]>([])
  }

  private let items: Items
  private let waker: Waker?
  /// Whose work posts here.
  private let session: (any ModelSession)?

  /// Creates a mailbox for a loop that a waker wakes, or that looks after it by itself.
  init(_ waker: Waker?) {
    items = Items()
    self.waker = waker
    session = nil
  }

  /// The same mailbox for the work of one session.
  init(_ mailbox: Mailbox, for session: any ModelSession) {
    items = mailbox.items
    waker = mailbox.waker
    self.session = session
  }

  /// Adds items and wakes the main loop.
  func post(_ new: Item...) {
    items.list.withLock { $0 += new }
    waker?.wake()
  }

  /// Adds an action and wakes the main loop.
  func post(_ action: Action) { post(.action(action, from: session)) }

  /// All items since the last call.
  func take() -> [Item] {
    items.list.withLock { items in
      defer { items = [] }
      return items
    }
  }
}
