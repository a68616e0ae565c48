/// Where the parts of the view of runs lie; sizes and the number of runs alone decide, not what is known
/// of them.
struct CompareLayout {
  /// The heading of the table and a row for each run that has room.
  let table: Rect
  /// The index of the run in the first row.
  let first: Int
  let curves: Rect?
  let heatmaps: Rect?
  let cells: Rect?

  init(_ state: ExplorerState, in body: Rect) {
    let comparison = state.comparison
    let count = max(1, comparison.entries.count)
    let (table, rest) = body.splitTop(min(count + 1, body.height / 2))
    self.table = table
    let rows = max(1, table.height - 1)
    first = min(max(0, comparison.cursor - rows / 2), max(0, count - rows))
    guard rest.width >= 100, rest.height >= 9 else {
      curves = comparison.panel == .curves ? rest : nil
      heatmaps = comparison.panel == .heatmaps ? rest : nil
      cells = comparison.panel == .cells ? rest : nil
      return
    }
    let (left, right) = rest.splitLeft(rest.width * 45 / 100)
    curves = left
    if rest.height >= 20 {
      let (upper, lower) = right.splitTop(rest.height * 55 / 100)
      heatmaps = upper
      cells = lower
    } else {
      heatmaps = comparison.panel == .cells ? nil : right
      cells = comparison.panel == .cells ? right : nil
    }
  }

  /// The run whose row of the table is under a point.
  func run(at point: Point, count: Int) -> Int? {
    guard table.inset(top: 1).contains(point) else { return nil }
    let index = first + point.y - table.y - 1
    return index < count ? index : nil
  }
}
