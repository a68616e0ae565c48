import HighwayNetworks
import Libc

/// A line on standard error that shows how far an epoch has come; nothing where that is no terminal.
final class ProgressLine {
  private let isShown: Bool
  private let clock = ContinuousClock()
  private var start: ContinuousClock.Instant
  private var shown: ContinuousClock.Instant
  private var epoch = 0
  /// The examples that had been seen when the epoch's clock started.
  private var examplesBefore = 0

  init(isShown: Bool) {
    self.isShown = isShown && isatty(2) == 1
    start = clock.now
    shown = start
  }

  /// Shows progress, ten times a second at most.
  func show(_ progress: HighwayNetworks.TrainingProgress, of epochs: Int) {
    guard isShown else { return }
    let now = clock.now
    if progress.epoch != epoch {
      epoch = progress.epoch
      start = now
      examplesBefore = progress.examples
    }
    guard now - shown >= .milliseconds(100) else { return }
    shown = now
    let seconds = max((now - start) / .seconds(1), 1e-3)
    let rate = Double(progress.examples - examplesBefore) / seconds
    let left = progress.steps - progress.step
    let perStep = Double(progress.examples) / Double(progress.step)
    write(
      "epoch \(progress.epoch)/\(epochs)",
      fraction: Double(progress.step) / Double(progress.steps),
      "loss \(NumberFormat.fixed(progress.loss, 4))  "
        + "accuracy \(NumberFormat.fixed(progress.accuracy, 4))  \(Int(rate)) examples/s"
        + (rate > 0 ? "  \(NumberFormat.fixed(Double(left) * perStep / rate, 1)) s left" : ""))
  }

  /// Whether the line is shown and has stood for a tenth of a second.
  var isDue: Bool { isShown && clock.now - shown >= .milliseconds(100) }

  /// Shows how much of a piece of work is done, ten times a second at most.
  func show(_ title: String, fraction: Double) {
    guard isDue else { return }
    let now = clock.now
    shown = now
    let seconds = (now - start) / .seconds(1)
    let left =
      fraction > 0 ? "\(NumberFormat.fixed(seconds / fraction * (1 - fraction), 1)) s left" : ""
    write(title, fraction: fraction, left)
  }

  private func write(_ title: String, fraction: Double, _ details: String) {
    let width = 24
    let filled = Int(Double(width) * min(max(0, fraction), 1))
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
    writeError("\r\u{1B}[K\(title) [\(bar)] \(Int(100 * fraction))%  \(details)")
  }

  /// Takes the line away.
  func clear() {
    if isShown { writeError("\r\u{1B}[K") }
  }
}
