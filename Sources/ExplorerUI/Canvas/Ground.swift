import Libc

/// What is drawn on, which decides the colours of texts and lines; those of values stay the same.
package enum Ground: String, Hashable, Sendable, CaseIterable {
  /// A dark screen.
  case dark
  /// A light screen.
  case light
  /// Paper: texts are black and grey, so that only what is measured has colours.
  case print

  /// Takes a colour for the ground that it is nearest to.
  package init(background: XtermPalette.Color) {
    let white = XtermPalette.Color(red: 255, green: 255, blue: 255)
    let black = XtermPalette.Color(red: 0, green: 0, blue: 0)
    self = background.contrast(with: black) > background.contrast(with: white) ? .light : .dark
  }

  /// The colour of a picture that shows the terminal's own background.
  package var background: XtermPalette.Color {
    switch self {
    case .dark: XtermPalette.Color(red: 0x12, green: 0x14, blue: 0x1C)
    case .light, .print: XtermPalette.Color(red: 0xFF, green: 0xFF, blue: 0xFF)
    }
  }

  /// The colour of a picture that shows the terminal's own foreground.
  package var foreground: XtermPalette.Color {
    switch self {
    case .dark: XtermPalette.Color(red: 0xD8, green: 0xDB, blue: 0xE6)
    case .light: XtermPalette.Color(red: 0x1B, green: 0x1E, blue: 0x28)
    case .print: XtermPalette.Color(red: 0, green: 0, blue: 0)
    }
  }
}

extension XtermPalette.Color {
  /// The relative luminance of WCAG 2, from 0 to 1.
  package var luminance: Double {
    0.2126 * Self.linear(red) + 0.7152 * Self.linear(green) + 0.0722 * Self.linear(blue)
  }

  /// The contrast of two colours by WCAG 2, from 1 to 21.
  package func contrast(with other: XtermPalette.Color) -> Double {
    let (one, two) = (luminance, other.luminance)
    return (max(one, two) + 0.05) / (min(one, two) + 0.05)
  }

  private static func linear(_ channel: UInt8) -> Double {
    let share = Double(channel) / 255
    return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
  }
}

extension Ink {
  /// The colour that is shown; nil for the terminal's own.
  package var color: XtermPalette.Color? {
    switch self {
    case .standard: nil
    case .indexed(let index): XtermPalette.color(index)
    case .rgb(let red, let green, let blue): XtermPalette.Color(red: red, green: green, blue: blue)
    }
  }
}
