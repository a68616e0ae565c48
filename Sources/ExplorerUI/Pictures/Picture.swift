/// A canvas with its colours resolved and its glyphs taken apart into areas and texts.
///
/// Lengths are in units of which a glyph is 16 wide and 32 high.
struct Picture {
  /// An area of one colour.
  struct Fill: Hashable {
    var rect: Rect
    var color: XtermPalette.Color
  }

  /// Characters of one style side by side.
  struct Run: Hashable {
    /// The column and row of the first glyph.
    var position: Point
    /// How many glyphs the characters take.
    var columns: Int
    /// The characters.
    var scalars: [Unicode.Scalar]
    var color: XtermPalette.Color
    var isBold: Bool
    var isUnderlined: Bool

    /// What the glyphs take.
    var area: Rect {
      Rect(
        x: position.x * GlyphShape.width, y: position.y * GlyphShape.height,
        width: columns * GlyphShape.width, height: GlyphShape.height)
    }

    /// The characters as a text.
    var text: String {
      var text = String.UnicodeScalarView()
      text.append(contentsOf: scalars)
      return String(text)
    }
  }

  /// The size of the letters.
  static let fontSize = 26
  /// Where letters stand below the top of their row.
  static let baseline = 24

  /// The colours that the terminal would choose.
  let background: XtermPalette.Color
  private let foreground: XtermPalette.Color

  let canvas: Canvas

  init(_ canvas: Canvas) {
    self.canvas = canvas
    background = canvas.capabilities.ground.background
    foreground = canvas.capabilities.ground.foreground
  }

  /// A line of one colour.
  struct Line: Hashable {
    var places: [CanvasLine.Place]
    var color: XtermPalette.Color

    /// How thick lines are.
    static let thickness = 3.0
  }

  /// The lines over everything but the texts.
  var lines: [Line] {
    let (width, height) = (Double(GlyphShape.width), Double(GlyphShape.height))
    return canvas.lines.map { line in
      Line(
        places: line.places.map { CanvasLine.Place(x: $0.x * width, y: $0.y * height) },
        color: colors(line.style).ink)
    }
  }

  /// The width of the whole picture.
  var width: Int { canvas.size.width * GlyphShape.width }
  /// The height of the whole picture.
  var height: Int { canvas.size.height * GlyphShape.height }

  /// What lies behind, and the shapes on it, of one row of glyphs; the shapes cover what is behind them.
  func fills(row: Int) -> (behind: [Fill], shapes: [Fill]) {
    var behind: [Fill] = []
    var shapes: [Fill] = []
    let y = row * GlyphShape.height
    for x in 0..<canvas.size.width {
      let glyph = canvas[x, row]
      let (ink, paper) = colors(glyph.style)
      let left = x * GlyphShape.width
      func behindCell(_ color: XtermPalette.Color, from top: Int = 0, to bottom: Int = 32) {
        let rect = Rect(x: left, y: y + top, width: GlyphShape.width, height: bottom - top)
        if color != background { behind.append(Fill(rect: rect, color: color)) }
      }
      switch GlyphShape(glyph.scalar) {
      case .blank, .character: behindCell(paper)
      case .shade(let share): behindCell(Self.blend(ink, over: paper, share))
      case .upper(let part):
        behindCell(ink, to: part)
        behindCell(paper, from: part)
      case .parts(let parts):
        behindCell(paper)
        shapes += parts.map { part in
          let rect = Rect(
            x: left + part.x, y: y + part.y, width: part.width, height: part.height)
          return Fill(rect: rect, color: ink)
        }
      }
    }
    return (Self.joinedAcross(behind), Self.joinedAcross(shapes))
  }

  /// The texts of one row of glyphs; a single blank does not end one.
  func runs(row: Int) -> [Run] {
    var runs: [Run] = []
    var x = 0
    while x < canvas.size.width {
      let glyph = canvas[x, row]
      let isWide = canvas[x + 1, row].scalar == Glyph.continuation && x + 1 < canvas.size.width
      let columns = isWide ? 2 : 1
      defer { x += columns }
      guard GlyphShape(glyph.scalar) == .character else { continue }
      let run = Run(
        position: Point(x: x, y: row), columns: columns,
        scalars: sanitized(String(glyph.scalar)).unicodeScalars.map { $0 },
        color: colors(glyph.style).ink, isBold: glyph.style.emphasis.contains(.bold),
        isUnderlined: glyph.style.emphasis.contains(.underline))
      if !isWide, let last = runs.last, Self.joins(last, run) {
        let gap = x - last.position.x - last.columns
        runs[runs.count - 1].scalars += (gap == 1 ? [" "] : []) + run.scalars
        runs[runs.count - 1].columns += gap + 1
      } else {
        runs.append(run)
      }
    }
    return runs
  }

  private static func joins(_ run: Run, _ next: Run) -> Bool {
    let gap = next.position.x - run.position.x - run.columns
    return gap <= 1 && run.scalars.count == run.columns && run.color == next.color
      && run.isBold == next.isBold && run.isUnderlined == next.isUnderlined
  }

  /// Joins neighbours of one colour that stand side by side.
  private static func joinedAcross(_ fills: [Fill]) -> [Fill] {
    var joined: [Fill] = []
    for fill in fills {
      let neighbor = joined.lastIndex { $0.rect.y == fill.rect.y }
      if let neighbor, joined[neighbor].color == fill.color,
        joined[neighbor].rect.height == fill.rect.height,
        joined[neighbor].rect.maxX == fill.rect.x
      {
        joined[neighbor].rect.width += fill.rect.width
      } else {
        joined.append(fill)
      }
    }
    return joined
  }

  // MARK: - Colours

  /// The colours of the character and of what lies behind it.
  private func colors(_ style: Style) -> (ink: XtermPalette.Color, paper: XtermPalette.Color) {
    var ink = style.foreground.color ?? foreground
    var paper = style.background.color ?? background
    if style.emphasis.contains(.reverse) { swap(&ink, &paper) }
    if style.emphasis.contains(.dim) { ink = Self.blend(ink, over: paper, 0.6) }
    return (ink, paper)
  }

  private static func blend(
    _ ink: XtermPalette.Color, over paper: XtermPalette.Color, _ share: Double
  ) -> XtermPalette.Color {
    func channel(_ above: UInt8, _ below: UInt8) -> UInt8 {
      UInt8((Double(above) * share + Double(below) * (1 - share)).rounded())
    }
    return XtermPalette.Color(
      red: channel(ink.red, paper.red), green: channel(ink.green, paper.green),
      blue: channel(ink.blue, paper.blue))
  }
}
