/// A row of small bars, one for each value.
package struct Sparkline: Sendable {
  /// The values from left to right; nil and values that are not finite leave a gap.
  package var values: [Double?]
  /// The value of the lowest bar; nil takes the smallest.
  package var lower: Double?

  /// Describes a row of bars.
  package init(_ values: [Double?], lower: Double? = nil) {
    self.values = values
    self.lower = lower
  }

  /// Draws the bars from the left, one every `barWidth` columns, with a gap where there is room for one.
  package func draw(on canvas: inout Canvas, in rect: Rect, barWidth: Int, style: Style) {
    guard !rect.isEmpty, barWidth > 0 else { return }
    let finite = values.compactMap { $0 }.filter(\.isFinite)
    guard let smallest = finite.min(), let largest = finite.max() else { return }
    let low = lower ?? smallest
    let span = largest - low
    let ascii: [Unicode.Scalar] = ["_", ".", ":", "-", "=", "+", "*", "#"]
    for (index, value) in values.enumerated() {
      guard let value, value.isFinite else { continue }
      let fraction = span > 0 && span.isFinite ? min(max(0, (value - low) / span), 1) : 0.5
      let level = min(7, Int(fraction * 8))
      let scalar =
        canvas.capabilities.unicode ? Histogram.block(level + 1, of: 8) : ascii[level]
      for offset in 0..<max(1, barWidth - 1) where index * barWidth + offset < rect.width {
        canvas[rect.x + index * barWidth + offset, rect.y] = Glyph(scalar, style: style)
      }
    }
  }
}
