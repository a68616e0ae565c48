import ExplorerUI
import HighwayNetworks
import Libc
import Synchronization

/// Reads the directory that is open again, behind the screen, when another program has changed it.
final class RunFollower: Sendable {
  /// How long after a look the next one may begin; a run may gain many epochs a second.
  private static let interval = Duration.milliseconds(250)

  /// Whether there is something to look at, and whether the worker does.
  private struct Turn {
    var isWanted = false
    var isLooking = false
    /// Whether the worker is about to see whether there is something to look at.
    var isPolling = false
  }

  /// What is known of the directory; the worker alone uses it.
  private struct Known {
    var followed: Followed
    var writer: RunHolder?
    var problem: String?
    var polled: PolledDirectory
  }

  private let mailbox: Mailbox
  private let worker = SerialWorker()
  private let turn = Mutex(Turn())
  private let known: Mutex<Known>

  /// Follows a directory from what a session has read of it.
  init(_ followed: Followed, of session: any ModelSession, answeringTo mailbox: Mailbox) {
    self.mailbox = Mailbox(mailbox, for: session)
    known = Mutex(
      Known(followed: followed, polled: PolledDirectory(session.followedPath ?? "")))
  }

  /// Looks at the directory where it was changed, which a machine that shares its disk may have done; a server that does
  /// not answer keeps nobody waiting here.
  func poll() {
    let starts = turn.withLock { turn in
      defer { turn.isPolling = true }
      return !turn.isPolling
    }
    guard starts else { return }
    worker.perform { [self] in
      let hasChanged = known.withLock { $0.polled.hasChanged() }
      turn.withLock { $0.isPolling = false }
      if hasChanged { look() }
    }
  }

  /// Answers `runChanged` where something has, soon; asking again meanwhile costs nothing.
  func look() {
    let starts = turn.withLock { turn in
      turn.isWanted = true
      defer { turn.isLooking = true }
      return !turn.isLooking
    }
    if starts { worker.perform { [self] in lookWhileWanted() } }
  }

  private func lookWhileWanted() {
    while isWanted() {
      known.withLock { refresh(&$0) }
      let interval = Self.interval.components
      usleep(UInt32(interval.attoseconds / 1_000_000_000_000))
    }
  }

  private func isWanted() -> Bool {
    turn.withLock { turn in
      defer { turn.isWanted = false }
      turn.isLooking = turn.isWanted
      return turn.isWanted
    }
  }

  private func refresh(_ known: inout Known) {
    do {
      let changes = try known.followed.refresh()
      let isNews = !changes.isEmpty || changes.writer != known.writer
      (known.writer, known.problem) = (changes.writer, nil)
      if isNews { mailbox.post(.runChanged(changes)) }
    } catch {
      let problem = Failure(error).line + "; what was read stays"
      // Said once, however many files come and go.
      if problem != known.problem { mailbox.post(.noticed(Message(.failure, problem))) }
      known.problem = problem
    }
  }
}
