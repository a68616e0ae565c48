import HighwayNetworks

/// What `train` prints of an epoch.
enum EpochLine {
  /// A line; of a text it names perplexities.
  static func text(_ metrics: EpochMetrics, ofText: Bool = false) -> String {
    func words(_ value: Double, _ digits: Int = 4) -> String {
      value.isFinite ? NumberFormat.fixed(value, digits) : "not finite"
    }
    func part(_ name: String, _ loss: Double, _ accuracy: Double?) -> String {
      let rest = ofText ? "perplexity \(words(perplexity(loss), 2))" : nil
      let right = accuracy.map { "accuracy \(words($0))" }
      return "  \(name) loss \(words(loss)) "
        + [rest, right].compactMap { $0 }.joined(separator: " ")
    }
    let number = String(metrics.epoch)
    return "epoch " + String(repeating: " ", count: max(0, 3 - number.count)) + number
      + part("train", metrics.trainLoss, metrics.trainAccuracy)
      + (metrics.validationLoss.map { part("validation", $0, nil) } ?? "")
      + part("test", metrics.testLoss, metrics.testAccuracy)
      + (metrics.code.map {
        "  NLL \(words($0.nll, 2)) KL \(words($0.kl, 2)) weight \(words($0.klWeight, 3)) "
          + "active units \($0.activeUnits)"
      } ?? "")
      + (metrics.epoch > 0 ? "  \(NumberFormat.fixed(metrics.seconds, 2)) s" : "")
      + (metrics.exchangeSeconds.map { ", exchange \(NumberFormat.fixed($0, 2)) s" } ?? "")
  }
}
