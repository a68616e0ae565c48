/// A matrix drawn in colours, with its numbers in the margins and one place marked.
package struct Heatmap: Sendable {
  /// The columns left of the grid for the numbers of the rows.
  package static let gutter = 4

  /// The values.
  package var matrix: HeatmapMatrix
  /// How values become colours.
  package var scale: ColorScale
  /// The number of each row, as it is written in the margin; `[rows]`.
  package var rowNumbers: [Int]
  /// The place that is marked, where there is one.
  package var cursor: (row: Int, column: Int)?
  /// The number of each column, as it is written in the margin; empty where they count up.
  package var columnNumbers: [Int] = []
  /// The rows of each stage, which brackets in the margin mark; none where there is one stage.
  package var stages: [Range<Int>] = []
  /// Whether the margins are drawn.
  package var hasMargins = true

  /// Describes a heatmap.
  package init(
    _ matrix: HeatmapMatrix, scale: ColorScale, rowNumbers: [Int],
    cursor: (row: Int, column: Int)? = nil, columnNumbers: [Int] = [],
    stages: [Range<Int>] = [], hasMargins: Bool = true
  ) {
    self.matrix = matrix
    self.scale = scale
    self.rowNumbers = rowNumbers
    self.cursor = cursor
    self.columnNumbers = columnNumbers
    self.stages = stages
    self.hasMargins = hasMargins
  }

  /// Draws the heatmap; the margins lie left of and below the grid.
  package func draw(on canvas: inout Canvas, at geometry: HeatmapGeometry) {
    let inks = scale.map.palette(canvas.capabilities.colors)
    for row in 0..<geometry.grid.height {
      for column in 0..<geometry.grid.width {
        let glyph = glyph(row, column, geometry, inks, canvas.capabilities)
        canvas[geometry.grid.x + column, geometry.grid.y + row] = glyph
      }
    }
    if hasMargins {
      HeatmapMargins(
        rowNumbers: rowNumbers, cursor: cursor, columnNumbers: columnNumbers, stages: stages
      ).draw(on: &canvas, at: geometry)
    }
    markCursor(on: &canvas, at: geometry, inks)
  }

  /// What one pixel shows.
  private enum Pixel: Equatable {
    case blank
    case notANumber
    case position(Double)
  }

  private func pixel(_ rows: Range<Int>, _ columns: Range<Int>) -> Pixel {
    guard let value = matrix.mean(rows: rows, columns: columns) else { return .blank }
    guard let position = scale.position(value) else { return .notANumber }
    return .position(position)
  }

  private func glyph(
    _ row: Int, _ column: Int, _ geometry: HeatmapGeometry, _ inks: [Ink],
    _ capabilities: Capabilities
  ) -> Glyph {
    let columns = geometry.matrixColumns(pixelColumn: column)
    guard geometry.halfBlocks else {
      return glyph(pixel(geometry.matrixRows(pixelRow: row), columns), inks, capabilities)
    }
    let upper = pixel(geometry.matrixRows(pixelRow: row * 2), columns)
    let lower = pixel(geometry.matrixRows(pixelRow: row * 2 + 1), columns)
    if upper == lower { return glyph(upper, inks, capabilities) }
    switch (upper, lower) {
    case (.notANumber, _), (_, .notANumber): return glyph(.notANumber, inks, capabilities)
    case (.blank, .position(let value)): return Glyph("▄", style: Style(ink(value, inks)))
    case (.position(let value), .blank): return Glyph("▀", style: Style(ink(value, inks)))
    case (.position(let above), .position(let below)):
      let (above, below) = (ink(above, inks), ink(below, inks))
      return above == below
        ? Glyph(" ", style: Style(.standard, on: above))
        : Glyph("▀", style: Style(above, on: below))
    case (.blank, .blank): return Glyph()
    }
  }

  private func glyph(_ pixel: Pixel, _ inks: [Ink], _ capabilities: Capabilities) -> Glyph {
    switch pixel {
    case .blank: Glyph()
    case .notANumber: Glyph("?", style: Theme(capabilities).bad)
    case .position(let position):
      inks.isEmpty
        ? scale.glyph(at: position, capabilities)
        : Glyph(" ", style: Style(.standard, on: ink(position, inks)))
    }
  }

  private func ink(_ position: Double, _ inks: [Ink]) -> Ink {
    inks[min(inks.count - 1, Int(position * Double(inks.count)))]
  }

  /// Marks the glyph of the cursor, the middle one where a value takes several.
  private func markCursor(on canvas: inout Canvas, at geometry: HeatmapGeometry, _ inks: [Ink]) {
    guard let cursor, cursor.row < matrix.rows, cursor.column < matrix.columns else { return }
    let pixelRow = cursor.row / geometry.rowStep * geometry.rowScale
    let pixelColumn = cursor.column / geometry.columnStep * geometry.columnScale
    let height = geometry.halfBlocks ? (geometry.rowScale + 1) / 2 : geometry.rowScale
    let point = Point(
      x: geometry.x(column: cursor.column) + geometry.columnScale / 2,
      y: geometry.y(row: cursor.row) + (height - 1) / 2)
    guard geometry.grid.contains(point) else { return }
    let theme = Theme(canvas.capabilities)
    let shown = canvas[point.x, point.y].scalar
    let pixel = pixel(
      geometry.matrixRows(pixelRow: pixelRow), geometry.matrixColumns(pixelColumn: pixelColumn))
    if !inks.isEmpty, case .position(let position) = pixel {
      canvas[point.x, point.y] = Glyph(
        canvas.capabilities.unicode ? "╋" : "+", style: theme.mark(on: ink(position, inks)))
    } else {
      canvas[point.x, point.y] = Glyph(
        shown.isASCII && shown != " " ? shown : "+", style: theme.cursor)
    }
  }
}
