/// What a glyph shows over its background, in units of which a glyph is 16 wide and 32 high.
///
/// Blocks, shades, braille dots and lines are shapes, so that they meet without gaps whatever the font.
enum GlyphShape: Hashable {
  /// The width of a glyph.
  static let width = 16
  /// The height of a glyph.
  static let height = 32

  /// Nothing.
  case blank
  /// The foreground laid over the background with this share.
  case shade(Double)
  /// The foreground above, the background below; the upper part is this high.
  case upper(Int)
  /// Parts of the glyph in the foreground.
  case parts([Rect])
  /// A character of a font.
  case character

  /// Finds the shape of a character.
  init(_ scalar: Unicode.Scalar) {
    let value = scalar.value
    switch value {
    case 0x20, 0xA0, 0: self = .blank
    case 0x2580: self = .upper(16)
    case 0x2588: self = .shade(1)
    case 0x2581...0x2587:
      let height = 4 * Int(value - 0x2580)
      self = .parts([Rect(x: 0, y: 32 - height, width: 16, height: height)])
    case 0x2589...0x258F:
      self = .parts([Rect(x: 0, y: 0, width: 2 * Int(0x2590 - value), height: 32)])
    case 0x2590: self = .parts([Rect(x: 8, y: 0, width: 8, height: 32)])
    case 0x2591...0x2593: self = .shade(0.25 * Double(value - 0x2590))
    case 0x2594: self = .parts([Rect(x: 0, y: 0, width: 16, height: 4)])
    case 0x2595: self = .parts([Rect(x: 14, y: 0, width: 2, height: 32)])
    case 0x2596...0x259F: self = .parts(Self.quadrants(Int(value - 0x2596)))
    case 0x2800...0x28FF: self = .parts(Self.dots(value - 0x2800))
    default:
      self = Self.arms[value].map { .parts(Self.lines($0)) } ?? .character
    }
  }

  /// Upper left 1, upper right 2, lower left 4, lower right 8.
  private static func quadrants(_ index: Int) -> [Rect] {
    let sets = [4, 8, 1, 13, 9, 7, 11, 2, 6, 14]
    return (0..<4).filter { sets[index] >> $0 & 1 == 1 }.map {
      Rect(x: $0 % 2 * 8, y: $0 / 2 * 16, width: 8, height: 16)
    }
  }

  /// Braille numbers its dots down the columns, but the fourth row came later.
  private static func dots(_ bits: UInt32) -> [Rect] {
    let places = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3)]
    return places.enumerated().filter { bits >> UInt32($0.offset) & 1 == 1 }.map {
      Rect(x: 2 + 8 * $0.element.0, y: 2 + 8 * $0.element.1, width: 4, height: 4)
    }
  }

  // MARK: - Lines

  /// How thick a line runs from the middle of the glyph to each side: 0 none, 1 light, 2 heavy.
  private struct Arms {
    var left: Int
    var right: Int
    var up: Int
    var down: Int
  }

  private static let arms: [UInt32: Arms] = [
    ("─", 1, 1, 0, 0), ("━", 2, 2, 0, 0), ("│", 0, 0, 1, 1), ("┃", 0, 0, 2, 2),
    ("┌", 0, 1, 0, 1), ("┐", 1, 0, 0, 1), ("└", 0, 1, 1, 0), ("┘", 1, 0, 1, 0),
    ("╭", 0, 1, 0, 1), ("╮", 1, 0, 0, 1), ("╰", 0, 1, 1, 0), ("╯", 1, 0, 1, 0),
    ("├", 0, 1, 1, 1), ("┤", 1, 0, 1, 1), ("┬", 1, 1, 0, 1), ("┴", 1, 1, 1, 0),
    ("┼", 1, 1, 1, 1), ("╋", 2, 2, 2, 2), ("┏", 0, 2, 0, 2), ("┓", 2, 0, 0, 2),
    ("┗", 0, 2, 2, 0), ("┛", 2, 0, 2, 0), ("┣", 0, 2, 2, 2), ("┫", 2, 0, 2, 2),
    ("┳", 2, 2, 0, 2), ("┻", 2, 2, 2, 0), ("╴", 1, 0, 0, 0), ("╵", 0, 0, 1, 0),
    ("╶", 0, 1, 0, 0), ("╷", 0, 0, 0, 1), ("╸", 2, 0, 0, 0), ("╹", 0, 0, 2, 0),
    ("╺", 0, 2, 0, 0), ("╻", 0, 0, 0, 2),
  ].reduce(into: [:]) { (table, entry: (Unicode.Scalar, Int, Int, Int, Int)) in
    table[entry.0.value] = Arms(left: entry.1, right: entry.2, up: entry.3, down: entry.4)
  }

  private static func lines(_ arms: Arms) -> [Rect] {
    // The arms reach over the middle by half a line, so that corners are whole.
    let across = max(arms.up, arms.down)
    let along = max(arms.left, arms.right)
    var rects: [Rect] = []
    if arms.left > 0 || arms.right > 0 {
      let start = arms.left > 0 ? 0 : 8 - across
      let end = arms.right > 0 ? 16 : 8 + across
      rects.append(Rect(x: start, y: 16 - along, width: end - start, height: 2 * along))
    }
    if arms.up > 0 || arms.down > 0 {
      let start = arms.up > 0 ? 0 : 16 - along
      let end = arms.down > 0 ? 32 : 16 + along
      rects.append(Rect(x: 8 - across, y: start, width: 2 * across, height: end - start))
    }
    return rects
  }
}
