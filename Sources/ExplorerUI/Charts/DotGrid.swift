/// A raster for curves: 2×4 braille dots in each glyph, or one character where only ASCII is shown.
struct DotGrid {
  private let area: Rect
  private let unicode: Bool
  private var bits: [UInt8]
  private var styles: [Style]
  private var glyphs: [Unicode.Scalar]

  init(_ area: Rect, unicode: Bool) {
    self.area = area
    self.unicode = unicode
    bits = [UInt8](repeating: 0, count: area.width * area.height)
    styles = [Style](repeating: Style(), count: bits.count)
    glyphs = [Unicode.Scalar](repeating: "*", count: bits.count)
  }

  /// The number of dots across.
  var width: Int { area.width * (unicode ? 2 : 1) }
  /// The number of dots from top to bottom.
  var height: Int { area.height * (unicode ? 4 : 1) }

  /// Sets a dot; outside the raster nothing happens.
  mutating func set(_ x: Int, _ y: Int, style: Style, glyph: Unicode.Scalar = "*") {
    guard x >= 0, x < width, y >= 0, y < height else { return }
    let (column, row) = unicode ? (x / 2, y / 4) : (x, y)
    let index = row * area.width + column
    if unicode {
      // Braille numbers its dots down the columns, but the fourth row came later.
      let bit: [UInt8] = [1, 8, 2, 16, 4, 32, 64, 128]
      bits[index] |= bit[y % 4 * 2 + x % 2]
    } else {
      bits[index] = 1
    }
    styles[index] = style
    glyphs[index] = glyph
  }

  /// The glyph of the canvas that a dot lies in.
  func glyph(_ x: Int, _ y: Int) -> Point {
    Point(x: area.x + (unicode ? x / 2 : x), y: area.y + (unicode ? y / 4 : y))
  }

  /// Sets the dots between two places, both included (Bresenham), and returns the glyphs that they lie in.
  @discardableResult
  mutating func line(
    from start: (x: Int, y: Int), to end: (x: Int, y: Int), style: Style,
    glyph: Unicode.Scalar = "*"
  ) -> [Point] {
    var cells: [Point] = []
    let across = abs(end.x - start.x)
    let down = -abs(end.y - start.y)
    let (stepX, stepY) = (start.x < end.x ? 1 : -1, start.y < end.y ? 1 : -1)
    var (x, y, error) = (start.x, start.y, across + down)
    while true {
      set(x, y, style: style, glyph: glyph)
      let cell = self.glyph(x, y)
      if cells.last != cell { cells.append(cell) }
      if x == end.x, y == end.y { return cells }
      let doubled = 2 * error
      if doubled >= down {
        error += down
        x += stepX
      }
      if doubled <= across {
        error += across
        y += stepY
      }
    }
  }

  /// Draws the glyphs that have dots; the others stay as they are.
  func draw(on canvas: inout Canvas) {
    for index in bits.indices where bits[index] != 0 {
      let scalar = unicode ? Unicode.Scalar(0x2800 + UInt32(bits[index])) : glyphs[index]
      canvas[area.x + index % area.width, area.y + index / area.width] =
        Glyph(scalar ?? "*", style: styles[index])
    }
  }
}
