/// The values of a heatmap; rows may be shorter than the matrix is wide.
package struct HeatmapMatrix: Hashable, Sendable {
  /// The number of rows.
  package let rows: Int
  /// The number of columns.
  package let columns: Int
  /// The values; `[rows, columns]`; what lies beyond a row's width does not count.
  package private(set) var values: [Float]
  /// How many values each row has; `[rows]`, each at most ``columns``.
  package private(set) var widths: [Int]

  /// Lays rows above each other; the longest gives the width, or `columns` where that is more.
  package init(rows: [[Float]], columns: Int = 0) {
    let columns = max(columns, rows.map(\.count).max() ?? 0)
    self.rows = rows.count
    self.columns = columns
    widths = rows.map(\.count)
    values = []
    values.reserveCapacity(rows.count * columns)
    for row in rows {
      values += row
      values += repeatElement(0, count: columns - row.count)
    }
  }

  /// The value at a place, or nil where the row has none.
  package subscript(row: Int, column: Int) -> Float? {
    guard row >= 0, row < rows, column >= 0, column < widths[row] else { return nil }
    return values[row * columns + column]
  }

  /// The mean over a block, NaN where any value of it is NaN, nil where the block holds no value.
  package func mean(rows: Range<Int>, columns: Range<Int>) -> Float? {
    var sum = 0.0
    var count = 0
    for row in rows.clamped(to: 0..<self.rows) {
      let first = row * self.columns
      for column in columns.clamped(to: 0..<widths[row]) {
        sum += Double(values[first + column])
        count += 1
      }
    }
    return count == 0 ? nil : Float(sum / Double(count))
  }
}
