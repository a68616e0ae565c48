extension Canvas {
  /// The largest scale of a PNG.
  package static let largestScale = 8

  /// The canvas as a PNG file whose glyphs are 16 × `scale` pixels wide and 32 × `scale` high.
  ///
  /// - Throws: ``PictureError`` where there is no memory for the compression.
  /// - Precondition: `scale` is in 1...``largestScale``.
  package func png(scale: Int = 1) throws(PictureError) -> [UInt8] {
    precondition((1...Self.largestScale).contains(scale), "a scale that is allowed")
    let picture = Picture(self)
    guard let width = UInt32(exactly: picture.width * scale),
      let height = UInt32(exactly: picture.height * scale)
    else { throw .noMemory }
    let stream = try PNGStream(width: width, height: height)
    for row in 0..<size.height {
      var band = PixelBand(picture, row: row)
      band.paint()
      for line in 0..<GlyphShape.height {
        let pixels = band.line(line, scale: scale)
        for _ in 0..<scale { stream.add(pixels) }
      }
    }
    stream.finish()
    return stream.bytes
  }
}

/// One row of glyphs as pixels.
private struct PixelBand {
  private let picture: Picture
  private let row: Int
  /// The colours of the row; `[32, width]`.
  private var pixels: [XtermPalette.Color]

  init(_ picture: Picture, row: Int) {
    self.picture = picture
    self.row = row
    pixels = [XtermPalette.Color](
      repeating: picture.background, count: picture.width * GlyphShape.height)
  }

  mutating func paint() {
    let fills = picture.fills(row: row)
    for fill in fills.behind + fills.shapes {
      var rect = fill.rect
      rect.y -= row * GlyphShape.height
      paint(rect, fill.color)
    }
    for run in picture.runs(row: row) { paint(run) }
  }

  /// The colours of a line of pixels, each `scale` times.
  func line(_ line: Int, scale: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(picture.width * scale * 3)
    for color in pixels[line * picture.width..<(line + 1) * picture.width] {
      for _ in 0..<scale {
        bytes.append(color.red)
        bytes.append(color.green)
        bytes.append(color.blue)
      }
    }
    return bytes
  }

  private mutating func paint(_ rect: Rect, _ color: XtermPalette.Color) {
    for y in rect.y..<rect.maxY {
      for x in rect.x..<rect.maxX { pixels[y * picture.width + x] = color }
    }
  }

  private mutating func paint(_ run: Picture.Run) {
    let left = run.position.x * GlyphShape.width
    if run.isUnderlined {
      let width = run.columns * GlyphShape.width
      paint(Rect(x: left, y: 28, width: width, height: 2), run.color)
    }
    // A character that is two glyphs wide stands alone and in their middle.
    let inset = (run.columns - run.scalars.count) * GlyphShape.width / 2
    for (index, scalar) in run.scalars.enumerated() where scalar != " " {
      let rows = BitmapFont.rows(scalar) ?? BitmapFont.replacement
      for (y, bits) in rows.prefix(GlyphShape.height).enumerated() {
        // A bold character is one that was printed twice, a pixel apart.
        let bits = run.isBold ? bits | bits >> 1 : bits
        for x in 0..<GlyphShape.width where bits >> UInt16(15 - x) & 1 == 1 {
          pixels[y * picture.width + left + inset + index * GlyphShape.width + x] = run.color
        }
      }
    }
  }
}
