extension Canvas {
  /// The largest scale of a PNG.
  package static let largestScale = 8

  /// The canvas as a PNG file whose glyphs are 16 × `scale` pixels wide and 32 × `scale` high.
  ///
  /// - Throws: ``PictureError`` where Cairo or a font is not installed, where it would be too large, or where
  ///   there is no memory.
  /// - Precondition: `scale` is in 1...``largestScale``.
  package func png(
    scale: Int = 1, library: String = Canvas.drawingLibrary
  ) throws(PictureError) -> [UInt8] {
    precondition((1...Self.largestScale).contains(scale), "a scale that is allowed")
    let picture = Picture(self)
    let (width, height) = (picture.width * scale, picture.height * scale)
    guard max(width, height) <= CairoSurface.largest else {
      throw .tooLarge(most: CairoSurface.largest)
    }
    let stream = try PNGStream(width: UInt32(width), height: UInt32(height))
    // One row of glyphs after the other, so that a large picture takes little memory.
    let band = try CairoSurface(
      width: max(1, width), height: GlyphShape.height * scale, library: library)
    let lines = picture.lines
    for row in 0..<size.height {
      let top = row * GlyphShape.height
      band.setUnits(Double(scale), top: top)
      let rect = Rect(x: 0, y: top, width: picture.width, height: GlyphShape.height)
      band.fill([rect], picture.background)
      let fills = picture.fills(row: row)
      for fill in fills.behind + fills.shapes { band.fill([fill.rect], fill.color) }
      for line in lines where line.reaches(rect) { band.draw(line) }
      for run in picture.runs(row: row) { band.write(run) }
      for line in 0..<GlyphShape.height * scale { stream.add(band.row(line, width: width)) }
    }
    stream.finish()
    return stream.bytes
  }
}

extension Picture.Line {
  /// Whether any part of it lies in a row of the picture.
  fileprivate func reaches(_ row: Rect) -> Bool {
    let (least, most) = (places.map(\.y).min() ?? 0, places.map(\.y).max() ?? 0)
    return most + Self.thickness >= Double(row.y) && least - Self.thickness <= Double(row.maxY)
  }
}
