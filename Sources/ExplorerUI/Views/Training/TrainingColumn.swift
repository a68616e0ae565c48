import HighwayNetworks

/// The column beside the curves: what training does, the numbers, and what the run was set to.
enum TrainingColumn {
  static func draw(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    let theme = Theme(canvas.capabilities)
    canvas.verticalRule(x: rect.x, from: rect.y, to: rect.maxY, style: theme.rule)
    let inner = rect.inset(left: 2)
    drawStatus(state, on: &canvas, inner, inner.y)
    let facts = state.model?.facts ?? []
    let metrics = state.shownMetrics
    let (table, factRows) = table(state, metrics, inner)
    var y = drawTable(state, metrics, on: &canvas, table)
    guard factRows > 1, inner.maxY - y > 1 else { return }
    y += 1
    guard factRows == facts.count + 2 else {
      let lines = settings(facts, width: inner.width)
      let left = inner.inset(top: y - inner.y)
      canvas.put(Array(lines.prefix(left.height)), in: left, style: theme.dim)
      return
    }
    canvas.put("settings", at: Point(x: inner.x, y: y), style: theme.title, width: inner.width)
    let labelWidth = min(inner.width / 2, facts.map { columns(of: $0.label) }.max() ?? 0)
    for fact in facts.prefix(inner.maxY - y - 1) {
      y += 1
      canvas.put(fact.label, at: Point(x: inner.x, y: y), style: theme.dim, width: labelWidth)
      canvas.put(
        fact.value, at: Point(x: inner.x + labelWidth + 2, y: y),
        width: inner.width - labelWidth - 2)
    }
  }

  /// The area of the table, and the rows that are left for the settings.
  private static func table(
    _ state: ExplorerState, _ metrics: [EpochMetrics], _ inner: Rect
  ) -> (rect: Rect, factRows: Int) {
    let y = inner.y + statusHeight(state, width: inner.width)
    let left = inner.maxY - y
    // The numbers around the cursor come first; the settings have a row each, or stand one after the other.
    let facts = state.model?.facts ?? []
    let factRows =
      facts.count + 2 <= left - min(10, metrics.count + 1)
      ? facts.count + 2
      : min(
        settings(facts, width: inner.width).count + 1,
        max(0, left - min(leastRows, metrics.count + 1)))
    let rows = min(metrics.count + 2, left - (factRows > 1 ? factRows : 0))
    return (Rect(x: inner.x, y: y, width: inner.width, height: rows), factRows)
  }

  /// The rows of the table that stay, its heading among them, where the settings need some as well.
  private static let leastRows = 5

  /// The settings one after the other, where they have no row each.
  private static func settings(_ facts: [ModelSummary.Fact], width: Int) -> [String] {
    wrapped(facts.map { "\($0.label) \($0.value)" }.joined(separator: "; "), to: width)
  }

  /// The epoch whose numbers stand at a point of the column.
  static func epoch(_ state: ExplorerState, at point: Point, in rect: Rect) -> Int? {
    let metrics = state.shownMetrics
    let table = table(state, metrics, rect.inset(left: 2)).rect
    guard table.inset(top: 1).contains(point) else { return nil }
    let index = firstRow(state, metrics, rows: table.height - 1) + point.y - table.y - 1
    return metrics.indices.contains(index) ? metrics[index].epoch : nil
  }

  /// The index of the first epoch in a table of so many rows.
  private static func firstRow(
    _ state: ExplorerState, _ metrics: [EpochMetrics], rows: Int
  ) -> Int {
    let number = state.timeline.current?.id.number
    let place = metrics.firstIndex { $0.epoch == number } ?? metrics.count - 1
    return min(max(0, place - rows / 2), max(0, metrics.count - rows))
  }

  /// The rows that ``drawStatus`` takes, with a blank one below.
  private static func statusHeight(_ state: ExplorerState, width: Int) -> Int {
    let headline = headline(state, Theme(state.capabilities)).0
    return min(4, wrapped(headline, to: width).count)
      + (state.training.progress == nil ? 0 : 3) + keys(state).count + 1
  }

