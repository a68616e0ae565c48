import HighwayNetworks

/// What `train` prints of an epoch.
enum EpochLine {
  static func text(_ metrics: EpochMetrics) -> String {
    let number = String(metrics.epoch)
    return "epoch " + String(repeating: " ", count: max(0, 3 - number.count)) + number
      + "  train loss \(NumberFormat.fixed(metrics.trainLoss, 4)) accuracy \(NumberFormat.fixed(metrics.trainAccuracy, 4))"
      + "  test loss \(NumberFormat.fixed(metrics.testLoss, 4)) accuracy \(NumberFormat.fixed(metrics.testAccuracy, 4))"
      + (metrics.epoch > 0 ? "  \(NumberFormat.fixed(metrics.seconds, 2)) s" : "")
  }
}
