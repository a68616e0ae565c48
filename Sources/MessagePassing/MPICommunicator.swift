private import CMPI
package import HighwayNetworks
import Libc

/// Processes that mpirun, or what a cluster has in its place, started together, connected by MPI.
///
/// Messages go from one process to another, without MPI's collectives: an all-reduce of MPI adds in an order that
/// depends on the number of processes. One thread uses MPI, the one that connected.
@safe
package final class MPICommunicator: Communicator, @unchecked Sendable {
  package let rank: Int
  package let count: Int
  /// Is told what MPI says when a message is lost, and ends the process.
  private let failed: @Sendable (_ text: String) -> Never
  /// What is under way; kept so that a step need not allocate.
  private var requests: [tm_request]

  /// The most bytes of one message of MPI, whose counts have 31 bits.
  private static let limit = 1 << 30

  /// Connects the processes.
  ///
  /// - Parameter failed: Is called where a message is lost.
  package init(failed: @escaping @Sendable (_ text: String) -> Never) {
    self.failed = failed
    unsafe requests = []
    let code = tm_start()
    guard code == 0 else { failed(Self.text(code)) }
    rank = Int(tm_rank())
    count = Int(tm_count())
  }

  /// Ends the connection, which all processes have to do.
  package func end() { _ = tm_end() }

  package func exchange(_ messages: [Message]) {
    unsafe requests.removeAll(keepingCapacity: true)
    for message in messages {
      guard let start = unsafe message.bytes.baseAddress else { continue }
      for offset in unsafe stride(from: 0, to: message.bytes.count, by: Self.limit) {
        let bytes = unsafe start + offset
        let size = unsafe Int32(min(Self.limit, message.bytes.count - offset))
        var request = unsafe tm_request()
        let code =
          switch message.way {
          case .toPeer: unsafe tm_send(bytes, size, Int32(message.peer), &request)
          case .fromPeer: unsafe tm_receive(bytes, size, Int32(message.peer), &request)
          }
        guard code == 0 else { failed(Self.text(code)) }
        unsafe requests.append(request)
      }
    }
    wait()
  }

  /// Returns when all requests are done.
  ///
  /// A wait spins at first, since ranks arrive within microseconds of each other, then lets other processes run, and
  /// where it becomes long sleeps: there may be more ranks than processors.
  private func wait() {
    let start = ContinuousClock.now
    var looks = 0
    while true {
      var done: Int32 = 0
      let code = unsafe tm_test(Int32(requests.count), &requests, &done)
      guard code == 0 else { failed(Self.text(code)) }
      if done != 0 { return }
      looks += 1
      if looks < 1_000 { continue }
      if looks % 64 != 0 || ContinuousClock.now - start < .milliseconds(20) {
        sched_yield()
      } else {
        usleep(100)
      }
    }
  }

  private static func text(_ code: Int32) -> String {
    var text = [CChar](repeating: 0, count: Int(tm_longest_text()))
    unsafe tm_describe(code, &text)
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
