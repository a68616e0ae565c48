/// A colour as the terminal at hand is told it.
package enum Ink: Hashable, Sendable {
  /// The terminal's own foreground or background.
  case standard
  /// An entry of the terminal's palette: 0–15 are the theme's, 16–255 the fixed cube and greys.
  case indexed(UInt8)
  /// 24 bits.
  case rgb(red: UInt8, green: UInt8, blue: UInt8)
}

extension Ink {
  /// How light the ink looks, from 0 to 1; nil for the terminal's own colours.
  package var lightness: Double? {
    switch self {
    case .standard: return nil
    case .rgb(let red, let green, let blue):
      return (0.299 * Double(red) + 0.587 * Double(green) + 0.114 * Double(blue)) / 255
    case .indexed(let index):
      guard index >= 16 else { return nil }
      if index >= 232 { return (8 + 10 * Double(index - 232)) / 255 }
      let steps: [Double] = [0, 95, 135, 175, 215, 255]
      let cube = Int(index) - 16
      return (0.299 * steps[cube / 36] + 0.587 * steps[cube / 6 % 6] + 0.114 * steps[cube % 6])
        / 255
    }
  }
}

/// How a glyph is set apart where colour does not do it.
package struct Emphasis: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let bold = Emphasis(rawValue: 1)
  package static let dim = Emphasis(rawValue: 2)
  package static let reverse = Emphasis(rawValue: 4)
  package static let underline = Emphasis(rawValue: 8)
}

/// The colours and emphasis of a piece of text.
package struct Style: Hashable, Sendable {
  package var foreground: Ink
  package var background: Ink
  package var emphasis: Emphasis

  package init(
    _ foreground: Ink = .standard, on background: Ink = .standard, _ emphasis: Emphasis = []
  ) {
    self.foreground = foreground
    self.background = background
    self.emphasis = emphasis
  }
}

/// One column of one row.
package struct Glyph: Hashable, Sendable {
  /// What is shown; ``continuation`` in the right half of a wide character.
  package var scalar: Unicode.Scalar
  package var style: Style

  package init(_ scalar: Unicode.Scalar = " ", style: Style = Style()) {
    self.scalar = scalar
    self.style = style
  }

  /// Stands in the second column of a character that is two columns wide.
  package static let continuation: Unicode.Scalar = "\u{0}"
}

/// What the terminal at hand can show.
package struct Capabilities: Hashable, Sendable {
  package enum ColorDepth: Int, Hashable, Sendable, Comparable, CaseIterable {
    case mono
    case sixteen
    case indexed256
    case trueColor

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  package var colors: ColorDepth
  /// Whether characters beyond ASCII can be shown.
  package var unicode: Bool
  /// What texts and lines have to stand out from.
  package var ground: Ground
  /// Whether curves are lines, as in pictures, instead of dots in glyphs.
  package var drawsLines = false

  package init(colors: ColorDepth = .trueColor, unicode: Bool = true, ground: Ground = .dark) {
    self.colors = colors
    self.unicode = unicode
    self.ground = ground
  }
}
