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

  /// Fits a matrix into an area.
  package init(
    rows: Int, columns: Int, in area: Rect, halfBlocks: Bool,
    maximalScale: (rows: Int, columns: Int)
  ) {
    let rows = max(0, rows)
    let columns = max(0, columns)
    let (high, wide) = (area.height * (halfBlocks ? 2 : 1), area.width)
    self.rows = rows
    self.columns = columns
    self.halfBlocks = halfBlocks
    rowStep = high > 0 ? max(1, (rows + high - 1) / high) : 1
    columnStep = wide > 0 ? max(1, (columns + wide - 1) / wide) : 1
    var rowScale = 1
    var columnScale = 1
    if rowStep == 1, rows > 0 { rowScale = max(1, min(maximalScale.rows, high / rows)) }
    if columnStep == 1, columns > 0 {
      columnScale = max(1, min(maximalScale.columns, wide / columns))
    }
    // Whole rows of the screen for each row of the matrix look calmer than one and a half.
    if halfBlocks, rowScale > 1 { rowScale -= rowScale % 2 }
    self.rowScale = rowScale
    self.columnScale = columnScale
    let pixelRows = (rows + rowStep - 1) / rowStep * rowScale
    let pixelColumns = (columns + columnStep - 1) / columnStep * columnScale
    grid = Rect(
      x: area.x, y: area.y, width: min(wide, pixelColumns),
      height: min(area.height, halfBlocks ? (pixelRows + 1) / 2 : pixelRows))
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
