import Synchronization

/// Works batches off on several threads, divided among a fixed number of accumulators.
///
/// Accumulator `part` takes the batches `part`, `part + parts` and so on, one after the other, by `add`: which
/// they are does not depend on the number of threads. A thread keeps what `makeWorker` returns for all its
/// batches and gives it to `endWorker`. `continues` is called on the calling thread with the fraction that is
/// done; false ends the pass.
///
/// - Returns: The accumulators in their order, or nil where `continues` ended the pass.
func reduceBatches<Sums: Sendable, Worker>(
  _ batches: Int, parts: Int, threads: Int, continues: (_ fraction: Double) -> Bool,
  begin: @escaping @Sendable () -> Sums, makeWorker: @escaping @Sendable () -> Worker,
  endWorker: @escaping @Sendable (Worker) -> Void = { _ in },
  add: @escaping @Sendable (inout Sums, Worker, _ batch: Int) -> Void
) -> [Sums]? {
  let results = Mutex([Sums?](repeating: nil, count: parts))
  let done = Atomic(0)
  let stopped = Atomic(false)
  withoutActuallyEscaping(continues) { continues in
    let continues = CallersOwn(continues)
    inParallel(min(max(1, threads), max(1, parts))) { thread, team in
      let worker = makeWorker()
      defer { endWorker(worker) }
      for part in stride(from: thread, to: parts, by: team.count) {
        var own = begin()
        for batch in stride(from: part, to: batches, by: parts) {
          if stopped.load(ordering: .relaxed) { return }
          add(&own, worker, batch)
          let count = done.add(1, ordering: .relaxed).newValue
          if thread == 0 && !continues.value(Double(count) / Double(batches)) {
            stopped.store(true, ordering: .relaxed)
          }
        }
        results.withLock { $0[part] = own }
      }
    }
  }
  return stopped.load(ordering: .relaxed) ? nil : results.withLock { $0.compactMap { $0 } }
}
