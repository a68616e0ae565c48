import HighwayNetworks

/// What `train` prints of an epoch.
enum EpochLine {
  static func text(_ metrics: EpochMetrics) -> String {
    func words(_ value: Double) -> String {
      value.isFinite ? NumberFormat.fixed(value, 4) : "not finite"
    }
    let number = String(metrics.epoch)
    return "epoch " + String(repeating: " ", count: max(0, 3 - number.count)) + number
      + "  train loss \(words(metrics.trainLoss)) accuracy \(words(metrics.trainAccuracy))"
      + "  test loss \(words(metrics.testLoss)) accuracy \(words(metrics.testAccuracy))"
      + (metrics.epoch > 0 ? "  \(NumberFormat.fixed(metrics.seconds, 2)) s" : "")
  }
}
