import Synchronization

/// Works batches off on several threads, divided among a fixed number of accumulators.
///
/// Accumulator `part` takes the batches `part`, `part + parts` and so on, one after the other, by `add`: which
/// they are does not depend on the number of threads. A thread keeps what `makeWorker` returns for all its
/// batches and gives it to `endWorker`. `continues` is called on the calling thread with the fraction that is
/// done; false ends the pass. Where other processes compute other accumulators, `own` are those of this one.
///
/// - Returns: The accumulators in their order, or nil where `continues` ended the pass.
func reduceBatches<Sums: Sendable, Worker>(
  _ batches: Int, parts: Int, own: Range<Int>? = nil, threads: Int,
  continues: (_ fraction: Double) -> Bool,
  begin: @escaping @Sendable () -> Sums, makeWorker: @escaping @Sendable () -> Worker,
  endWorker: @escaping @Sendable (Worker) -> Void = { _ in },
  add: @escaping @Sendable (inout Sums, Worker, _ batch: Int) -> Void
) -> [Sums]? {
  let own = own ?? 0..<parts
  let total = own.reduce(0) { $0 + (batches - $1 + parts - 1) / parts }
  let results = Mutex([Sums?](repeating: nil, count: own.count))
  let done = Atomic(0)
  let stopped = Atomic(false)
  withoutActuallyEscaping(continues) { continues in
    let continues = CallersOwn(continues)
    inParallel(min(max(1, threads), max(1, own.count))) { thread, team in
      let worker = makeWorker()
      defer { endWorker(worker) }
      for index in stride(from: thread, to: own.count, by: team.count) {
        let part = own.lowerBound + index
        var sums = begin()
        for batch in stride(from: part, to: batches, by: parts) {
          if stopped.load(ordering: .relaxed) { return }
          add(&sums, worker, batch)
          let count = done.add(1, ordering: .relaxed).newValue
          if thread == 0 && !continues.value(Double(count) / Double(total)) {
            stopped.store(true, ordering: .relaxed)
          }
        }
        results.withLock { [sums] in $0[index] = sums }
      }
    }
  }
  return stopped.load(ordering: .relaxed) ? nil : results.withLock { $0.compactMap { $0 } }
}
