import HighwayNetworks

/// A colour bar with the values at its ends and its middle, in one row.
package struct ColorLegend: Sendable {
  /// The scale that is explained.
  package var scale: ColorScale

  /// Explains a scale.
  package init(_ scale: ColorScale) { self.scale = scale }

  /// Draws the bar at the right end of a row and returns the number of columns used.
  @discardableResult
  package func draw(on canvas: inout Canvas, endingAt right: Int, y: Int, width: Int) -> Int {
    let theme = Theme(canvas.capabilities)
    let low = (scale.isClipped && scale.isDiverging ? sign("≤", canvas) : "") + format(scale.lower)
    let middle = format((scale.lower + scale.upper) / 2)
    let high = (scale.isClipped ? sign("≥", canvas) : "") + format(scale.upper)
    let full = low.count + middle.count + high.count + 4
    let short = low.count + high.count + 2
    guard width >= short + 4 else { return 0 }
    let withMiddle = width >= full + 10
    let bar = withMiddle ? min(20, width - full) / 2 * 2 : min(16, width - short)
    let used = bar + (withMiddle ? full : short)
    var x = right - used
    func text(_ text: String) {
      canvas.put(text, at: Point(x: x, y: y), style: theme.dim, width: text.count)
      x += text.count
    }
    func part(_ range: Range<Int>) {
      for step in range {
        canvas[x, y] = glyph(at: (Double(step) + 0.5) / Double(bar), canvas.capabilities)
        x += 1
      }
    }
    text(low + " ")
    part(0..<(withMiddle ? bar / 2 : bar))
    if withMiddle {
      text(" " + middle + " ")
      part(bar / 2..<bar)
    }
    text(" " + high)
    return used
  }

  private func glyph(at position: Double, _ capabilities: Capabilities) -> Glyph {
    guard let ink = scale.map.ink(at: position, depth: capabilities.colors) else {
      return scale.glyph(at: position, capabilities)
    }
    return capabilities.unicode
      ? Glyph("▆", style: Style(ink)) : Glyph(" ", style: Style(.standard, on: ink))
  }

  private func sign(_ sign: String, _ canvas: Canvas) -> String {
    canvas.capabilities.unicode ? sign : sign == "≤" ? "<=" : ">="
  }

  private func format(_ value: Float) -> String {
    if value == 0 { return "0" }
    if value == 1 { return "1" }
    let step = Double(scale.upper - scale.lower) / 10
    let text = NumberFormat.fixed(value, Ticks.digits(step: Ticks.roundStep(step)))
    let short = text.count <= 7 && !(value != 0 && Double(text) == 0)
    let shown = short ? text : NumberFormat.compact(value)
    return scale.isDiverging && value > 0 && !scale.isClipped ? "+" + shown : shown
  }
}
