/// When the next frame that nobody pressed a key for may be drawn: 3 a second in the long run, so that drawing
/// takes little from training, of which a few may follow each other at once, such as those in which a model
/// appears piece by piece.
struct FramePace {
  /// How many frames may be drawn in ``interval``.
  static let burst = 3
  static let interval = Duration.seconds(1)

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
