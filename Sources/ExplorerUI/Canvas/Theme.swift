/// The colours of the program by what they mean, for the terminal at hand.
package struct Theme: Hashable, Sendable {
  private let depth: Capabilities.ColorDepth

  /// Resolves the colours for a terminal.
  package init(_ capabilities: Capabilities) { depth = capabilities.colors }

  private func ink(_ rgb: UInt32, _ indexed: UInt8, _ sixteen: Ink = .standard) -> Ink {
    switch depth {
    case .mono: .standard
    case .sixteen: sixteen
    case .indexed256: .indexed(indexed)
    case .trueColor:
      .rgb(
        red: UInt8((rgb >> 16) & 0xFF), green: UInt8((rgb >> 8) & 0xFF), blue: UInt8(rgb & 0xFF))
    }
  }

  /// Ordinary text.
  package var text: Style { Style() }
  /// Labels, axes and what is not urgent.
  package var dim: Style {
    depth <= .sixteen ? Style(.standard, on: .standard, .dim) : Style(ink(0x8A_8FA3, 245))
  }
  /// Numbers that were asked for.
  package var strong: Style { Style(.standard, on: .standard, .bold) }
  /// Titles of panels.
  package var title: Style { Style(ink(0x57_B0F0, 75, .indexed(6)), on: .standard, .bold) }
  /// The title of the panel that the keys act on.
  package var focus: Style { Style(ink(0xEC_B22E, 178, .indexed(3)), on: .standard, .bold) }
  /// Lines between areas.
  package var rule: Style {
    depth <= .sixteen ? Style(.standard, on: .standard, .dim) : Style(ink(0x3D_4256, 238))
  }
  /// A key in the footer.
  package var key: Style { Style(ink(0xEC_B22E, 178, .indexed(3)), on: .standard, .bold) }
  /// Something that went well.
  package var good: Style { Style(ink(0x4C_C26C, 71, .indexed(2))) }
  /// Something to look at, such as work that is not saved.
  package var warning: Style { Style(ink(0xF0_8C3A, 208, .indexed(3)), on: .standard, .bold) }
  /// Something that failed.
  package var bad: Style { Style(ink(0xFF_6B6B, 203, .indexed(1)), on: .standard, .bold) }

  /// The bands at the head and the foot of the screen.
  package var band: Style {
    depth <= .sixteen
      ? Style(.standard, on: .standard, depth == .mono ? [.reverse] : [.bold])
      : Style(ink(0xC9_CEDD, 252), on: ink(0x26_2A38, 236))
  }
  /// The program's name in the band.
  package var bandTitle: Style {
    var style = band
    style.foreground = ink(0xFF_D166, 221, .indexed(3))
    style.emphasis.insert(.bold)
    return style
  }
  /// Names in the band.
  package var bandStrong: Style {
    var style = band
    style.foreground = ink(0xFF_FFFF, 231)
    style.emphasis.insert(.bold)
    return style
  }
  /// The tab of the view that is open.
  package var activeTab: Style {
    depth <= .sixteen
      ? Style(.standard, on: .standard, [.reverse, .bold])
      : Style(ink(0x14_1620, 234), on: ink(0x7F_C8F8, 117), .bold)
  }
  /// The mark of the cursor in margins: seen at every colour depth.
  package var cursor: Style {
    depth <= .sixteen
      ? Style(.standard, on: .standard, [.reverse, .bold])
      : Style(ink(0x14_1620, 234), on: ink(0xFF_D166, 221), .bold)
  }

  /// A mark that stands out from a colour of a map and leaves it to be seen.
  package func mark(on value: Ink) -> Style {
    let isLight = (value.lightness ?? 0) > 0.5
    return Style(isLight ? ink(0x00_0000, 16) : ink(0xFF_FFFF, 231), on: value, .bold)
  }

  /// The colours of curves, told apart by every kind of eye (after Okabe and Ito); they repeat
  /// after eight.
  package func series(_ index: Int) -> Style {
    switch ((index % 8) + 8) % 8 {
    case 0: Style(ink(0xE6_9F00, 214, .indexed(3)))
    case 1: Style(ink(0x56_B4E9, 74, .indexed(6)))
    case 2: Style(ink(0x00_9E73, 36, .indexed(2)))
    case 3: Style(ink(0xE5_8BC0, 175, .indexed(5)))
    case 4: Style(ink(0xF0_E442, 227, .indexed(7)))
    // A red farther from the orange than theirs, a violet farther from the sky blue than their blue, and a grey in
    // place of their black.
    case 5: Style(ink(0xE0_3C31, 160, .indexed(1)))
    case 6: Style(ink(0x7F_5AF0, 99, .indexed(4)))
    default: Style(ink(0xB8_B8B8, 250))
    }
  }
}
