import HighwayNetworks

/// For which share of the samples a gate is below the low threshold, above the high one, or between.
struct GateHabit {
  /// The share of samples with T below the low threshold.
  let closed: Double
  /// The share of samples with T above the high threshold.
  let open: Double
  private let thresholds: Thresholds
  private let gate: SignalStatistics

  /// The share of samples with T between the thresholds.
  var between: Double { 1 - closed - open }

  /// Reads what was counted with these thresholds; nil where there is no sample.
  init?(_ layer: LayerStatistics, unit: Int, thresholds: Thresholds) {
    let bins = LayerStatistics.histogramBins
    let total = layer.histogram[unit * bins..<(unit + 1) * bins].reduce(0.0) { $0 + Double($1) }
    guard total > 0 else { return nil }
    closed = Double(layer.carriedByUnit[unit]) / total
    open = Double(layer.transformedByUnit[unit]) / total
    self.thresholds = thresholds
    gate = layer.signals[0]
  }

  /// The habit in words, such as `T < 0.10 for 94 % of samples`.
  var words: String {
    let range = gate.range
    func value(_ share: Float) -> String {
      NumberFormat.fixed(range.lowerBound + share * (range.upperBound - range.lowerBound), 2)
    }
    let (letter, low, high) = (gate.signal.symbol, value(thresholds.low), value(thresholds.high))
    if closed >= 0.5 { return "\(letter) < \(low) for \(Self.share(closed)) samples" }
    if open >= 0.5 { return "\(letter) > \(high) for \(Self.share(open)) samples" }
    if between >= 0.5 {
      return "\(letter) from \(low) to \(high) for \(Self.share(between)) samples"
    }
    return
      "\(letter) < \(low) for \(Self.percent(closed)), \(letter) > \(high) for "
      + "\(Self.percent(open)) of samples"
  }

  private static func share(_ share: Double) -> String {
    share == 1 ? "all" : percent(share) + " of"
  }

  /// A share with one digit; only none is 0 %, and only all are 100 %.
  private static func percent(_ share: Double) -> String {
    let tenths = (share * 1000).rounded()
    if tenths == 0, share > 0 { return "less than 0.1 %" }
    if tenths == 1000, share < 1 { return "more than 99.9 %" }
    return NumberFormat.percent(share)
  }
}
