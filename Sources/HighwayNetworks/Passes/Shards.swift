/// How a mini-batch is divided for the sake of threads.
///
/// Sums over floats depend on their order. So a batch is always divided alike, by its size and never by
/// the number of threads, and the parts' results are added in the parts' order: the same seed gives the
/// same bits on any number of threads.
enum Shards {
  /// The most parts that a batch is divided into.
  static let limit = 4

  /// The fewest examples for which a further part is worth its gradients.
  private static let least = 50
  /// The same for sequences, each of which is much work.
  private static let leastOfSequences = 10

  /// The number of parts of a batch; of sequences 1, 2 or 4, so that two threads have the same work.
  static func count(batch: Int, ofSequences: Bool = false) -> Int {
    guard ofSequences else { return min(limit, max(1, batch / least)) }
    let parts = min(limit, max(1, batch / leastOfSequences))
    return parts == 3 ? 2 : parts
  }

  /// The examples of one part.
  static func range(_ shard: Int, of shards: Int, batch: Int) -> Range<Int> {
    batch * shard / shards..<batch * (shard + 1) / shards
  }
}
