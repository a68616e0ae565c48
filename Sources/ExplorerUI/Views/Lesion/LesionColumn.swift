import HighwayNetworks

/// The column beside the curves: before and after the cursor's lesion, before and after what is held, and the
/// list of what is held.
enum LesionColumn {
  static func draw(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    let theme = Theme(canvas.capabilities)
    canvas.verticalRule(x: rect.x, from: rect.y, to: rect.maxY, style: theme.rule)
    let inner = rect.inset(left: 2, right: 1)
    if state.showsRanking {
      // What follows from the list stands below it.
      let words = wrapped(state.removalWords ?? "", to: inner.width)
      let (list, below) = inner.splitBottom(min(words.count + 1, inner.height / 3))
      RankingView.draw(state, on: &canvas, in: list)
      canvas.put(words, in: below.inset(top: 1), style: theme.text)
      return
    }
    let name = state.shortLayerName(state.selection.block)
    // The input enters at the first micro-step alone.
    let title =
      state.leavesInputOutAtZero
      ? "\(name): y = x, no input" : "\(name) held at 0: \(meaning(state))"
    if case .unavailable(let reason) = state.lesionSweep, state.clampedOutcome?.value == nil {
      // A table without numbers would look as if they were on their way.
      let (top, bottom) = inner.splitTop(1)
      canvas.put(title, at: Point(x: top.x, y: top.y), style: theme.focus, width: top.width)
      canvas.put(
        wrapped(reason, to: inner.width), in: bottom.inset(top: 1), style: theme.warning)
      return
    }
    let cursor = OutcomeTable(
      title: title, before: intact(state), after: state.cursorLesion, column: "held")
    guard let held = state.clampedOutcome, let words = state.clampWords else {
      let words = state.display.mentionsKeys ? "x holds it at 0 in every view" : ""
      let removal = state.removalWords.map { wrapped($0, to: inner.width) } ?? []
      let hint = removal + wrapped(state.lesionSweep.note ?? words, to: inner.width)
      // A row stays free between the classes and what is said below them.
      let (top, bottom) = inner.splitBottom(min(hint.count + 1, inner.height))
      // Where the classes leave room, the layers by effect stand below them.
      let rows = state.classCount + 4
      let (table, free) = top.splitTop(min(top.height, rows + 1))
      cursor.draw(state, on: &canvas, in: free.height < leastList ? top : table)
      if free.height >= leastList { RankingView.draw(state, on: &canvas, in: free) }
      canvas.put(hint, in: bottom.inset(top: 1), style: theme.dim)
      return
    }
    let table = OutcomeTable(
      title: words, before: intact(state), after: held.value, column: "held",
      note: held.note)
    let listed = min(state.clamps.entries.count, max(1, inner.height / 6))
    let (tables, list) = inner.splitBottom(listed + 1)
    if inner.width >= 62 {
      let (left, right) = tables.splitLeft(inner.width / 2)
      cursor.draw(state, on: &canvas, in: left.inset(right: 1))
      table.draw(state, on: &canvas, in: right.inset(left: 1))
    } else {
      let (top, bottom) = tables.splitTop(tables.height / 2)
      cursor.draw(state, on: &canvas, in: top)
      table.draw(state, on: &canvas, in: bottom)
    }
    drawList(state, on: &canvas, in: list)
  }

  /// The fewest rows that a list of layers is worth.
  private static let leastList = 8

  private static func intact(_ state: ExplorerState) -> LesionSweep.Outcome? {
    state.lesionSweep.value?.baseline
  }

  /// What is left of the cursor's layer where T is 0.
  private static func meaning(_ state: ExplorerState) -> String {
    switch state.gating(at: state.selection.block) {
    case .coupled, .transformOnly, .residual, .frozen, nil: "y = x"
    case .full, .carryOnly: "y = x·C"
    case .plain: "y = 0"
    }
  }

  private static func drawList(
    _ state: ExplorerState, on canvas: inout Canvas, in rect: Rect
  ) {
    let theme = Theme(canvas.capabilities)
    let entries = state.clamps.entries
    let title =
      "\(entries.count) held" + (state.display.mentionsKeys ? ": d releases, Tab next" : "")
    canvas.put(title, at: Point(x: rect.x, y: rect.y), style: theme.title, width: rect.width)
    let rows = rect.height - 1
    let place = entries.firstIndex { LesionView.isUnderCursor($0.target, state) }
    let first = min(max(0, (place ?? 0) - rows / 2), max(0, entries.count - rows))
    for (offset, entry) in entries.dropFirst(first).prefix(max(0, rows)).enumerated() {
      let point = Point(x: rect.x, y: rect.y + 1 + offset)
      let isCursor = first + offset == place
      // A layer that was held later holds its units too.
      let isCovered =
        entry.target.units != nil
        && entries.dropFirst(first + offset + 1).contains {
          $0.target == GateClamps.Target(layer: entry.target.layer)
        }
      let text =
        "\(state.title(entry.target)) at \(gateNumber(entry.value))"
        + (isCovered ? ", under layer \(entry.target.layer)" : "")
      canvas.put(
        (isCursor ? "▸" : " ") + text, at: point, style: isCursor ? theme.focus : theme.text,
        width: rect.width)
    }
  }
}
