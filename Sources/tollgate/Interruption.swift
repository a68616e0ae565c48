import Libc
import Synchronization

/// Whether a signal asked the program to stop.
///
/// The first SIGINT, SIGTERM or SIGHUP is noted; a second one ends the program at once.
struct Interruption {
  /// Whether one has come.
  var happened: Bool { caughtSignal.load(ordering: .relaxed) != 0 }
  /// The signal's number, or 0.
  var signal: Int32 { caughtSignal.load(ordering: .relaxed) }

  /// From now on the signals are noted, except those that whoever started the program has it ignore, as
  /// nohup does.
  static func catching() -> Interruption {
    // The handler must not be the first to touch a global, which is created on its first use.
    _ = caughtSignal.load(ordering: .relaxed)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      var action = sigaction()
      unsafe sigaction(number, nil, &action)
      if isIgnored(action) { continue }
      action = sigaction()
      unsafe action.__sigaction_handler.sa_handler = { number in
        caughtSignal.store(number, ordering: .relaxed)
      }
      action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND)) | SA_RESTART
      unsafe sigaction(number, &action, nil)
    }
    return Interruption()
  }

  private static func isIgnored(_ action: sigaction) -> Bool {
    unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
      == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}

private let caughtSignal = Atomic<Int32>(0)
