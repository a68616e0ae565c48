private import CKernels
import Libc
private import Synchronization

/// The number of processors that are on line.
public func processorCount() -> Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

/// Runs `body` on `threads` threads at once, the calling one among them as number 0, and waits for all.
///
/// The threads are started for the work and end with it, so that nothing runs while there is no work;
/// where the system has fewer to give, the team is smaller. Meanwhile each of them takes numbers below the
/// smallest normal one as 0, so that saturated networks are as fast as others.
func inParallel(_ threads: Int, _ body: @escaping @Sendable (_ thread: Int, Team) -> Void) {
  precondition(threads > 0, "work needs a thread")
  let team = Team()
  var started: [WorkerThread] = []
  for thread in 1..<max(1, threads) {
    let worker = WorkerThread.start {
      team.waitUntilComplete()
      _ = tg_flush_subnormals()
      body(thread, team)
    }
    guard let worker else { break }
    started.append(worker)
  }
  team.complete(started.count + 1)
  useOneThreadPerProduct()
  let mode = tg_flush_subnormals()
  body(0, team)
  tg_restore_subnormals(mode)
  for worker in started { worker.join() }
}

/// The threads of one piece of work, which can wait for each other again and again.
///
/// Waiting spins, since the threads of one step arrive within microseconds of each other; a thread that
/// waits longer yields its processor between checks.
final class Team: Sendable {
  private let size = Atomic<Int>(0)
  private let arrived = Atomic<Int>(0)
  private let round = Atomic<Int>(0)

  /// The number of threads.
  var count: Int { size.load(ordering: .acquiring) }

  /// Returns when all threads of the team have called.
  func wait() {
    let current = round.load(ordering: .acquiring)
    if arrived.add(1, ordering: .acquiringAndReleasing).newValue == count {
      arrived.store(0, ordering: .relaxed)
      round.store(current + 1, ordering: .releasing)
      return
    }
    spin { round.load(ordering: .acquiring) == current }
  }

  /// The part of `0..<total` that belongs to one thread.
  func share(of total: Int, thread: Int) -> Range<Int> {
    total * thread / count..<total * (thread + 1) / count
  }

  fileprivate func complete(_ count: Int) { size.store(count, ordering: .releasing) }

  fileprivate func waitUntilComplete() { spin { count == 0 } }

  private func spin(while condition: () -> Bool) {
    var looks = 0
    while condition() {
      looks += 1
      if looks > 2_000 { sched_yield() }
    }
  }
}

/// Hands a value to a team; only thread 0, the calling one, uses it.
struct CallersOwn<Value>: @unchecked Sendable {
  let value: Value
  init(_ value: Value) { self.value = value }
}
