extension Canvas {
  /// Fills an area with one character.
  package mutating func fill(_ rect: Rect, _ scalar: Unicode.Scalar = " ", style: Style = Style()) {
    for y in max(0, rect.y)..<max(0, rect.y, min(rect.maxY, size.height)) {
      for x in max(0, rect.x)..<max(0, rect.x, min(rect.maxX, size.width)) {
        self[x, y] = Glyph(scalar, style: style)
      }
    }
  }

  /// Draws a vertical line.
  package mutating func verticalRule(x: Int, from top: Int, to bottom: Int, style: Style) {
    for y in top..<max(top, bottom) {
      self[x, y] = Glyph(capabilities.unicode ? "│" : "|", style: style)
    }
  }

  /// Draws a horizontal line.
  package mutating func horizontalRule(y: Int, from left: Int, to right: Int, style: Style) {
    for x in left..<max(left, right) {
      self[x, y] = Glyph(capabilities.unicode ? "─" : "-", style: style)
    }
  }

  /// Clears an area and draws a box with rounded corners and a title around it.
  package mutating func box(_ rect: Rect, title: String, style: Style, titleStyle: Style) {
    guard rect.width >= 2, rect.height >= 2 else { return }
    fill(rect)
    horizontalRule(y: rect.y, from: rect.x, to: rect.maxX, style: style)
    horizontalRule(y: rect.maxY - 1, from: rect.x, to: rect.maxX, style: style)
    verticalRule(x: rect.x, from: rect.y, to: rect.maxY, style: style)
    verticalRule(x: rect.maxX - 1, from: rect.y, to: rect.maxY, style: style)
    let corners: [Unicode.Scalar] =
      capabilities.unicode ? ["╭", "╮", "╰", "╯"] : ["+", "+", "+", "+"]
    self[rect.x, rect.y].scalar = corners[0]
    self[rect.maxX - 1, rect.y].scalar = corners[1]
    self[rect.x, rect.maxY - 1].scalar = corners[2]
    self[rect.maxX - 1, rect.maxY - 1].scalar = corners[3]
    guard rect.width >= 8 else { return }
    put(" \(title) ", at: Point(x: rect.x + 2, y: rect.y), style: titleStyle, width: rect.width - 4)
  }
}
