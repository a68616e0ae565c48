import HighwayNetworks

/// The axis below a histogram of a gate: the ends and the middle of the values that it can take.
enum GateAxis {
  static func draw(
    _ range: ClosedRange<Float>, on canvas: inout Canvas, from x: Int, width: Int, y: Int
  ) {
    let style = Theme(canvas.capabilities).dim
    let middle = (range.lowerBound + range.upperBound) / 2
    canvas.put(text(range.lowerBound), at: Point(x: x, y: y), style: style)
    canvas.put(text(middle), at: Point(x: x + width / 2 - 1, y: y), style: style)
    canvas.put(text(range.upperBound), endingAt: x + width, y: y, style: style)
  }

  /// A value in as few characters as say it.
  private static func text(_ value: Float) -> String {
    if value.magnitude < 1_000, let whole = Int(exactly: value) { return String(whole) }
    let (exact, compact) = ("\(value)", NumberFormat.compact(value))
    return exact.count <= compact.count ? exact : compact
  }
}
