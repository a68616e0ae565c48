import Libc

/// A thread that does one piece of work and ends.
///
/// It takes no signals but those of a crash: the others belong to the thread that waits for them.
package struct WorkerThread: Sendable {
  private let id: pthread_t

  /// Starts a thread, or returns nil where the system has none to give.
  package static func start(_ body: @escaping @Sendable () -> Void) -> WorkerThread? {
    let work = unsafe Unmanaged.passRetained(Work(body))
    guard let id = unsafe startThread({ unsafe WorkerThread.run($0) }, work.toOpaque()) else {
      unsafe work.release()
      return nil
    }
    return WorkerThread(id: id)
  }

  /// Returns when the thread has ended; to be called once, unless ``detach()`` is.
  package func join() { pthread_join(id, nil) }

  /// Lets the thread end by itself.
  package func detach() { pthread_detach(id) }

  private final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  private static func run(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context = unsafe context else { return nil }
    var signals = sigset_t()
    unsafe sigfillset(&signals)
    for signal in [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE] {
      unsafe sigdelset(&signals, signal)
    }
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    useOneThreadPerProduct()
    unsafe Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
    return nil
  }
}
