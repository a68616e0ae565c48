/// The values of a heatmap; rows may be shorter than the matrix is wide.
package struct HeatmapMatrix: Hashable, Sendable {
  /// The number of columns.
  package let columns: Int
  /// The values, row after row, each in the order in which they were given.
  package let values: [Float]
  /// Where each row begins among the values, and where the last one ends; `[rows + 1]`.
  private let starts: [Int]
  /// For each row the values that its columns show; nil where they are shown as they were given.
  private let order: [[Int]]?

  /// Lays rows above each other; the longest gives the width, or `columns` where that is more.
  ///
  /// A row of `order` says which of the values each column shows, for the rows that have as many values.
  package init(
    rows: some Sequence<some Sequence<Float>>, columns: Int = 0, order: [[Int]]? = nil
  ) {
    var values: [Float] = []
    var starts = [0]
    var widest = max(0, columns)
    for row in rows {
      values.append(contentsOf: row)
      widest = max(widest, values.count - (starts.last ?? 0))
      starts.append(values.count)
    }
    self.columns = widest
    self.values = values
    self.starts = starts
    self.order = order
  }

  /// The number of rows.
  package var rows: Int { starts.count - 1 }

  /// The means over blocks of so many rows and columns, as a heatmap that is reduced by these steps shows them.
  package func means(rowStep: Int, columnStep: Int) -> [Float] {
    stride(from: 0, to: rows, by: max(1, rowStep)).flatMap { row in
      stride(from: 0, to: columns, by: max(1, columnStep)).compactMap { column in
        mean(rows: row..<row + max(1, rowStep), columns: column..<column + max(1, columnStep))
      }
    }
  }

  /// The mean over a block, NaN where any value of it is NaN, nil where the block holds no value.
  package func mean(rows: Range<Int>, columns: Range<Int>) -> Float? {
    var sum = 0.0
    var count = 0
    for row in rows.clamped(to: 0..<self.rows) {
      let first = starts[row]
      let width = starts[row + 1] - first
      let places = order.flatMap {
        $0.indices.contains(row) && $0[row].count == width ? $0[row] : nil
      }
      for column in columns.clamped(to: 0..<width) {
        sum += Double(values[first + (places?[column] ?? column)])
        count += 1
      }
    }
    return count == 0 ? nil : Float(sum / Double(count))
  }
}
