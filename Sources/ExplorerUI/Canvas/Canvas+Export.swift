extension Canvas {
  /// The rows as plain text, without blanks at their ends.
  package func textRows() -> [String] {
    (0..<size.height).map { y in
      var row = String.UnicodeScalarView()
      for x in 0..<size.width where self[x, y].scalar != Glyph.continuation {
        row.append(self[x, y].scalar)
      }
      while row.last == " " { row.removeLast() }
      return String(row)
    }
  }

  /// The rows with escape sequences for colour and emphasis; each ends with a newline and with the
  /// style reset.
  package func ansi() -> String {
    var text = ""
    for y in 0..<size.height {
      var style = Style()
      for x in 0..<size.width {
        let glyph = self[x, y]
        if glyph.scalar == Glyph.continuation { continue }
        if glyph.style != style {
          text += Self.selectGraphicRendition(glyph.style)
          style = glyph.style
        }
        text.unicodeScalars.append(glyph.scalar)
      }
      text += style == Style() ? "\n" : "\u{1B}[0m\n"
    }
    return text
  }

  /// The sequence that sets a style, whatever was set before.
  private static func selectGraphicRendition(_ style: Style) -> String {
    var codes = ["0"]
    if style.emphasis.contains(.bold) { codes.append("1") }
    if style.emphasis.contains(.dim) { codes.append("2") }
    if style.emphasis.contains(.underline) { codes.append("4") }
    if style.emphasis.contains(.reverse) { codes.append("7") }
    codes += parameters(style.foreground, base: 30)
    codes += parameters(style.background, base: 40)
    return "\u{1B}[" + codes.joined(separator: ";") + "m"
  }

  private static func parameters(_ ink: Ink, base: Int) -> [String] {
    switch ink {
    case .standard: []
    case .indexed(let index) where index < 8: ["\(base + Int(index))"]
    case .indexed(let index) where index < 16: ["\(base + 60 + Int(index) - 8)"]
    case .indexed(let index): ["\(base + 8)", "5", "\(index)"]
    case .rgb(let red, let green, let blue): ["\(base + 8)", "2", "\(red)", "\(green)", "\(blue)"]
    }
  }
}
