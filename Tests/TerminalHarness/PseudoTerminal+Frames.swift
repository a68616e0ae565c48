import Libc

/// Frames of a program that marks where each one ends, timed to the last byte.
extension PseudoTerminal {
  /// What a program with synchronized output sends when a frame is complete.
  private static let frameEnd = Array("\u{1B}[?2026l".utf8)

  /// Lets the program run until a frame is complete of which the condition holds.
  ///
  /// The clock stops at the frame's last byte; only then is the frame parsed and looked at, so that the
  /// time is the program's and the terminal's, not the harness's.
  ///
  /// - Returns: when the frame was complete, and how many bytes came since the call.
  /// - Throws: ``HarnessError/timeout(waitingFor:screen:unknown:)`` if no such frame comes.
  package func frame(
    showing what: String, patience: Duration = .milliseconds(PseudoTerminal.patience),
    until condition: (VirtualScreen) -> Bool
  ) throws -> (end: ContinuousClock.Instant, bytes: Int) {
    let clock = ContinuousClock()
    let deadline = clock.now + patience
    var held: [UInt8] = []
    var count = 0
    while true {
      let bytes = take(within: 100)
      let now = clock.now
      held += bytes
      count += bytes.count
      if held.suffix(Self.frameEnd.count) == Self.frameEnd[...] {
        show(held)
        held = []
        if condition(screen) { return (now, count) }
      }
      if now > deadline {
        show(held)
        throw HarnessError.timeout(
          waitingFor: what, screen: screen.text, unknown: screen.unknown)
      }
    }
  }

  /// Reads slowly for a while: so many bytes, then a pause, as a terminal behind a thin line does.
  ///
  /// - Returns: the number of bytes read.
  package func readSlowly(
    _ bytes: Int, every pause: Duration, for duration: Duration
  ) -> Int {
    let clock = ContinuousClock()
    let end = clock.now + duration
    var next = clock.now
    var count = 0
    while clock.now < end {
      let taken = take(within: Int32(pause / .milliseconds(1)), atMost: bytes)
      show(Array(taken))
      count += taken.count
      next += pause
      clock.waitUntil(next)
    }
    return count
  }
}

extension PseudoTerminal {
  /// Lets time go by while the program runs and what it writes is shown.
  package func pause(_ duration: Duration) {
    let clock = ContinuousClock()
    let end = clock.now + duration
    while case let left = end - clock.now, left > .zero {
      show(Array(take(within: Int32((left / .milliseconds(1)).rounded(.up)))))
    }
  }
}

extension ContinuousClock {
  /// Blocks this thread until a moment.
  fileprivate func waitUntil(_ moment: Instant) {
    let left = moment - now
    guard left > .zero else { return }
    var time = timespec(
      tv_sec: Int(left.components.seconds),
      tv_nsec: Int(left.components.attoseconds / 1_000_000_000))
    unsafe nanosleep(&time, nil)
  }
}
