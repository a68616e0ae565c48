package import ExplorerUI

/// A glyph as it is handed to the terminal.
package struct EncodedCell: Hashable, Sendable {
  package var scalar: Unicode.Scalar
  /// Colour numbers, see ``ColorNumbers``.
  package var foreground: Int32
  package var background: Int32
  package var emphasis: Emphasis
}

/// Turns the glyphs of a row into what the terminal is told, trusting none of them.
///
/// A control character, a direction mark or a character of no width would move everything behind
/// it, and a wide one without its right half would push the row over the edge: all are replaced
/// here, whatever a view has written.
package struct RowEncoder {
  /// Stands for what cannot be shown.
  package static let substitute: Unicode.Scalar = "?"

  private let unicode: Bool
  private let colors: ColorNumbers
  private let width: (Unicode.Scalar) -> Int
  private var lastStyle = Style()
  private var lastForeground = ColorNumbers.standard
  private var lastBackground = ColorNumbers.standard

  /// Makes an encoder for a terminal.
  ///
  /// `width` is the number of columns that the terminal's library gives a character beyond ASCII;
  /// below 1 for those that cannot stand alone.
  package init(unicode: Bool, colors: ColorNumbers, width: @escaping (Unicode.Scalar) -> Int) {
    self.unicode = unicode
    self.colors = colors
    self.width = width
  }

  /// Appends the row's glyphs without the right halves of wide characters.
  package mutating func encode(_ row: ArraySlice<Glyph>, into encoded: inout [EncodedCell]) {
    var index = row.startIndex
    while index < row.endIndex {
      let glyph = row[index]
      let hasRightHalf =
        index + 1 < row.endIndex && row[index + 1].scalar == Glyph.continuation
      let (scalar, columns) = displayed(glyph.scalar, hasRightHalf: hasRightHalf)
      encoded.append(encodedCell(scalar, glyph.style))
      index += columns
    }
  }

  private func displayed(
    _ scalar: Unicode.Scalar, hasRightHalf: Bool
  ) -> (scalar: Unicode.Scalar, columns: Int) {
    if scalar.value >= 0x20 && scalar.value < 0x7F { return (scalar, 1) }
    // A right half whose left half is gone.
    if scalar == Glyph.continuation { return (" ", 1) }
    guard unicode, Self.isShowable(scalar) else { return (Self.substitute, 1) }
    if Self.isKnownNarrow(scalar) { return (scalar, 1) }
    switch width(scalar) {
    case 1: return (scalar, 1)
    case 2 where hasRightHalf: return (scalar, 2)
    default: return (Self.substitute, 1)
    }
  }

  /// Whether a character stands by itself and changes nothing around it.
  package static func isShowable(_ scalar: Unicode.Scalar) -> Bool {
    if isKnownNarrow(scalar) { return true }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .lineSeparator, .paragraphSeparator, .nonspacingMark,
      .enclosingMark, .spacingMark, .unassigned:
      return false
    default:
      return true
    }
  }

  /// Box drawing, blocks and braille: what charts are made of, and one column everywhere.
  private static func isKnownNarrow(_ scalar: Unicode.Scalar) -> Bool {
    (0x2500...0x259F).contains(scalar.value) || (0x2800...0x28FF).contains(scalar.value)
  }

  private mutating func encodedCell(_ scalar: Unicode.Scalar, _ style: Style) -> EncodedCell {
    if style != lastStyle {
      lastStyle = style
      lastForeground = colors.number(for: style.foreground)
      lastBackground = colors.number(for: style.background)
    }
    var glyph = EncodedCell(
      scalar: scalar, foreground: lastForeground, background: lastBackground,
      emphasis: style.emphasis)
    shareColorPairs(&glyph)
    return glyph
  }

  /// Rewrites a glyph to look the same with fewer different pairs.
  ///
  /// An upper half block is a lower one with its colours exchanged; halves of one colour are a
  /// space; a space has no foreground. Bold and dim act on the foreground alone, and the terminal's
  /// own foreground and background are two colours: such glyphs stay as they are.
  private func shareColorPairs(_ glyph: inout EncodedCell) {
    guard glyph.emphasis.isEmpty else { return }
    if glyph.scalar == " " {
      glyph.foreground = ColorNumbers.standard
      return
    }
    guard glyph.scalar == "▀" || glyph.scalar == "▄" else { return }
    guard glyph.foreground != ColorNumbers.standard, glyph.background != ColorNumbers.standard
    else {
      return
    }
    if glyph.foreground == glyph.background {
      glyph.scalar = " "
      glyph.foreground = ColorNumbers.standard
    } else if glyph.foreground > glyph.background {
      glyph.scalar = glyph.scalar == "▀" ? "▄" : "▀"
      (glyph.foreground, glyph.background) = (glyph.background, glyph.foreground)
    }
  }
}
