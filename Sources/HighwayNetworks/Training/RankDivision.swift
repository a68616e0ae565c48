/// What each rank does of a step of training.
///
/// A rank computes the gradients of some shards. Each rank gets its own slice of every shard's gradient, adds the
/// shards in their order, as one process does, moves its slice of the parameters, and sends it to the others. Of N
/// parameters, S shards and R ranks a rank receives (S − its own) · N/R gradients and N · (R − 1)/R parameters. An
/// all-reduce of MPI would receive as much for S = R, but adds in an order that depends on R.
struct RankDivision: Sendable {
  let ranks: Ranks
  /// The shards of each rank.
  let shards: [Range<Int>]
  /// The parameters that each rank moves.
  let slices: [Range<Int>]
  /// Which of the parts whose squares are summed on their own lie in each rank's slice.
  let parts: [Range<Int>]

  /// Divides shards and parameters; no slice ends within one of `parts`, where there are any.
  init(_ ranks: Ranks, shards: Int, parameters: Int, parts: [Range<Int>]) {
    self.ranks = ranks
    let numbers = 0..<ranks.count
    self.shards = numbers.map { ranks.share(of: shards, rank: $0) }
    let ofParts = numbers.map { ranks.share(of: parts.count, rank: $0) }
    self.parts = ofParts
    let ends =
      parts.isEmpty
      ? numbers.map { ranks.share(of: parameters, rank: $0).upperBound }
      : numbers.map { rank in
        let next = ofParts[rank].upperBound
        return next < parts.count ? parts[next].lowerBound : parameters
      }
    slices = numbers.map { ($0 == 0 ? 0 : ends[$0 - 1])..<ends[$0] }
  }

  /// The shards of this rank.
  var ownShards: Range<Int> { shards[ranks.rank] }
  /// The parameters that this rank moves.
  var ownSlice: Range<Int> { slices[ranks.rank] }
  /// The parts whose squares this rank sums.
  var ownParts: Range<Int> { parts[ranks.rank] }

  /// What ranks tell each other after the passes of a step: a row for each of them, its reports and how its shards
  /// did.
  func messages(gradients: [FloatSlice], reports: BufferSlice<Double>) -> [Message] {
    let width = reports.count / ranks.count
    func row(_ rank: Int) -> BufferSlice<Double> { reports[rank * width..<(rank + 1) * width] }
    return ranks.others.flatMap { peer in
      [Message(.toPeer, peer, row(ranks.rank)), Message(.fromPeer, peer, row(peer))]
        + ownShards.map { Message(.toPeer, peer, gradients[$0][slices[peer]]) }
        + shards[peer].map { Message(.fromPeer, peer, gradients[$0][ownSlice]) }
    }.filter { unsafe !$0.bytes.isEmpty }
  }
}
