/// How many columns a character takes on a terminal.
package enum CharacterWidth: Int, Sendable {
  /// Joins the character before it; never drawn.
  case none
  /// One column.
  case single
  /// Two columns.
  case double

  /// Looks up the width of a printable scalar, by East Asian Width and emoji presentation.
  package init(_ scalar: Unicode.Scalar) {
    if scalar.value < 0x300 {
      self = .single
      return
    }
    let category = scalar.properties.generalCategory
    if category == .nonspacingMark || category == .enclosingMark {
      self = .none
      return
    }
    if (0x1160...0x11FF).contains(scalar.value) {
      // Vowels and finals of conjoining Hangul sit inside the syllable's first glyph.
      self = .none
    } else if scalar.properties.isEmojiPresentation || Self.isWide(scalar.value) {
      self = .double
    } else {
      self = .single
    }
  }

  /// The blocks whose characters are wide or full-width, in order.
  private static let wideBlocks: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF,
    0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
    0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1_6FE0...0x1_B2FF, 0x1_F200...0x1_F265,
    0x2_0000...0x3_FFFD,
  ]

  private static func isWide(_ value: UInt32) -> Bool {
    guard value >= 0x1100 else { return false }
    return wideBlocks.contains { $0.contains(value) }
  }
}
