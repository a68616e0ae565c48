import ExplorerUI
import Testing

/// Whether texts and lines can be read on what they are drawn on.
@Suite struct ContrastTests {
  /// Grounds as terminals have them: black, and the dark and light ones that are met most.
  private static let backgrounds: [Ground: [XtermPalette.Color]] = [
    .dark: [color(0), color(0x12_141C), color(0x1E_1E1E), color(0x30_0A24)],
    .light: [color(0xFF_FFFF), color(0xFD_F6E3)],
    .print: [color(0xFF_FFFF)],
  ]

  private static func color(_ value: UInt32) -> XtermPalette.Color {
    XtermPalette.Color(
      red: UInt8(value >> 16), green: UInt8(value >> 8 & 0xFF), blue: UInt8(value & 0xFF))
  }

  /// Every style that words are written in.
  private static func texts(_ theme: Theme) -> [String: Style] {
    [
      "text": theme.text, "dim": theme.dim, "strong": theme.strong, "title": theme.title,
      "focus": theme.focus, "key": theme.key, "good": theme.good, "warning": theme.warning,
      "bad": theme.bad, "band": theme.band, "bandTitle": theme.bandTitle,
      "bandStrong": theme.bandStrong, "activeTab": theme.activeTab, "cursor": theme.cursor,
    ]
  }

  /// The least contrast of a style over the backgrounds of a ground.
  private static func contrast(
    _ style: Style, _ ground: Ground, _ found: ArraySlice<XtermPalette.Color>? = nil
  ) -> Double {
    (found ?? backgrounds[ground]?[...] ?? []).map { background in
      let ink = style.foreground.color ?? ground.foreground
      return ink.contrast(with: style.background.color ?? background)
    }.min() ?? 0
  }

  @Test(arguments: Ground.allCases, Capabilities.ColorDepth.allCases)
  func everyTextCanBeRead(ground: Ground, depth: Capabilities.ColorDepth) {
    let theme = Theme(Capabilities(colors: depth, ground: ground))
    // What 16 colours look like, and on what, is the terminal's: taken as xterm has them.
    let backgrounds = (Self.backgrounds[ground] ?? []).prefix(depth == .sixteen ? 1 : 4)
    for (name, style) in Self.texts(theme) {
      let found = Self.contrast(style, ground, backgrounds)
      #expect(found >= 4.5, "\(name): \(found)")
    }
  }

  /// WCAG 2 asks for 3 : 1 of what is no text; the names of curves are written in their colours.
  @Test(arguments: Ground.allCases, [Capabilities.ColorDepth.indexed256, .trueColor])
  func everyCurveCanBeSeen(ground: Ground, depth: Capabilities.ColorDepth) {
    let theme = Theme(Capabilities(colors: depth, ground: ground))
    for index in 0..<8 {
      let found = Self.contrast(theme.series(index), ground)
      #expect(found >= (ground == .dark ? 4.3 : 4.5), "curve \(index): \(found)")
    }
    #expect(Self.contrast(theme.rule, ground) >= 1.6)
    #expect(Set((0..<8).map { theme.series($0) }).count == 8)
  }

  @Test func everyMarkStandsOutFromItsColour() {
    for ground in Ground.allCases {
      let theme = Theme(Capabilities(ground: ground))
      for map in ColorMap.allCases {
        for ink in map.palette(.trueColor) {
          let style = theme.mark(on: ink)
          let found = style.foreground.color.flatMap { front in
            style.background.color.map(front.contrast)
          }
          #expect(found ?? 0 >= 4.5)
        }
      }
    }
  }

  @Test func theGroundIsTheNearerOne() {
    #expect(Ground(background: Self.color(0xFF_FFFF)) == .light)
    #expect(Ground(background: Self.color(0xFD_F6E3)) == .light)
    #expect(Ground(background: Self.color(0x00_2B36)) == .dark)
    #expect(Ground(background: Self.color(0)) == .dark)
  }
}
