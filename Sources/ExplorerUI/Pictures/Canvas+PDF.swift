extension Canvas {
  /// The points that a unit of a picture takes in a PDF: a glyph is 6 points wide and 12 high.
  private static let pointsPerUnit = 0.375

  /// The canvas as a PDF file of one page, sharp at any size; what is drawn for paper has no ground.
  ///
  /// - Throws: ``PictureError`` where Cairo or a font is not installed, or there is no memory.
  package func pdf(
    title: String, library: String = Canvas.drawingLibrary
  ) throws(PictureError) -> [UInt8] {
    let picture = Picture(self)
    let scale = Self.pointsPerUnit
    let page = try CairoSurface(
      pageWidth: Double(picture.width) * scale, height: Double(picture.height) * scale,
      title: sanitized(title), library: library)
    page.setUnits(scale)
    if capabilities.ground != .print {
      page.fill(
        [Rect(x: 0, y: 0, width: picture.width, height: picture.height)], picture.background)
    }
    for row in 0..<size.height {
      let fills = picture.fills(row: row)
      // Each reaches a little under the next at its right and below, so that no gap shines through between them.
      for fill in fills.behind {
        var rect = fill.rect
        (rect.width, rect.height) = (rect.width + 1, rect.height + 1)
        page.fill([rect], fill.color)
      }
      for fill in fills.shapes { page.fill([fill.rect], fill.color) }
    }
    for line in picture.lines { page.draw(line) }
    for row in 0..<size.height {
      for run in picture.runs(row: row) { page.write(run) }
    }
    return try page.finish()
  }
}
