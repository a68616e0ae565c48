/// Replaces what could disturb a terminal by U+FFFD and drops what takes no column.
///
/// Control characters, bidirectional and zero-width formatting, line separators, private-use and
/// unassigned characters are replaced; combining marks are dropped. Names from files go through here
/// before they reach a glyph.
package func sanitized(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    if let printable = printable(scalar) { result.append(printable) }
  }
  return String(result)
}

/// The number of columns that a text takes once sanitised, where characters beyond ASCII are shown.
package func columns(of text: String) -> Int {
  text.unicodeScalars.reduce(0) { sum, scalar in
    sum + (printable(scalar).map { CharacterWidth($0).rawValue } ?? 0)
  }
}

/// The scalar that stands for one from a text, or nil where none does.
private func printable(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
  if (0x20..<0x7F).contains(scalar.value) { return scalar }
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
    return "\u{FFFD}"
  case .nonspacingMark, .enclosingMark:
    return nil
  case .spaceSeparator:
    return " "
  default:
    return CharacterWidth(scalar) == .none ? nil : scalar
  }
}

/// The ASCII characters that stand for a scalar where nothing else can be shown.
private func asciiFolded(_ scalar: Unicode.Scalar) -> String {
  if scalar.isASCII { return String(scalar) }
  switch scalar {
  case "·", "•", "∙": return "."
  case "–", "—", "−", "─", "━": return "-"
  case "│", "┃", "▏", "▎", "▌", "▐": return "|"
  case "…": return "~"
  case "→", "▶", "▸", "›", "»": return ">"
  case "←", "◀", "‹", "«": return "<"
  case "↑", "▲": return "^"
  case "↓", "▼": return "v"
  case "●", "◆": return "*"
  case "○", "◌", "◇": return "o"
  case "±": return "+-"
  case "×": return "x"
  case "≤": return "<="
  case "≥": return ">="
  case "‘", "’": return "'"
  case "“", "”": return "\""
  case "η": return "eta"
  case "σ": return "sd"
  case "²": return "2"
  case "█", "▓", "■": return "#"
  case "▒": return "="
  case "░": return "."
  default: return "?"
  }
}

extension Canvas {
  /// Writes a text in one row and returns the number of columns used.
  ///
  /// The text is sanitised. Where it is longer than `width` columns (default: to the right edge) it is
  /// cut and ends in an ellipsis, `…` or `~`.
  @discardableResult
  package mutating func put(
    _ text: String, at point: Point, style: Style = Style(), width: Int? = nil
  ) -> Int {
    let limit = min(width ?? Int.max, size.width - point.x)
    guard limit > 0, point.y >= 0, point.y < size.height else { return 0 }
    var scalars: [Unicode.Scalar] = []
    var used = 0
    var cutCount = 0
    var cutWidth = 0
    for scalar in presented(text) {
      let wide = CharacterWidth(scalar).rawValue
      if used + wide > limit {
        // One column is given back for the ellipsis.
        scalars.removeSubrange(cutCount...)
        scalars.append(capabilities.unicode ? "…" : "~")
        used = cutWidth + 1
        break
      }
      scalars.append(scalar)
      used += wide
      if used <= limit - 1 {
        cutCount = scalars.count
        cutWidth = used
      }
    }
    var x = point.x
    for scalar in scalars {
      let wide = CharacterWidth(scalar) == .double
      set(scalar, wide: wide, at: Point(x: x, y: point.y), style: style)
      x += wide ? 2 : 1
    }
    return used
  }

  /// Writes lines below each other, as many as an area has rows.
  mutating func put(_ lines: [String], in rect: Rect, style: Style = Style()) {
    for (offset, line) in lines.prefix(max(0, rect.height)).enumerated() {
      put(line, at: Point(x: rect.x, y: rect.y + offset), style: style, width: rect.width)
    }
  }

  /// Writes a text so that it ends before the column `right` and returns the number of columns used.
  @discardableResult
  package mutating func put(
    _ text: String, endingAt right: Int, y: Int, style: Style = Style(), width: Int? = nil
  ) -> Int {
    let limit = max(0, min(width ?? Int.max, right))
    let used = min(limit, columns(shown: text))
    return put(text, at: Point(x: right - used, y: y), style: style, width: used)
  }

  /// The number of columns that a text takes on this canvas.
  package func columns(shown text: String) -> Int {
    presented(text).reduce(0) { $0 + CharacterWidth($1).rawValue }
  }

  private func presented(_ text: String) -> [Unicode.Scalar] {
    let clean = text.unicodeScalars.lazy.compactMap(printable)
    return capabilities.unicode
      ? Array(clean) : clean.flatMap { Array(asciiFolded($0).unicodeScalars) }
  }

  /// Writes one scalar; a wide character that is cut in half by it loses its other half too.
  private mutating func set(_ scalar: Unicode.Scalar, wide: Bool, at point: Point, style: Style) {
    let (x, y) = (point.x, point.y)
    if self[x, y].scalar == Glyph.continuation { self[x - 1, y].scalar = " " }
    self[x, y] = Glyph(scalar, style: style)
    var next = x + 1
    if wide {
      self[next, y] = Glyph(Glyph.continuation, style: style)
      next += 1
    }
    if self[next, y].scalar == Glyph.continuation { self[next, y].scalar = " " }
  }
}