  /// Draws what training does and what the keys would do.
  private static func drawStatus(
    _ state: ExplorerState, on canvas: inout Canvas, _ rect: Rect, _ top: Int
  ) {
    let theme = Theme(canvas.capabilities)
    var y = top
    let (headline, style) = headline(state, theme)
    for line in wrapped(headline, to: rect.width).prefix(4) {
      canvas.put(line, at: Point(x: rect.x, y: y), style: style, width: rect.width)
      y += 1
    }
    if let progress = state.training.progress {
      let text = "step \(progress.step) of \(progress.steps)"
      canvas.put(text, at: Point(x: rect.x, y: y), width: rect.width)
      canvas.put(
        "loss " + NumberFormat.fixed(progress.loss, 4), endingAt: rect.maxX, y: y,
        style: theme.strong, width: max(0, rect.width - text.count - 1))
      y += 1
      let done = StackedBar.Part(progress.fraction, ink: theme.good.foreground, glyph: "#")
      let rest = StackedBar.Part(1 - progress.fraction, ink: theme.rule.foreground, glyph: "-")
      StackedBar([done, rest], total: 1).draw(
        on: &canvas, in: Rect(x: rect.x, y: y, width: rect.width, height: 1))
      y += 1
      var speed = NumberFormat.count(Int(exactly: progress.samplesPerSecond.rounded()) ?? 0)
      speed += " samples/s"
      canvas.put(speed, at: Point(x: rect.x, y: y), style: theme.dim, width: rect.width)
      if let left = progress.secondsLeft {
        let room = max(0, rect.width - speed.count - 1)
        let time = NumberFormat.duration(seconds: left)
        canvas.put(
          time.count + 5 <= room ? time + " left" : time, endingAt: rect.maxX, y: y,
          style: theme.dim, width: room)
      }
      y += 1
    }
    for (key, text) in state.display.mentionsKeys ? keys(state) : [] {
      canvas.put(key, at: Point(x: rect.x, y: y), style: theme.key, width: rect.width)
      canvas.put(text, at: Point(x: rect.x + 6, y: y), style: theme.dim, width: rect.width - 7)
      y += 1
    }
  }

  private static func headline(_ state: ExplorerState, _ theme: Theme) -> (String, Style) {
    switch state.training.phase {
    case .running(.continuous): return ("▶ training on", theme.good)
    case .running(.upTo(let epoch)): return ("▶ training up to epoch \(epoch)", theme.good)
    case .running(.oneEpoch): return ("▶ training one epoch", theme.good)
    case .pausing: return ("pausing…", theme.warning)
    case .idle:
      if let reason = state.problem(\.training) {
        return (reason, theme.warning)
      }
      guard let progress = state.training.progress else {
        guard let writer = state.model?.writer else { return ("idle", theme.title) }
        return ("written by \(writer)", theme.good)
      }
      return ("paused in epoch \(progress.epoch)", theme.warning)
    }
  }

  private static func keys(_ state: ExplorerState) -> [(String, String)] {
    if state.training.isActive { return [("space", "pauses at this step")] }
    guard state.has(\.training) else { return [] }
    let start = state.timeline.trainingStart?.number ?? 0
    let verb =
      state.training.progress == nil || !state.timeline.replaced.isEmpty ? "trains" : "finishes"
    var keys = [("t", "\(verb) epoch \(start + 1)"), ("space", "trains on from there")]
    if state.model?.writer != nil { keys.append(("", "on your own branch")) }
    if !state.timeline.replaced.isEmpty { keys.append(("", "anew from epoch \(start)")) }
    let unsaved = state.timeline.keepableCount
    if unsaved > 0 { keys.append(("w", "saves \(counted(unsaved, "epoch"))")) }
    return keys
  }

  /// Draws the numbers of the epochs around the cursor; returns the next free row.
  private static func drawTable(
    _ state: ExplorerState, _ metrics: [EpochMetrics], on canvas: inout Canvas, _ rect: Rect
  ) -> Int {
    let theme = Theme(canvas.capabilities)
    guard rect.height >= 2, !metrics.isEmpty else { return rect.y }
    var columns: [(title: String, width: Int, text: (EpochMetrics) -> String)] = [
      ("epoch", 5, { String($0.epoch) }),
      ("train", 8, { lossText($0.trainLoss) }),
      ("test", 8, { lossText($0.testLoss) }),
      ("acc.%", 6, { NumberFormat.fixed($0.testAccuracy * 100, 2) }),
    ]
    if rect.width >= 35 {
      columns.append(("rate", 7, { NumberFormat.compact($0.learningRate) }))
    }
    if rect.width >= 43 { columns.append(("s", 6, { NumberFormat.fixed($0.seconds, 1) })) }
    var right = rect.x
    for column in columns {
      right += column.width
      canvas.put(column.title, endingAt: right, y: rect.y, style: theme.title, width: column.width)
    }
    let number = state.timeline.current?.id.number
    let rows = rect.height - 1
    let first = firstRow(state, metrics, rows: rows)
    for (offset, row) in metrics.dropFirst(first).prefix(rows).enumerated() {
      let y = rect.y + 1 + offset
      let isCursor = row.epoch == number
      right = rect.x
      for (index, column) in columns.enumerated() {
        right += column.width
        canvas.put(
          column.text(row), endingAt: right, y: y,
          style: isCursor ? (index == 0 ? theme.cursor : theme.strong) : theme.dim,
          width: column.width)
      }
    }
    return rect.y + 1 + min(rows, metrics.count - first)
  }
}
