import HighwayNetworks

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

/// Several runs side by side: a table, their curves, and what their gates do.
enum CompareView {
  static func draw(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    let theme = Theme(canvas.capabilities)
    guard !state.comparison.entries.isEmpty else {
      let hint = state.display.mentionsKeys ? ": A adds one" : ""
      let words = state.comparison.isOpen ? "no runs to compare" + hint : "opening…"
      drawCentered([words], on: &canvas, in: rect, style: theme.dim)
      return
    }
    let layout = CompareLayout(state, in: rect)
    let comparison = state.shownComparison
    CompareTable(comparison: comparison, first: layout.first).draw(on: &canvas, in: layout.table)
    if let place = layout.curves {
      CompareCurves(comparison).draw(
        on: &canvas, in: place, isFocused: comparison.panel == .curves)
    }
    let gates = CompareGates(state: state, comparison: comparison)
    if let place = layout.heatmaps { gates.drawHeatmaps(on: &canvas, in: place) }
    if let place = layout.cells { gates.drawCells(on: &canvas, in: place) }
  }
}

extension Comparison.Entry {
  /// The character that stands for the run where there are no colours: its number, from 1.
  var mark: Unicode.Scalar {
    Unicode.Scalar(UInt8(ascii: "1") + UInt8(number % Comparison.most))
  }
}
