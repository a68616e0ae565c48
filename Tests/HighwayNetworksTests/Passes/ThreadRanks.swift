import Libc
import Synchronization

@testable import HighwayNetworks

/// Ranks that are threads of this process and hand each other their bytes in memory.
struct ThreadRanks: Communicator {
  let rank: Int
  let count: Int
  private let mail: Mail

  /// What is under way, by sender and receiver.
  private final class Mail: Sendable {
    let messages: Mutex<[[[UInt8]]]>
    init(_ ranks: Int) { messages = Mutex(Array(repeating: [], count: ranks * ranks)) }
  }

  func exchange(_ all: [Message]) {
    mail.messages.withLock { messages in
      for message in all where message.way == .toPeer {
        messages[rank * count + message.peer].append(unsafe Array(message.bytes))
      }
    }
    for message in all where message.way == .fromPeer {
      let line = message.peer * count + rank
      while true {
        let bytes = mail.messages.withLock { messages in
          messages[line].isEmpty ? nil : messages[line].removeFirst()
        }
        guard let bytes else {
          sched_yield()
          continue
        }
        precondition(unsafe bytes.count == message.bytes.count, "both list the same message")
        unsafe message.bytes.copyBytes(from: bytes)
        break
      }
    }
  }

  /// Does the same work on each of some ranks at once.
  ///
  /// - Returns: What each returned, in their order.
  static func run<Value: Sendable>(
    _ count: Int, _ work: @escaping @Sendable (Ranks) throws -> Value
  ) throws -> [Value] {
    let mail = Mail(count)
    let results = Mutex([Result<Value, any Error>?](repeating: nil, count: count))
    let threads = (0..<count).compactMap { rank in
      WorkerThread.start {
        let ranks = Ranks(ThreadRanks(rank: rank, count: count, mail: mail))
        let result = Result { try work(ranks) }
        results.withLock { $0[rank] = result }
      }
    }
    precondition(threads.count == count, "the system has threads")
    for thread in threads { thread.join() }
    return try results.withLock { try $0.compactMap { try $0?.get() } }
  }
}
