import Synchronization

/// The processes that work on one network together, of which this is one: its *rank* is its number.
///
/// Work is divided into the parts that threads take, whatever the number of processes, and what they have computed
/// is put together in the order of the parts. So every result is the same to the last bit on any number of ranks.
/// All ranks make the same calls in the same order, each on one thread at a time.
public struct Ranks: Sendable {
  /// This process by itself.
  public static let alone = Ranks()

  /// The number of this process, from 0.
  public let rank: Int
  /// The number of processes.
  public let count: Int
  private let communicator: (any Communicator)?
  private let clock = Clock()

  /// How long this rank has exchanged and waited.
  private final class Clock: Sendable {
    let sum = Mutex(Duration.zero)
  }

  private init() {
    (rank, count) = (0, 1)
    communicator = nil
  }

  /// Takes the processes that something connects.
  package init(_ communicator: any Communicator) {
    precondition(
      (0..<communicator.count).contains(communicator.rank), "a rank is one of the processes")
    rank = communicator.rank
    count = communicator.count
    self.communicator = count > 1 ? communicator : nil
  }

  /// The part of `0..<total` that belongs to a rank.
  func share(of total: Int, rank: Int) -> Range<Int> {
    total * rank / count..<total * (rank + 1) / count
  }

  /// The part of `0..<total` that belongs to this rank.
  func share(of total: Int) -> Range<Int> { share(of: total, rank: rank) }

  /// The other ranks, from the next one on; so not all send to the same one at once.
  var others: [Int] { (1..<max(1, count)).map { (rank + $0) % count } }

  /// Sends and receives; see ``Communicator/exchange(_:)``.
  func exchange(_ messages: [Message]) {
    guard let communicator else { return }
    let time = ContinuousClock().measure { communicator.exchange(messages) }
    clock.sum.withLock { $0 += time }
  }

  /// How long this rank has exchanged with others and waited for them.
  var exchangeTime: Duration { clock.sum.withLock { $0 } }

  /// What makes whole a buffer of which each rank has computed a range.
  func gathering<Element>(_ values: BufferSlice<Element>, _ ranges: [Range<Int>]) -> [Message] {
    others.flatMap { peer in
      [
        Message(.toPeer, peer, values[ranges[rank]]),
        Message(.fromPeer, peer, values[ranges[peer]]),
      ]
    }.filter { unsafe !$0.bytes.isEmpty }
  }

  /// Makes a buffer whole of which each rank has computed a range.
  func gather<Element>(_ values: BufferSlice<Element>, _ ranges: [Range<Int>]) {
    exchange(gathering(values, ranges))
  }

  /// The bytes that each rank gives, in the order of ranks.
  package func gather(_ bytes: [UInt8]) -> [[UInt8]] {
    guard count > 1 else { return [bytes] }
    let sizes = AlignedBuffer<Int>(count: count)
    sizes.all[rank] = bytes.count
    gather(sizes.all, (0..<count).map { $0..<$0 + 1 })
    var ranges: [Range<Int>] = []
    for size in sizes.all.array {
      let start = ranges.last?.upperBound ?? 0
      ranges.append(start..<start + size)
    }
    let all = AlignedBuffer<UInt8>(count: ranges.last?.upperBound ?? 0)
    all[ranges[rank]].assign(bytes)
    gather(all.all, ranges)
    return ranges.map { all[$0].array }
  }

  /// Whether something is so on any rank.
  package func any(_ condition: Bool) -> Bool {
    count > 1 ? gather([condition ? 1 : 0]).contains([1]) : condition
  }

  /// The bytes that the first rank gives.
  package func ofFirst(_ bytes: [UInt8]) -> [UInt8] { gather(rank == 0 ? bytes : [])[0] }

  /// The first rank that gives other bytes than rank 0; nil where all give the same.
  package func firstThatDiffers(_ bytes: [UInt8]) -> Int? {
    let all = gather(bytes)
    return all.firstIndex { $0 != all[0] }
  }

  /// The value of a piece of work that did not fail on any rank.
  ///
  /// - Throws: What it failed with here or, where it failed elsewhere only, what `other` makes of the first such
  ///   rank and what it says.
  func agreed<Value, Failure>(
    _ result: Result<Value, Failure>, other: (_ rank: Int, _ text: String) -> Failure
  ) throws(Failure) -> Value {
    guard count > 1 else { return try result.get() }
    var text = ""
    if case .failure(let error) = result { text = String(describing: error) }
    let all = gather(Array(text.utf8))
    let value = try result.get()
    guard let failed = all.firstIndex(where: { !$0.isEmpty }) else { return value }
    throw other(failed, String(decoding: all[failed], as: UTF8.self))
  }
}
