import HighwayNetworks

/// For how many samples a gate is closed, open or between, as far as its histogram tells.
///
/// A threshold may lie within a bin: a share is then known between two bounds.
struct GateHabit {
  /// The share of samples with T below the low threshold.
  let closed: ClosedRange<Double>
  /// The share of samples with T above the high threshold.
  let open: ClosedRange<Double>

  /// The share of samples with T between the thresholds.
  var between: ClosedRange<Double> {
    let low = max(0, 1 - closed.upperBound - open.upperBound)
    return low...max(low, 1 - closed.lowerBound - open.lowerBound)
  }

  /// Reads a unit's histogram; nil where it holds no sample.
  init?(_ layer: LayerStatistics, unit: Int, thresholds: Thresholds) {
    let bins = LayerStatistics.histogramBins
    let counts = layer.histogram[unit * bins..<(unit + 1) * bins].map(Double.init)
    let total = counts.reduce(0, +)
    guard total > 0 else { return nil }
    let (low, high) = (thresholds.low, thresholds.high)
    var (surelyClosed, perhapsClosed, surelyOpen, perhapsOpen) = (0.0, 0.0, 0.0, 0.0)
    for (bin, count) in counts.enumerated() {
      let (start, end) = (Float(bin) / Float(bins), Float(bin + 1) / Float(bins))
      if end <= low { surelyClosed += count }
      if start < low { perhapsClosed += count }
      if start > high { surelyOpen += count }
      if end > high { perhapsOpen += count }
    }
    // The extremes are exact and settle what the bins leave open.
    let (least, most) = (layer.minT[unit], layer.maxT[unit])
    if most < low { surelyClosed = total }
    if least >= low { perhapsClosed = 0 }
    if least > high { surelyOpen = total }
    if most <= high { perhapsOpen = 0 }
    closed = min(surelyClosed, perhapsClosed) / total...perhapsClosed / total
    open = min(surelyOpen, perhapsOpen) / total...perhapsOpen / total
  }

  /// The habit in words, such as `closed for 94 % of samples`.
  var words: String {
    if closed.lowerBound >= 0.5 { return "closed for \(Self.share(closed)) samples" }
    if open.lowerBound >= 0.5 { return "open for \(Self.share(open)) samples" }
    if between.lowerBound >= 0.5 {
      return "neither closed nor open for \(Self.share(between)) samples"
    }
    return "closed for \(Self.percent(closed)), open for \(Self.percent(open)) of samples"
  }

  private static func share(_ range: ClosedRange<Double>) -> String {
    range.lowerBound >= 1 ? "all" : percent(range) + " of"
  }

  private static func percent(_ range: ClosedRange<Double>) -> String {
    if range.upperBound == 0 { return "none" }
    let low = Int((range.lowerBound * 100).rounded())
    if low == Int((range.upperBound * 100).rounded()) {
      if low == 100, range.lowerBound < 1 { return "more than 99 %" }
      return low == 0 ? "less than 1 %" : "\(low) %"
    }
    return
      "\(Int((range.lowerBound * 100).rounded(.down)))–\(Int((range.upperBound * 100).rounded(.up))) %"
  }
}
