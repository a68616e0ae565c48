import HighwayNetworks

/// What `train` prints of an epoch.
enum EpochLine {
  static func text(_ metrics: EpochMetrics) -> String {
    let number = String(metrics.epoch)
    return "epoch " + String(repeating: " ", count: max(0, 3 - number.count)) + number
      + "  train loss \(fixed(metrics.trainLoss, 4)) accuracy \(fixed(metrics.trainAccuracy, 4))"
      + "  test loss \(fixed(metrics.testLoss, 4)) accuracy \(fixed(metrics.testAccuracy, 4))"
      + (metrics.epoch > 0 ? "  \(fixed(metrics.seconds, 2)) s" : "")
  }
}
