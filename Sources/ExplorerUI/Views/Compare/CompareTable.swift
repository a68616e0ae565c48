import HighwayNetworks

/// A row for each run, which is also the legend of the curves.
struct CompareTable {
  /// A column; those of high rank go first where there is no room.
  private struct Column {
    let title: String
    let width: Int
    let rank: Int
    let text: (Int) -> String

    init(_ title: String, _ width: Int, _ rank: Int, _ text: @escaping (Int) -> String) {
      self.title = title
      self.width = width
      self.rank = rank
      self.text = text
    }
  }

  private static let legendWidth = 5
  /// What the names get at the least and, where they are as long, before further columns do.
  private static let nameWidths = 11...19

  let comparison: Comparison
  /// The index of the run in the first row.
  let first: Int

  func draw(on canvas: inout Canvas, in rect: Rect) {
    let theme = Theme(canvas.capabilities)
    let names = comparison.names
    let longest = names.map { canvas.columns(shown: $0) }.max() ?? 0
    let leastName = min(max(longest + 1, Self.nameWidths.lowerBound), Self.nameWidths.upperBound)
    let columns = columns(rect.width, leastName: leastName)
    let room = rect.width - 1 - Self.legendWidth - columns.reduce(0) { $0 + $1.width }
    let nameWidth = min(room, max(leastName, longest + 1))
    let nameX = rect.x + Self.legendWidth
    var heading = "run"
    if let marker = comparison.marker {
      heading +=
        comparison.axis == .epochs
        ? " at epoch \(NumberFormat.fixed(marker, 0))" : " at \(NumberFormat.compact(marker)) s"
    }
    canvas.put(heading, at: Point(x: nameX, y: rect.y), style: theme.title, width: nameWidth)
    var right = nameX + nameWidth
    for column in columns {
      right += column.width
      canvas.put(
        column.title, endingAt: right, y: rect.y, style: theme.title, width: column.width - 1)
    }
    for (offset, index) in comparison.entries.indices.dropFirst(first).prefix(rect.height - 1)
      .enumerated()
    {
      let y = rect.y + 1 + offset
      let isCursor = index == comparison.cursor
      drawLegend(index, on: &canvas, at: Point(x: rect.x, y: y))
      canvas.put(
        names[index], at: Point(x: nameX, y: y), style: isCursor ? theme.cursor : theme.text,
        width: nameWidth - 1)
      drawRow(index, columns, on: &canvas, from: nameX + nameWidth, to: rect.maxX - 1, y: y)
    }
    if first + rect.height - 1 < comparison.entries.count {
      canvas.put("↓", at: Point(x: rect.x, y: rect.maxY - 1), style: theme.focus)
    }
  }

  private func drawLegend(_ index: Int, on canvas: inout Canvas, at point: Point) {
    let entry = comparison.entries[index]
    let style = Theme(canvas.capabilities).series(entry.number)
    guard comparison.drawn.contains(index) else {
      canvas[point.x + 1, point.y] = Glyph(entry.mark, style: Theme(canvas.capabilities).dim)
      return
    }
    canvas[point.x + 1, point.y] = Glyph(entry.mark, style: style)
    canvas.put("━━", at: Point(x: point.x + 2, y: point.y), style: style)
  }

  private func drawRow(
    _ index: Int, _ columns: [Column], on canvas: inout Canvas, from left: Int, to right: Int,
    y: Int
  ) {
    let theme = Theme(canvas.capabilities)
    let entry = comparison.entries[index]
    guard let summary = entry.summary else {
      canvas.put(
        entry.problem ?? "reading…", at: Point(x: left + 1, y: y),
        style: entry.problem == nil ? theme.dim : theme.bad, width: right - left - 1)
      return
    }
    var end = left
    for column in columns {
      end += column.width
      let isBad = column.title == "train" && summary.diverged && comparison.marker == nil
      canvas.put(
        column.text(index), endingAt: end, y: y,
        style: isBad ? theme.bad : index == comparison.cursor ? theme.strong : theme.dim,
        width: column.width - 1)
    }
  }

  /// The columns that have room beside the name.
  private func columns(_ width: Int, leastName: Int) -> [Column] {
    let isShort = width < 76
    var columns: [Column] = [
      Column("gating", isShort ? 9 : 15, 4) { summary($0).map { gating($0, isShort) } ?? "" },
      Column("depth", 6, 3) { summary($0).map { "\($0.depth)" } ?? "" },
      Column("units", 6, 7) { summary($0).map { "\($0.units)" } ?? "" },
      Column("params", 11, 8) { summary($0).map { NumberFormat.count($0.parameters) } ?? "" },
      Column("epoch", 6, 5) { comparison.shown($0).map { "\($0.epoch)" } ?? "–" },
      Column("train", 9, 0) { index in
        guard let shown = comparison.shown(index) else { return "–" }
        let hasEnded = comparison.marker == nil && summary(index)?.diverged == true
        return hasEnded ? "diverged" : loss(shown.trainLoss)
      },
      Column("test", 9, 1) { comparison.shown($0).map { loss($0.testLoss) } ?? "–" },
      Column("acc.%", 7, 2) {
        comparison.shown($0).map { NumberFormat.fixed($0.testAccuracy * 100, 2) } ?? "–"
      },
      Column("best %", 8, 9) {
        summary($0)?.greatestTestAccuracy.map { NumberFormat.fixed($0.testAccuracy * 100, 2) }
          ?? "–"
      },
      Column("time", 11, 6) { index in
        comparison.shown(index).map { shown in
          let taken = comparison.entries[index].metrics.filter { $0.epoch <= shown.epoch }
          return NumberFormat.duration(seconds: taken.totalSeconds)
        } ?? "–"
      },
      Column("data", 22, 10) {
        summary($0)?.description.data.map(Comparison.dataName) ?? "unnamed"
      },
    ]
    let room = width - 1 - Self.legendWidth - leastName
    while columns.reduce(0, { $0 + $1.width }) > room, columns.count > 1,
      let worst = columns.indices.max(by: { columns[$0].rank < columns[$1].rank })
    {
      columns.remove(at: worst)
    }
    return columns
  }

  private func summary(_ index: Int) -> RunSummary? { comparison.entries[index].summary }

  /// The gating's name, the two long ones shortened as the papers do.
  private func gating(_ summary: RunSummary, _ isShort: Bool) -> String {
    guard isShort else { return summary.gatingName }
    return switch summary.gating {
    case .transformOnly: "T-only"
    case .carryOnly: "C-only"
    case .frozen(let p): "p = \(NumberFormat.fixed(p, 2))"
    case .coupled, .full, .residual, .plain, nil: summary.gatingName
    }
  }

  private func loss(_ value: Double) -> String {
    NumberFormat.loss(value)
  }
}
