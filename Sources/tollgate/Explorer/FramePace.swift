/// When the next frame that nobody pressed a key for may be drawn: 30 a second in the long run, of which a
/// few may follow each other at once, such as those in which a model appears piece by piece.
struct FramePace {
  /// How many frames may be drawn in ``interval``.
  static let burst = 3
  static let interval = Duration.milliseconds(100)

  /// When the last frames were drawn, at most ``burst``, the oldest first.
  private var drawn: [ContinuousClock.Instant] = []

  /// How long the next frame has to wait.
  func wait(at now: ContinuousClock.Instant) -> Duration {
    guard drawn.count == Self.burst, let oldest = drawn.first else { return .zero }
    return max(.zero, Self.interval - (now - oldest))
  }

  /// Takes note of a frame.
  mutating func note(_ now: ContinuousClock.Instant) {
    if drawn.count == Self.burst { drawn.removeFirst() }
    drawn.append(now)
  }
}

/// When a frame is due for nothing but training that has come further: seldom, so that drawing takes little from it.
///
/// A frame that is drawn for anything else shows it too.
struct TrainingProgressPace {
  static let interval = Duration.milliseconds(500)

  private var due: ContinuousClock.Instant?

  /// Takes note that training has come further.
  mutating func came(at now: ContinuousClock.Instant) { due = due ?? now + Self.interval }

  /// How long a frame has to wait; nil where none is due.
  func wait(at now: ContinuousClock.Instant) -> Duration? { due.map { max(.zero, $0 - now) } }
}
