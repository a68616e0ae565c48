import HighwayNetworks

/// The column beside the curves: before and after the cursor's lesion, before and after what is held, and the
/// list of what is held.
enum LesionColumn {
  static func draw(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    let theme = Theme(canvas.capabilities)
    canvas.verticalRule(x: rect.x, from: rect.y, to: rect.maxY, style: theme.rule)
    let inner = rect.inset(left: 2, right: 1)
    let title = "layer \(state.cursorLayer), T = 0: \(meaning(state))"
    if case .unavailable(let reason) = state.lesionSweep, state.clampedOutcome?.value == nil {
      // A table without numbers would look as if they were on their way.
      let (top, bottom) = inner.splitTop(1)
      canvas.put(title, at: Point(x: top.x, y: top.y), style: theme.focus, width: top.width)
      for (offset, line) in wrapped(reason, to: inner.width).enumerated()
      where bottom.y + 1 + offset < bottom.maxY {
        canvas.put(
          line, at: Point(x: bottom.x, y: bottom.y + 1 + offset), style: theme.warning,
          width: bottom.width)
      }
      return
    }
    let cursor = OutcomeTable(
      title: title, before: intact(state), after: state.cursorLesion, column: "T = 0",
      showsAccuracy: false)
    guard let held = state.clampedOutcome, let words = state.clampWords else {
      let words = state.display.mentionsKeys ? "x holds it so in every view" : ""
      let hint = wrapped(state.lesionSweep.note ?? words, to: inner.width)
      // A row stays free between the classes and what is said below them.
      let (top, bottom) = inner.splitBottom(min(hint.count + 1, inner.height))
      cursor.draw(state, on: &canvas, in: top)
      for (offset, line) in hint.enumerated() where bottom.y + 1 + offset < bottom.maxY {
        canvas.put(
          line, at: Point(x: bottom.x, y: bottom.y + 1 + offset), style: theme.dim,
          width: bottom.width)
      }
      return
    }
    let table = OutcomeTable(
      title: words, before: intact(state), after: held.value, column: "held",
      showsAccuracy: true, note: held.note)
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

  private static func intact(_ state: ExplorerState) -> LesionSweep.Outcome? {
    state.lesionSweep.value?.baseline
  }

  /// What is left of the cursor's layer where T is 0.
  private static func meaning(_ state: ExplorerState) -> String {
    switch state.gating(at: state.selection.layer) {
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
      "\(entries.count) held" + (state.display.mentionsKeys ? ": d lets go, Tab next" : "")
    canvas.put(title, at: Point(x: rect.x, y: rect.y), style: theme.title, width: rect.width)
    let rows = rect.height - 1
    let place = entries.firstIndex { state.isUnderCursor($0.target) }
    let first = min(max(0, (place ?? 0) - rows / 2), max(0, entries.count - rows))
    for (offset, entry) in entries.dropFirst(first).prefix(max(0, rows)).enumerated() {
      let point = Point(x: rect.x, y: rect.y + 1 + offset)
      let isCursor = first + offset == place
      // A layer that was held later holds its units too.
      let isCovered =
        entry.target.unit != nil
        && entries.dropFirst(first + offset + 1).contains {
          $0.target == GateClamps.Target(layer: entry.target.layer)
        }
      let text =
        "\(entry.target.title)  T = \(NumberFormat.compact(entry.value))"
        + (isCovered ? ", under layer \(entry.target.layer)" : "")
      canvas.put(
        (isCursor ? "▸" : " ") + text, at: point, style: isCursor ? theme.focus : theme.text,
        width: rect.width)
    }
  }
}

/// How well the network does before and after something, the classes that suffer most first.
struct OutcomeTable {
  var title: String
  /// nil while it is being computed.
  var before: LesionSweep.Outcome?
  /// nil while it is being computed.
  var after: LesionSweep.Outcome?
  /// What stands over the numbers after.
  var column: String
  /// Whether the second row is the accuracy, else the error.
  var showsAccuracy: Bool
  /// What to say where there is no title's worth of numbers yet.
  var note: String?

  private struct Row {
    var label: String
    var before: Double?
    var after: Double?
    var isPercent = true
    /// Whether more is better.
    var isGood = false
  }

  func draw(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    let theme = Theme(canvas.capabilities)
    guard rect.height > 0 else { return }
    let heading = title + (note.map { ", \($0)" } ?? "")
    canvas.put(
      heading, at: Point(x: rect.x, y: rect.y), style: theme.focus, width: rect.width)
    let width = rect.width >= 38 ? 9 : rect.width >= 34 ? 8 : 7
    // The change has a sign besides.
    let label = max(0, rect.width - 3 * width - 1)
    func put(_ texts: [(String, Style)], y: Int) {
      for (index, (text, style)) in texts.enumerated() {
        canvas.put(
          text, endingAt: rect.x + label + (index + 1) * width + (index == 2 ? 1 : 0), y: y,
          style: style, width: width + (index == 2 ? 1 : 0))
      }
    }
    guard rect.height > 1 else { return }
    put(["intact", column, "change"].map { ($0, theme.dim) }, y: rect.y + 1)
    let all = rows(state, width: label - 1)
    let room = rect.height - 2
    // What has no room is counted, so that nobody takes the rest for all.
    let shown = all.count > room && room > 2 ? room - 1 : min(all.count, room)
    if shown < min(all.count, room) {
      canvas.put(
        "… \(all.count - shown) more",
        at: Point(x: rect.x, y: rect.y + 2 + shown), style: theme.dim, width: rect.width)
    }
    for (offset, row) in all.prefix(shown).enumerated() {
      let y = rect.y + 2 + offset
      canvas.put(row.label, at: Point(x: rect.x, y: y), style: theme.dim, width: label - 1)
      let change = row.after.flatMap { after in row.before.map { after - $0 } }
      let isWorse = (change ?? 0) > 0 ? !row.isGood : row.isGood
      let style = (change ?? 0) == 0 ? theme.dim : isWorse ? theme.bad : theme.good
      put(
        [
          (row.before.map { text($0, row) } ?? "…", theme.text),
          (row.after.map { text($0, row) } ?? "…", theme.strong),
          (change.map { ($0 > 0 ? "+" : "") + text($0, row) } ?? "…", style),
        ], y: y)
    }
  }

  /// The rows, whose labels have `width` columns.
  private func rows(_ state: ExplorerState, width: Int) -> [Row] {
    let second =
      showsAccuracy
      ? Row(
        label: "acc. %", before: before.map { 1 - $0.error }, after: after.map { 1 - $0.error },
        isGood: true)
      : Row(label: "error %", before: before?.error, after: after?.error)
    func rise(_ label: Int) -> Double {
      guard let before, let after else { return 0 }
      return after.classError[label] - before.classError[label]
    }
    let labels = (0..<state.classCount).sorted { (rise($1), $0) < (rise($0), $1) }
    return [
      Row(label: "loss", before: before?.loss, after: after?.loss, isPercent: false), second,
    ]
      + labels.map { label in
        let name = state.className(label)
        let title = columns(of: name) < width ? "\(label) \(name)" : name
        return Row(
          label: name == String(label) ? "class \(label)" : title,
          before: before?.classError[label], after: after?.classError[label])
      }
  }

  private func text(_ value: Double, _ row: Row) -> String {
    if row.isPercent { return NumberFormat.fixed(value * 100, 2) }
    let size = value.magnitude
    if size >= 10_000 { return NumberFormat.compact(value) }
    return NumberFormat.fixed(value, size < 10 ? 4 : size < 100 ? 3 : 2)
  }
}
