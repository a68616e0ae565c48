/// Where the rows and columns of a matrix lie on the screen.
///
/// It depends on sizes alone, so that nothing jumps when the data arrive. A pixel is one column wide and,
/// with half blocks, half a row high. A matrix larger than the area is reduced by whole steps, a smaller
/// one replicated by whole factors.
package struct HeatmapGeometry: Hashable, Sendable {
  /// The area that the pixels take; at most the area offered.
  package let grid: Rect
  /// The number of rows of the matrix.
  package let rows: Int
  /// The number of columns of the matrix.
  package let columns: Int
  /// Whether each row of the screen shows two rows of pixels.
  package let halfBlocks: Bool
  /// How many rows of the matrix are averaged in one pixel.
  package let rowStep: Int
  /// How many columns of the matrix are averaged in one pixel.
  package let columnStep: Int
  /// How many pixels high each row of the matrix is shown.
  package let rowScale: Int
  /// How many pixels wide each column of the matrix is shown.
  package let columnScale: Int

  /// Fits a matrix into an area; of a picture a row is as high as a column is wide.
  package init(
    rows: Int, columns: Int, in area: Rect, halfBlocks: Bool,
    maximalScale: (rows: Int, columns: Int), isPicture: Bool = false
  ) {
    let rows = max(0, rows)
    let columns = max(0, columns)
    let (high, wide) = (area.height * (halfBlocks ? 2 : 1), area.width)
    self.rows = rows
    self.columns = columns
    self.halfBlocks = halfBlocks
    let fit =
      isPicture
      ? Self.picture(rows, columns, high, wide, halfBlocks, most: maximalScale.columns)
      : Self.matrix(rows, columns, high, wide, halfBlocks, most: maximalScale)
    (rowStep, rowScale) = fit.row
    (columnStep, columnScale) = fit.column
    let pixelRows = (rows + rowStep - 1) / rowStep * rowScale
    let pixelColumns = (columns + columnStep - 1) / columnStep * columnScale
    grid = Rect(
      x: area.x, y: area.y, width: min(wide, pixelColumns),
      height: min(area.height, halfBlocks ? (pixelRows + 1) / 2 : pixelRows))
  }

  /// How many values share a pixel, and how many pixels a value takes.
  private typealias Fit = (step: Int, scale: Int)

  /// Rows and columns each as large as they fit.
  private static func matrix(
    _ rows: Int, _ columns: Int, _ high: Int, _ wide: Int, _ halfBlocks: Bool,
    most: (rows: Int, columns: Int)
  ) -> (row: Fit, column: Fit) {
    func fit(_ count: Int, _ room: Int, _ most: Int) -> Fit {
      let step = step(count, room)
      return (step, step == 1 && count > 0 ? max(1, min(most, room / count)) : 1)
    }
    var row = fit(rows, high, most.rows)
    // Whole rows of the screen for each row of the matrix look calmer than one and a half.
    if halfBlocks, row.scale > 1 { row.scale -= row.scale % 2 }
    return (row, fit(columns, wide, most.columns))
  }

  /// Rows as high as columns are wide; a glyph is about twice as high as wide.
  private static func picture(
    _ rows: Int, _ columns: Int, _ high: Int, _ wide: Int, _ halfBlocks: Bool, most: Int
  ) -> (row: Fit, column: Fit) {
    let squash = halfBlocks ? 1 : 2
    let step = max(step(rows, high * squash), step(columns, wide))
    let room = min(high * squash / max(1, rows), wide / max(1, columns))
    let scale = step == 1 ? max(1, min(most, room)) / squash : 0
    // Where a glyph cannot show two rows, they are averaged.
    guard scale > 0 else { return ((step * squash, 1), (step, 1)) }
    return ((1, scale), (1, scale * squash))
  }

  /// How many of `count` values share a pixel, so that all have room.
  private static func step(_ count: Int, _ room: Int) -> Int {
    room > 0 ? max(1, (count + room - 1) / room) : 1
  }

  /// The rows of the matrix that a row of pixels shows; empty beyond the last.
  package func matrixRows(pixelRow: Int) -> Range<Int> {
    let first = pixelRow / rowScale * rowStep
    return min(first, rows)..<min(rows, first + rowStep)
  }

  /// The columns of the matrix that a column of pixels shows; empty beyond the last.
  package func matrixColumns(pixelColumn: Int) -> Range<Int> {
    let first = pixelColumn / columnScale * columnStep
    return min(first, columns)..<min(columns, first + columnStep)
  }

  /// The rows of the matrix that a row of the screen shows, counted from the top of the grid.
  package func matrixRows(screenRow: Int) -> Range<Int> {
    guard halfBlocks else { return matrixRows(pixelRow: screenRow) }
    let upper = matrixRows(pixelRow: screenRow * 2)
    let lower = matrixRows(pixelRow: screenRow * 2 + 1)
    return lower.isEmpty ? upper : upper.lowerBound..<max(upper.upperBound, lower.upperBound)
  }

  /// The first row of the screen that shows a row of the matrix.
  package func y(row: Int) -> Int {
    let pixel = row / rowStep * rowScale
    return grid.y + (halfBlocks ? pixel / 2 : pixel)
  }

  /// The first column of the screen that shows a column of the matrix.
  package func x(column: Int) -> Int { grid.x + column / columnStep * columnScale }

  /// The place in the matrix that a point of the screen shows, the upper one of two.
  package func place(at point: Point) -> (row: Int, column: Int)? {
    guard grid.contains(point) else { return nil }
    let rows = matrixRows(screenRow: point.y - grid.y)
    let columns = matrixColumns(pixelColumn: point.x - grid.x)
    guard let row = rows.first, let column = columns.first else { return nil }
    return (row, column)
  }

  /// How many rows and columns are averaged in one cell, such as `2 layers × 3 units`; nil where each value has a
  /// cell of its own.
  package func averaged(_ row: String, _ column: String) -> String? {
    let rows = rowStep > 1 ? counted(rowStep, row) : nil
    let columns = columnStep > 1 ? counted(columnStep, column) : nil
    let parts = [rows, columns].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: " × ")
  }
}
