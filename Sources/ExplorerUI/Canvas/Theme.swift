/// The colours of the program by what they mean, for the terminal at hand.
///
/// Texts have a contrast of at least 4.5 : 1 with the ground, as WCAG 2 asks for.
package struct Theme: Hashable, Sendable {
  private let depth: Capabilities.ColorDepth
  private let ground: Ground

  /// Resolves the colours for a terminal.
  package init(_ capabilities: Capabilities) {
    depth = capabilities.colors
    ground = capabilities.ground
  }

  /// A colour for each depth.
  private struct Tone {
    var rgb: UInt32
    var indexed: UInt8
    /// The entry among 16, whose colours are another's choice; nil where none can be relied on.
    var sixteen: UInt8?

    init(_ rgb: UInt32, _ indexed: UInt8, _ sixteen: UInt8? = nil) {
      self.rgb = rgb
      self.indexed = indexed
      self.sixteen = sixteen
    }

    static let black = Tone(0, 16)
    static let white = Tone(0xFF_FFFF, 231)
  }

  /// The colour for the ground; on paper that for a light screen where there is none of its own.
  private func ink(_ dark: Tone, _ light: Tone, print: Tone? = nil) -> Ink {
    let tone =
      switch ground {
      case .dark: dark
      case .light: light
      case .print: print ?? light
      }
    switch depth {
    case .mono: return .standard
    case .sixteen: return tone.sixteen.map(Ink.indexed) ?? .standard
    case .indexed256: return .indexed(tone.indexed)
    case .trueColor:
      return .rgb(
        red: UInt8((tone.rgb >> 16) & 0xFF), green: UInt8((tone.rgb >> 8) & 0xFF),
        blue: UInt8(tone.rgb & 0xFF))
    }
  }

  /// Ordinary text.
  package var text: Style { Style() }
  /// Labels, axes and what is not urgent.
  package var dim: Style {
    depth <= .sixteen
      ? Style(.standard, on: .standard, .dim)
      : Style(ink(Tone(0x8A_8FA3, 245), Tone(0x5A_5F73, 240), print: Tone(0x44_4444, 238)))
  }
  /// Numbers that were asked for.
  package var strong: Style { Style(.standard, on: .standard, .bold) }
  /// Titles of panels.
  package var title: Style {
    Style(
      ink(Tone(0x57_B0F0, 75, 6), Tone(0x1F_5FA8, 25, 4), print: .black), on: .standard, .bold)
  }
  /// The title of the panel that the keys act on.
  package var focus: Style { key }
  /// Lines between areas.
  package var rule: Style {
    depth <= .sixteen
      ? Style(.standard, on: .standard, .dim)
      : Style(ink(Tone(0x3D_4256, 238), Tone(0xA9_AEBD, 249), print: Tone(0x80_8080, 244)))
  }
  /// A key in the footer.
  package var key: Style {
    Style(
      ink(Tone(0xEC_B22E, 178, 3), Tone(0x7F_5500, 94, 5), print: .black), on: .standard, .bold)
  }
  /// Something that went well.
  package var good: Style { Style(ink(Tone(0x4C_C26C, 71, 2), Tone(0x1A_7331, 22))) }
  /// Something to look at, such as work that is not saved.
  package var warning: Style {
    Style(ink(Tone(0xF0_8C3A, 208, 3), Tone(0xA3_4100, 124, 1)), on: .standard, .bold)
  }
  /// Something that failed.
  package var bad: Style {
    Style(ink(Tone(0xFF_6B6B, 203, 9), Tone(0xB8_1C28, 160, 1)), on: .standard, .bold)
  }

  /// The bands at the head and the foot of the screen.
  package var band: Style {
    depth <= .sixteen
      ? Style(.standard, on: .standard, depth == .mono ? [.reverse] : [.bold])
      : Style(
        ink(Tone(0xC9_CEDD, 252), Tone(0x2B_2F3B, 236)),
        on: ink(Tone(0x26_2A38, 236), Tone(0xE3_E6EE, 254)))
  }
  /// The program's name in the band.
  package var bandTitle: Style {
    var style = band
    style.foreground = ink(Tone(0xFF_D166, 221, 3), Tone(0x74_4B00, 58, 5))
    style.emphasis.insert(.bold)
    return style
  }
  /// Names in the band.
  package var bandStrong: Style {
    var style = band
    style.foreground = ink(.white, .black)
    style.emphasis.insert(.bold)
    return style
  }
  /// The tab of the view that is open.
  package var activeTab: Style {
    depth <= .sixteen
      ? Style(.standard, on: .standard, [.reverse, .bold])
      : Style(
        ink(Tone(0x14_1620, 234), .white), on: ink(Tone(0x7F_C8F8, 117), Tone(0x1F_5FA8, 25)),
        .bold)
  }
  /// The mark of the cursor in margins: seen at every colour depth.
  package var cursor: Style {
    depth <= .sixteen
      ? Style(.standard, on: .standard, [.reverse, .bold])
      : Style(
        ink(Tone(0x14_1620, 234), .white), on: ink(Tone(0xFF_D166, 221), Tone(0x7F_5500, 94)),
        .bold)
  }

  /// A mark that stands out from a colour of a map and leaves it to be seen.
  package func mark(on value: Ink) -> Style {
    let isLight = value.color.map { Ground(background: $0) == .light } ?? (ground != .dark)
    let tone: Tone = isLight ? .black : .white
    return Style(ink(tone, tone), on: value, .bold)
  }

  /// The colours of curves, told apart by every kind of eye (after Okabe and Ito, darker on light grounds);
  /// they repeat after eight.
  package func series(_ index: Int) -> Style {
    switch ((index % 8) + 8) % 8 {
    case 0: Style(ink(Tone(0xE6_9F00, 214, 3), Tone(0x8F_6200, 94, 1)))
    case 1: Style(ink(Tone(0x56_B4E9, 74, 6), Tone(0x00_68A8, 25, 4)))
    case 2: Style(ink(Tone(0x00_9E73, 36, 2), Tone(0x00_705A, 23)))
    case 3: Style(ink(Tone(0xE5_8BC0, 175, 5), Tone(0xA6_458A, 126, 5)))
    case 4: Style(ink(Tone(0xF0_E442, 227, 7), Tone(0x66_6A00, 58)))
    case 5: Style(ink(Tone(0xF0_453A, 203, 1), Tone(0xBF_3F00, 124, 1)))
    // A red farther from the orange than theirs, a violet farther from the sky blue than their blue, and a grey in
    // place of their black.
    case 6: Style(ink(Tone(0x8F_70F5, 141, 12), Tone(0x3A_4FC4, 62, 4)))
    default: Style(ink(Tone(0xB8_B8B8, 250), Tone(0x5F_5F5F, 59)))
    }
  }
}
