import HighwayNetworks
import Libc
import Synchronization

/// Ends this process where another of the same work has ended, or where a signal is not answered in time.
///
/// A process that waits for another would wait forever once that one is gone. The watch is a thread that looks
/// twenty times a second whether the processes of this host are there, and whether a signal has come. The lowest rank
/// that is left says what happened, and the others end without a word. A process of another host that ends is noticed
/// by what started it, or by MPI.
final class PeerWatch: Sendable {
  private let ranks: Ranks
  private let interruption: Interruption
  /// The processes of this host; nil where a rank runs on another.
  private let processes: [pid_t?]
  private let state = Mutex(State())

  private struct State {
    /// What is said of the work that is left.
    var remainder = "nothing was written"
    /// When to end at the latest, and with which status.
    var deadline: (instant: ContinuousClock.Instant, status: Int32)?
    /// Whether this process has said why it ends.
    var hasSpoken = false
  }

  /// How long a signal may go unanswered.
  ///
  /// mpirun kills what has not ended a second after SIGTERM. What a step that takes longer would still compute would
  /// be thrown away.
  private static let patience = Duration.milliseconds(300)
  /// How many microseconds those wait that say nothing, so that the one that speaks still finds them.
  private static let delay: UInt32 = 200_000
  /// How long the one that speaks waits at most for the others to end, so that none of them takes its place.
  private static let stay = Duration.seconds(3)

  /// Learns where the other ranks are; all ranks do.
  init(_ ranks: Ranks, interruption: Interruption) {
    self.ranks = ranks
    self.interruption = interruption
    let places = ranks.gather(Array("\(getpid()) \(Self.host)".utf8)).map {
      String(decoding: $0, as: UTF8.self).split(separator: " ", maxSplits: 1)
    }
    processes = places.map { $0.count == 2 && $0[1] == Self.host ? pid_t($0[0]) : nil }
  }

  /// Starts to look.
  func start() {
    WorkerThread.start { [self] in
      while true {
        usleep(50_000)
        look()
      }
    }?.detach()
  }

  /// Sets what is said of the work that is left.
  func leaves(_ remainder: String) { state.withLock { $0.remainder = remainder } }

  /// Takes the work for done: other processes may end, and this one does at the latest after some time.
  func leave(_ status: Int32, within time: Duration) {
    state.withLock { $0.deadline = (ContinuousClock.now + time, status) }
  }

  /// Ends this process, with a line where it is the one to speak.
  func end(saying line: String, status: Int32) -> Never {
    let isFirst = (0..<ranks.rank).allSatisfy(hasEnded)
    if isFirst {
      if takesTheWord() { Self.write("tollgate: \(line); \(state.withLock { $0.remainder })\n") }
      let end = ContinuousClock.now + Self.stay
      repeat { usleep(Self.delay) } while !othersHaveEnded && ContinuousClock.now < end
    } else {
      usleep(Self.delay)
    }
    _exit(status)
  }

  /// Whether this process may say why it ends, which it does once.
  func takesTheWord() -> Bool {
    state.withLock { state in
      defer { state.hasSpoken = true }
      return !state.hasSpoken
    }
  }

  /// Whether all other processes of this host have ended.
  private var othersHaveEnded: Bool {
    processes.indices.allSatisfy { $0 == ranks.rank || processes[$0] == nil || hasEnded($0) }
  }

  /// Writes to standard error, whatever the rank.
  static func write(_ text: String) {
    var text = text
    _ = text.withUTF8 { unsafe Libc.write(2, $0.baseAddress, $0.count) }
  }

  private func look() {
    if let deadline = state.withLock({ $0.deadline }) {
      if ContinuousClock.now >= deadline.instant { _exit(deadline.status) }
      return
    }
    if let lost = processes.indices.first(where: { $0 != ranks.rank && hasEnded($0) }) {
      end(saying: "rank \(lost) has ended", status: 1)
    }
    guard interruption.happened else { return }
    let end = ContinuousClock.now + Self.patience
    while ContinuousClock.now < end {
      usleep(20_000)
      if state.withLock({ $0.deadline }) != nil { return }
      if let lost = processes.indices.first(where: { $0 != ranks.rank && hasEnded($0) }) {
        self.end(saying: "rank \(lost) has ended", status: 1)
      }
    }
    self.end(saying: "interrupted", status: 128 + interruption.signal)
  }

  /// Whether the process of a rank is known to have ended.
  private func hasEnded(_ rank: Int) -> Bool {
    guard let process = processes[rank] else { return false }
    if kill(process, 0) != 0 && errno == ESRCH { return true }
    return Self.isZombie(process)
  }

  /// Whether a process has ended that nobody has asked about yet.
  private static func isZombie(_ process: pid_t) -> Bool {
    let file = unsafe open("/proc/\(process)/stat", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 512)
    let count = unsafe read(file, &bytes, bytes.count)
    // The state stands behind the name, which is in parentheses.
    guard count > 0, let end = bytes[..<count].lastIndex(of: UInt8(ascii: ")")),
      end + 2 < count
    else { return false }
    return [UInt8(ascii: "Z"), UInt8(ascii: "X")].contains(bytes[end + 2])
  }

  /// The host, with what numbers its processes, which containers of one name do each for itself.
  private static var host: String {
    var name = [CChar](repeating: 0, count: 256)
    _ = unsafe gethostname(&name, name.count - 1)
    var space = [CChar](repeating: 0, count: 256)
    _ = unsafe readlink("/proc/self/ns/pid", &space, space.count - 1)
    return [name, space].map { text in
      String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }.joined(separator: " ")
  }
}
