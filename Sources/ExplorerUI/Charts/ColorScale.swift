/// The way from a value to what is shown for it: a colour map and the range that it spans.
package struct ColorScale: Hashable, Sendable {
  /// The colours.
  package let map: ColorMap
  /// The value at the low end.
  package let lower: Float
  /// The value at the high end; greater than ``lower``.
  package let upper: Float

  /// Whether a few values lie outside, as the legend then says.
  package private(set) var isClipped = false

  /// Whether the map tells negative from positive values.
  package var isDiverging: Bool { map == .vik }

  /// Spans [lower, upper]; an empty or endless range becomes [0, 1].
  package init(_ map: ColorMap, lower: Float, upper: Float) {
    let valid = lower.isFinite && upper.isFinite && (upper - lower).isFinite && lower < upper
    self.map = map
    self.lower = valid ? lower : 0
    self.upper = valid ? upper : 1
  }

  /// Spans round numbers just outside the values; symmetric about zero for a diverging map.
  package static func fitting(_ values: some Sequence<Float>, map: ColorMap) -> ColorScale {
    var low = Float.infinity
    var high = -Float.infinity
    for value in values where value.isFinite {
      low = min(low, value)
      high = max(high, value)
    }
    if map == .vik {
      let limit = low <= high ? Ticks.roundLimit(Double(max(low.magnitude, high.magnitude))) : 1
      return ColorScale(map, lower: Float(-limit), upper: Float(limit))
    }
    guard low <= high else { return ColorScale(map, lower: 0, upper: 1) }
    let range = Ticks.roundRange(Double(low), Double(high))
    return ColorScale(map, lower: Float(range.lowerBound), upper: Float(range.upperBound))
  }

  /// Spans all but a share of the largest values: from 0, or symmetrically about zero for a diverging map.
  ///
  /// One gate in a thousand that is far from the rest would leave no colours for the others.
  package static func clipping(
    _ share: Double, of values: some Sequence<Float>, map: ColorMap
  ) -> ColorScale {
    let sizes = values.lazy.map(\.magnitude).filter(\.isFinite)
    let largest = sizes.max() ?? 0
    guard largest > 0 else { return .fitting([0], map: map) }
    var counts = [Int](repeating: 0, count: 512)
    for size in sizes { counts[min(counts.count - 1, Int(size / largest * 512))] += 1 }
    var allowed = Int(Double(counts.reduce(0, +)) * share)
    var bin = counts.count - 1
    while bin > 0, counts[bin] <= allowed {
      allowed -= counts[bin]
      bin -= 1
    }
    var scale = ColorScale.fitting([0, largest * Float(bin + 1) / 512], map: map)
    scale.isClipped = largest > scale.upper
    return scale
  }

  /// Where a value lies in the range, in [0, 1]; nil for NaN.
  ///
  /// Values outside are clamped.
  package func position(_ value: Float) -> Double? {
    if value.isNaN { return nil }
    return min(max(0, (Double(value) - Double(lower)) / (Double(upper) - Double(lower))), 1)
  }
}
