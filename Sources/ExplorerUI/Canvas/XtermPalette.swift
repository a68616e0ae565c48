/// The palette of xterm, which every terminal with 256 colours follows from 16 on.
package enum XtermPalette {
  /// 24 bits.
  package struct Color: Hashable, Sendable {
    package var red: UInt8
    package var green: UInt8
    package var blue: UInt8

    package init(red: UInt8, green: UInt8, blue: UInt8) {
      self.red = red
      self.green = green
      self.blue = blue
    }
  }

  private static let levels: [UInt8] = [0, 95, 135, 175, 215, 255]

  private static let theme: [Color] = [
    Color(red: 0, green: 0, blue: 0), Color(red: 205, green: 0, blue: 0),
    Color(red: 0, green: 205, blue: 0), Color(red: 205, green: 205, blue: 0),
    Color(red: 0, green: 0, blue: 238), Color(red: 205, green: 0, blue: 205),
    Color(red: 0, green: 205, blue: 205), Color(red: 229, green: 229, blue: 229),
    Color(red: 127, green: 127, blue: 127), Color(red: 255, green: 0, blue: 0),
    Color(red: 0, green: 255, blue: 0), Color(red: 255, green: 255, blue: 0),
    Color(red: 92, green: 92, blue: 255), Color(red: 255, green: 0, blue: 255),
    Color(red: 0, green: 255, blue: 255), Color(red: 255, green: 255, blue: 255),
  ]

  /// The colour at a place in the palette: 16 of a theme, a cube of 6 × 6 × 6, 24 greys.
  package static func color(_ index: UInt8) -> Color {
    switch index {
    case 0..<16:
      return theme[Int(index)]
    case 16..<232:
      let place = Int(index) - 16
      return Color(
        red: levels[place / 36], green: levels[place / 6 % 6], blue: levels[place % 6])
    default:
      let grey = 8 + 10 * (index - 232)
      return Color(red: grey, green: grey, blue: grey)
    }
  }

  /// How far apart two colours are, with the green difference counted most, as the eye does.
  package static func distance(_ first: Color, _ second: Color) -> Int {
    let red = Int(first.red) - Int(second.red)
    let green = Int(first.green) - Int(second.green)
    let blue = Int(first.blue) - Int(second.blue)
    return 3 * red * red + 4 * green * green + 2 * blue * blue
  }

  /// The nearest of the theme's 16, the first of several.
  package static func nearestOfTheme(to color: Color) -> UInt8 {
    var best = 0
    for index in theme.indices where distance(color, theme[index]) < distance(color, theme[best]) {
      best = index
    }
    return UInt8(best)
  }

  /// The nearest of 16–255, whose colours no theme changes.
  ///
  /// The distance is a sum over channels, so the nearest of the cube is nearest in each channel,
  /// and the nearest grey is nearest to the weighted mean.
  package static func nearestFixed(to color: Color) -> UInt8 {
    let cube =
      16 + 36 * nearestLevel(color.red) + 6 * nearestLevel(color.green) + nearestLevel(color.blue)
    let mean = (3 * Int(color.red) + 4 * Int(color.green) + 2 * Int(color.blue)) / 9
    let grey = 232 + min(23, max(0, (mean - 3) / 10))
    let candidates = [UInt8(cube), UInt8(grey)]
    return distance(color, Self.color(candidates[1])) < distance(color, Self.color(candidates[0]))
      ? candidates[1] : candidates[0]
  }

  private static func nearestLevel(_ value: UInt8) -> Int {
    switch value {
    case 0..<48: 0
    case 48..<115: 1
    default: (Int(value) - 35) / 40
    }
  }
}
