import ExplorerUI
import Libc
import Synchronization
import TensorFiles

/// Brings the copy of a run on another machine up to date behind the screen, again and again.
///
/// The explorer follows the copy as it follows any run. Where the connection is lost, what was copied stays.
final class RemoteFollower: Sendable {
  /// How long after a copy the next one begins, and after how long it is tried again at first and in the end, in
  /// tenths of a second.
  private static let (interval, firstRetry, lastRetry) = (20, 20, 300)

  /// The copy.
  let copy: RemoteCopy
  private let mailbox: Mailbox
  private let worker = SerialWorker()
  private let isWanted = Atomic(true)
  private let isAtRest = Atomic(false)

  /// Begins with what came of the copy so far.
  init(_ copy: RemoteCopy, _ outcome: RemoteCopy.Outcome, answeringTo mailbox: Mailbox) {
    self.copy = copy
    self.mailbox = mailbox
    worker.perform { [self] in follow(after: outcome) }
  }

  /// Stops, and ends the connection.
  func stop() {
    isWanted.store(false, ordering: .relaxed)
    while !isAtRest.load(ordering: .acquiring) { usleep(10_000) }
    copy.disconnect()
  }

  private func follow(after first: RemoteCopy.Outcome) {
    var (outcome, retry) = (first, Self.firstRetry)
    var said: RemoteStanding?
    var isFirst = true
    while isWanted.load(ordering: .relaxed) {
      let standing = standing(outcome, after: said)
      if standing != said { mailbox.post(.remoteChanged(standing)) }
      said = standing
      if case .lost = standing {
        wait(isFirst ? 0 : retry)
        retry = min(2 * retry, Self.lastRetry)
      } else {
        wait(Self.interval)
        retry = Self.firstRetry
      }
      isFirst = false
      guard isWanted.load(ordering: .relaxed) else { break }
      outcome = copy.update(asks: false) { isWanted.load(ordering: .relaxed) }
    }
    isAtRest.store(true, ordering: .releasing)
  }

  private func standing(
    _ outcome: RemoteCopy.Outcome, after said: RemoteStanding?
  ) -> RemoteStanding {
    let host = copy.place.host.excerpt
    switch outcome {
    case .copied: return .connected(host)
    // What went away there is not taken from the screen here.
    case .absent: return .waiting(host)
    case .failed(let problem):
      if case .lost(_, let since, problem) = said { return .lost(host, since: since, problem) }
      return .lost(host, since: Self.time(), problem)
    }
  }

  private func wait(_ tenths: Int) {
    for _ in 0..<tenths where isWanted.load(ordering: .relaxed) { usleep(100_000) }
  }

  /// The time of the day, as the clock here shows it.
  private static func time() -> String {
    var seconds = time_t()
    _ = unsafe Libc.time(&seconds)
    var parts = unsafe tm()
    var bytes = [CChar](repeating: 0, count: 16)
    _ = unsafe localtime_r(&seconds, &parts)
    _ = unsafe strftime(&bytes, bytes.count, "%H:%M:%S", &parts)
    return String(decoding: bytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
