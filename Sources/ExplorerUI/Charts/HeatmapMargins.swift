/// The numbers beside and below a heatmap; those of the cursor are set off.
struct HeatmapMargins {
  var rowNumbers: [Int]
  var cursor: (row: Int, column: Int)?
  /// The number of each column; empty where they count up.
  var columnNumbers: [Int] = []
  /// The rows of each stage; none where there is one stage.
  var stages: [Range<Int>] = []

  func draw(on canvas: inout Canvas, at geometry: HeatmapGeometry) {
    guard !geometry.grid.isEmpty else { return }
    drawRowNumbers(on: &canvas, geometry)
    drawStages(on: &canvas, geometry)
    drawColumnNumbers(on: &canvas, geometry)
  }

  private func drawRowNumbers(on canvas: inout Canvas, _ geometry: HeatmapGeometry) {
    let theme = Theme(canvas.capabilities)
    let right = geometry.grid.x - 1
    let width = Heatmap.gutter - 1
    let isRoomy = geometry.grid.height >= geometry.rows && geometry.rows <= 12
    let apart = isRoomy ? 1 : 2
    let step = labelStep(shown: geometry.grid.height, of: rowNumbers.count, apart: apart)
    var last = Int.min
    for row in 0..<min(geometry.rows, rowNumbers.count) {
      let y = geometry.y(row: row)
      let isFirst = row == 0
      guard isFirst || rowNumbers[row].isMultiple(of: step), isFirst || y >= last + apart
      else { continue }
      canvas.put(String(rowNumbers[row]), endingAt: right, y: y, style: theme.dim, width: width)
      last = y
    }
    guard let cursor, cursor.row < rowNumbers.count else { return }
    let y = geometry.y(row: cursor.row)
    guard y < geometry.grid.maxY else { return }
    canvas.fill(
      Rect(x: right - width, y: y, width: width, height: 1), style: Style())
    canvas.put(
      String(rowNumbers[cursor.row]), endingAt: right, y: y, style: theme.cursor, width: width)
  }

  /// A bracket for each stage, between the numbers and the grid; in a row that two share, that of the upper one.
  private func drawStages(on canvas: inout Canvas, _ geometry: HeatmapGeometry) {
    let theme = Theme(canvas.capabilities)
    var free = geometry.grid.y
    for (index, stage) in stages.enumerated() {
      let isLast = index == stages.count - 1
      let end = isLast ? geometry.grid.maxY : geometry.y(row: stage.upperBound)
      let first = max(free, geometry.y(row: stage.lowerBound))
      // Where two stages share a row of the screen, it belongs to the upper one.
      let last = min(geometry.grid.maxY, max(end, first + 1)) - 1
      guard first <= last else { continue }
      for y in first...last {
        let (isTop, isBottom) = (y == first, y == last)
        let unicode: Unicode.Scalar = isTop ? (isBottom ? "╶" : "┌") : isBottom ? "└" : "│"
        let ascii: Unicode.Scalar = isTop && isBottom ? "-" : isTop || isBottom ? "+" : "|"
        canvas[geometry.grid.x - 1, y] = Glyph(
          canvas.capabilities.unicode ? unicode : ascii, style: theme.rule)
      }
      free = last + 1
    }
  }

  private func drawColumnNumbers(on canvas: inout Canvas, _ geometry: HeatmapGeometry) {
    let theme = Theme(canvas.capabilities)
    let y = geometry.grid.maxY
    let step = labelStep(shown: geometry.grid.width, of: geometry.columns, apart: 6)
    var taken = Int.min..<Int.min
    if let cursor, cursor.column < geometry.columns {
      let text = number(cursor.column)
      let x = geometry.x(column: cursor.column)
      let start = max(
        geometry.grid.x, min(x - (text.count - 1) / 2, geometry.grid.maxX - text.count))
      canvas.put(text, at: Point(x: start, y: y), style: theme.cursor, width: text.count)
      taken = start - 1..<start + text.count + 1
    }
    var free = Int.min
    for column in stride(from: 0, to: geometry.columns, by: step) {
      let text = number(column)
      let x = geometry.x(column: column)
      let range = x..<x + text.count
      guard x >= free, range.upperBound <= geometry.grid.maxX + 1, !range.overlaps(taken) else {
        continue
      }
      canvas.put(text, at: Point(x: x, y: y), style: theme.dim, width: text.count)
      free = range.upperBound + 1
    }
  }

  private func number(_ column: Int) -> String {
    String(columnNumbers.indices.contains(column) ? columnNumbers[column] : column)
  }

  /// The smallest round step that keeps labels `apart` glyphs from each other.
  private func labelStep(shown: Int, of count: Int, apart: Int) -> Int {
    guard shown > 0, count > 0 else { return 1 }
    return max(1, Int(Ticks.roundStep(Double(count) / Double(shown) * Double(apart))))
  }
}
