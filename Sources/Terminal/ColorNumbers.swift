package import ExplorerUI

/// How ``Ink`` becomes a colour number of the terminal.
package struct ColorNumbers: Hashable, Sendable {
  /// What the terminal takes a number for.
  package enum Meaning: Hashable, Sendable {
    /// A place in a palette of this many colours.
    case palette(Int)
    /// 24 bits of red, green and blue.
    case direct
  }

  /// The number that stands for the terminal's own foreground or background.
  package static let standard: Int32 = -1

  package let depth: Capabilities.ColorDepth
  package let meaning: Meaning

  package init(depth: Capabilities.ColorDepth, meaning: Meaning) {
    self.depth = depth
    self.meaning = meaning
  }

  /// The colour number for an ink, as near as the depth allows.
  package func number(for ink: Ink) -> Int32 {
    switch (ink, depth) {
    case (.standard, _), (_, .mono):
      Self.standard
    case (.indexed(let index), .sixteen):
      number(
        forIndex: index < 16 ? index : XtermPalette.nearestOfTheme(to: XtermPalette.color(index)))
    case (.indexed(let index), _):
      number(forIndex: index)
    case (.rgb(let red, let green, let blue), .trueColor):
      number(for: XtermPalette.Color(red: red, green: green, blue: blue))
    case (.rgb(let red, let green, let blue), .indexed256):
      // The first 16 are the theme's: nobody knows what they look like.
      number(
        forIndex: XtermPalette.nearestFixed(
          to: XtermPalette.Color(red: red, green: green, blue: blue)))
    case (.rgb(let red, let green, let blue), .sixteen):
      number(
        forIndex: XtermPalette.nearestOfTheme(
          to: XtermPalette.Color(red: red, green: green, blue: blue))
      )
    }
  }

  private func number(for color: XtermPalette.Color) -> Int32 {
    switch meaning {
    case .direct:
      return Int32(color.red) << 16 | Int32(color.green) << 8 | Int32(color.blue)
    case .palette:
      return number(forIndex: XtermPalette.nearestFixed(to: color))
    }
  }

  private func number(forIndex index: UInt8) -> Int32 {
    switch meaning {
    case .direct:
      return number(for: XtermPalette.color(index))
    case .palette(let count) where Int(index) < count:
      return Int32(index)
    case .palette(let count):
      let nearest =
        Int(index) < 16 ? index : XtermPalette.nearestOfTheme(to: XtermPalette.color(index))
      if Int(nearest) < count { return Int32(nearest) }
      // Eight colours: the bright ones fall on their dark twins. Bright black is a grey and must
      // not vanish.
      return nearest == 8 ? 7 : Int32(nearest & 7)
    }
  }
}
