import Libc

/// Round numbers for axes: 1, 2 or 5 times a power of ten.
package enum Ticks {
  /// The smallest round step that is at least `value`; 1 where `value` is not a positive number.
  package static func roundStep(_ value: Double) -> Double {
    guard value.isFinite, value > 1e-300, value < 1e300 else { return 1 }
    let power = pow(10, floor(log10(value)))
    for factor in [1.0, 2, 5] where factor * power >= value * (1 - 1e-9) { return factor * power }
    return 10 * power
  }

  /// The smallest round number that is at least `value`, of two digits at most.
  package static func roundLimit(_ value: Double) -> Double {
    guard value.isFinite, value > 1e-300, value < 1e300 else { return 1 }
    let power = pow(10, floor(log10(value)))
    for factor in [1.0, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8]
    where factor * power >= value * (1 - 1e-6) {
      return factor * power
    }
    return 10 * power
  }

  /// A range with round ends that holds [low, high].
  package static func roundRange(_ low: Double, _ high: Double) -> ClosedRange<Double> {
    guard low.isFinite, high.isFinite, low <= high, (high - low).isFinite else { return 0...1 }
    let span = high - low
    let size = max(abs(low), abs(high))
    if span <= size * 1e-6 {
      // All values alike: leave room on both sides.
      let margin = size == 0 ? 1 : roundStep(size / 10)
      return (floor(low / margin) - 1) * margin...(ceil(high / margin) + 1) * margin
    }
    let step = roundStep(span / 20)
    return floor(low / step + 1e-6) * step...ceil(high / step - 1e-6) * step
  }

  /// Round numbers within [low, high], about `count` of them.
  package static func linear(_ low: Double, _ high: Double, count: Int) -> [Double] {
    guard low.isFinite, high.isFinite, low < high, (high - low).isFinite, count > 0 else {
      return []
    }
    let step = roundStep((high - low) / Double(count))
    let first = ceil(low / step - 1e-9)
    let last = floor(high / step + 1e-9)
    guard last >= first, last - first < 1000 else { return [] }
    // Adding 0 turns -0 into 0.
    return stride(from: first, through: last, by: 1).map { $0 * step + 0 }
  }

  /// 1, 2 and 5 times powers of ten within [low, high], thinned to about `count` numbers.
  package static func logarithmic(_ low: Double, _ high: Double, count: Int) -> [Double] {
    guard low > 0, high.isFinite, low < high, count > 0 else { return [] }
    let first = Int(floor(log10(low)))
    let last = Int(ceil(log10(high)))
    guard last - first < 600 else { return [] }
    let choices: [[Double]] = [[1, 2, 5], [1, 3], [1]]
    var ticks: [Double] = []
    for factors in choices {
      ticks.removeAll()
      for power in first...last {
        for factor in factors {
          let tick = factor * pow(10, Double(power))
          if tick >= low * (1 - 1e-9), tick <= high * (1 + 1e-9) { ticks.append(tick) }
        }
      }
      if ticks.count <= count { return ticks }
    }
    let every = (ticks.count + count - 1) / count
    return stride(from: 0, to: ticks.count, by: every).map { ticks[$0] }
  }

  /// The number of digits after the point that tells neighbours a step apart from each other.
  package static func digits(step: Double) -> Int {
    guard step.isFinite, step > 0 else { return 0 }
    return min(6, max(0, Int(ceil(-log10(step) - 1e-9))))
  }
}
