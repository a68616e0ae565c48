import Libc
import Terminal

/// Ways to end badly, by the key that brings them about.
enum Crash: Character {
  case segmentationFault = "S"
  case segmentationFaultInThread = "T"
  case stackOverflowInThread = "O"
  case preconditionFailure = "P"
  case abort = "A"
  case exit = "X"
  case deafness = "D"
  case strayLine = "E"

  func happen() {
    switch self {
    case .segmentationFault: Self.writeToNowhere()
    case .segmentationFaultInThread: Self.await { Self.writeToNowhere() }
    case .stackOverflowInThread: Self.await { _ = Self.recurse(1) }
    case .preconditionFailure: Self.trap(CommandLine.arguments.count)
    case .abort: endByAbort()
    case .exit: endByExit(3)
    case .deafness: while true { pause() }
    case .strayLine:
      var line = Array("a stray line\n".utf8)
      unsafe write(2, &line, line.count)
    }
  }

  private static func await(_ work: @escaping @Sendable () -> Void) {
    Workers.start(work)
    while true { pause() }
  }

  private static func writeToNowhere() {
    unsafe UnsafeMutablePointer<Int>(bitPattern: 8)?.pointee = 1
  }

  private static func trap(_ count: Int) {
    precondition(count < 0, "the probe was asked to fail")
  }

  @inline(never)
  private static func recurse(_ depth: Int) -> Int {
    depth == 0 ? 0 : recurse(depth + 1) &+ depth
  }
}

// The system's functions, which the cases of the same names would hide.
private func endByAbort() { abort() }
private func endByExit(_ status: Int32) { exit(status) }

/// Threads with signals blocked, as workers of the real program have them.
enum Workers {
  private final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  static func start(_ body: @escaping @Sendable () -> Void) {
    var thread = pthread_t()
    let work = unsafe Unmanaged.passRetained(Work(body)).toOpaque()
    unsafe pthread_create(
      &thread, nil,
      { argument in
        blockSignalsInThisThread()
        if let argument = unsafe argument {
          unsafe Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
        }
        return nil
      }, work)
  }
}
