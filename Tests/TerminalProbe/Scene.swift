import ExplorerUI

/// What the probe draws.
enum Scene: String, CaseIterable {
  /// The events, newest last.
  case log
  /// Half blocks in many colours.
  case colors
  /// More pairs of colours than any terminal has, different in each frame.
  case flood
  /// Characters that must not reach a terminal, each between bars.
  case hostile
  /// Characters of two columns, whole, halved and cut by the edge.
  case wide
  /// Bold, dim, reverse and underlined text.
  case emphasis

  var next: Scene {
    let all = Self.allCases
    return all[((all.firstIndex(of: self) ?? 0) + 1) % all.count]
  }

  func draw(_ log: [String], frame: Int, on canvas: inout Canvas) {
    let size = canvas.size
    let first = "\(rawValue) \(size.width)x\(size.height)"
    switch self {
    case .log:
      break
    case .colors:
      Self.drawColors(on: &canvas)
    case .flood:
      for y in 2..<max(2, size.height) {
        for x in 0..<size.width {
          // Every glyph of every frame has two colours that no other has.
          let place = (frame * 1000 + y) * 1000 + x
          canvas[x, y] = Glyph("▀", style: Style(Self.ink(2 * place), on: Self.ink(2 * place + 1)))
        }
      }
    case .hostile:
      let hostile: [Unicode.Scalar] = [
        "\u{1B}", "\u{7}", "\n", "\u{7F}", "\u{9B}", "\u{202E}", "\u{200B}", "\u{301}", "\u{2028}",
        "\u{FEFF}", "\u{AD}", "\u{1160}", "\u{E0001}", "\u{378}", "字",
      ]
      for (index, scalar) in hostile.enumerated() {
        canvas[2 * index, 2] = Glyph("|")
        canvas[2 * index + 1, 2] = Glyph(scalar)
      }
      Self.write("end", at: Point(x: 2 * hostile.count, y: 2), on: &canvas)
    case .wide:
      Self.write("a", at: Point(x: 0, y: 2), on: &canvas)
      canvas[1, 2] = Glyph("字")
      canvas[2, 2] = Glyph(Glyph.continuation)
      Self.write("b", at: Point(x: 3, y: 2), on: &canvas)
      canvas[0, 3] = Glyph(Glyph.continuation)
      Self.write("c", at: Point(x: 1, y: 3), on: &canvas)
      canvas[size.width - 1, 4] = Glyph("字")
      Self.write("é▀⣿", at: Point(x: 0, y: 5), on: &canvas)
    case .emphasis:
      let styles: [Emphasis] = [.bold, .dim, .reverse, .underline]
      for (index, emphasis) in styles.enumerated() {
        Self.write("x", at: Point(x: index, y: 2), Style(.standard, emphasis), on: &canvas)
      }
    }
    Self.write(first, at: Point(x: 0, y: 0), on: &canvas)
    Self.write(log.last ?? "", at: Point(x: 0, y: 1), on: &canvas)
    if self == .log {
      for (index, line) in log.enumerated() {
        Self.write(line, at: Point(x: 0, y: 2 + index), on: &canvas)
      }
      Self.write("corner", at: Point(x: size.width - 6, y: size.height - 1), on: &canvas)
    }
  }

  /// 24 bits of colour for a number.
  private static func ink(_ number: Int) -> Ink {
    .rgb(
      red: UInt8(truncatingIfNeeded: number >> 16), green: UInt8(truncatingIfNeeded: number >> 8),
      blue: UInt8(truncatingIfNeeded: number))
  }

  private static func drawColors(on canvas: inout Canvas) {
    let inks: [Ink] = [
      .indexed(1), .indexed(9), .indexed(8), .indexed(196), .rgb(red: 255, green: 128, blue: 0),
      .rgb(red: 0, green: 0, blue: 0), .rgb(red: 0, green: 0, blue: 5),
    ]
    for (index, ink) in inks.enumerated() {
      canvas[index, 2] = Glyph("x", style: Style(ink))
      canvas[index, 3] = Glyph("x", style: Style(.standard, on: ink))
      canvas[index, 4] = Glyph("▀", style: Style(ink, on: .indexed(21)))
      canvas[index, 5] = Glyph("▀", style: Style(.indexed(21), on: ink))
    }
    canvas[0, 6] = Glyph("▀", style: Style(.indexed(21), on: .indexed(21)))
    canvas[1, 6] = Glyph("▀", style: Style(.indexed(21)))
  }

  private static func write(
    _ text: String, at point: Point, _ style: Style = Style(), on canvas: inout Canvas
  ) {
    for (index, scalar) in text.unicodeScalars.enumerated() {
      canvas[point.x + index, point.y] = Glyph(scalar, style: style)
    }
  }
}
