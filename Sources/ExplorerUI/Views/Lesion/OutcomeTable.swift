import HighwayNetworks

/// How well the network does before and after something, the classes that change most first.
struct OutcomeTable {
  var title: String
  /// nil while it is being computed.
  var before: LesionSweep.Outcome?
  /// nil while it is being computed.
  var after: LesionSweep.Outcome?
  /// What stands over the numbers after.
  var column: String
  /// What to say where there is no title's worth of numbers yet.
  var note: String?

  private struct Row {
    var label: String
    var before: Double?
    var after: Double?
    var isPercent = true
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
      let rise = change ?? 0
      let style = rise == 0 ? theme.dim : rise > 0 ? theme.bad : theme.good
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
    func rise(_ label: Int) -> Double {
      guard let before, let after else { return 0 }
      if state.groupsTokens, before.classLoss.indices.contains(label),
        after.classLoss.indices.contains(label)
      {
        return after.classLoss[label] - before.classLoss[label]
      }
      return after.classError[label] - before.classError[label]
    }
    // Where not all have room, those that changed most stay, for the better too.
    let labels = (0..<state.classCount).sorted {
      (abs(rise($1)), $0) < (abs(rise($0)), $1)
    }
    let loss = Row(label: "loss", before: before?.loss, after: after?.loss, isPercent: false)
    if state.groupsTokens {
      // Words are rarely right: how surprised the network is says more.
      return [
        loss,
        Row(
          label: "perplexity", before: before.map { perplexity($0.loss) },
          after: after.map { perplexity($0.loss) }, isPercent: false),
      ]
        + labels.map { label in
          func surprise(_ outcome: LesionSweep.Outcome?) -> Double? {
            outcome.flatMap {
              $0.classLoss.indices.contains(label) ? perplexity($0.classLoss[label]) : nil
            }
          }
          return Row(
            label: state.className(label), before: surprise(before), after: surprise(after),
            isPercent: false)
        }
    }
    return [
      loss, Row(label: "error %", before: before?.error, after: after?.error),
    ]
      + labels.map { label in
        let name = state.className(label)
        let title = state.classTitle(label)
        return Row(
          label: columns(of: title) <= width + 1 ? title : name,
          before: before?.classError[label], after: after?.classError[label])
      }
  }

  private func text(_ value: Double, _ row: Row) -> String {
    row.isPercent ? NumberFormat.fixed(value * 100, 2) : lossText(value, within: 6)
  }
}

/// A loss, or a difference of two, in at most so many digits and points beside a sign, for the columns of tables.
func lossText(_ value: Double, within width: Int = 7) -> String {
  let size = value.magnitude
  let most = size < 10 ? 4 : size < 100 ? 3 : 2
  let fitting = (1...most).reversed().lazy.map { NumberFormat.fixed(value, $0) }.first {
    $0.count <= (value < 0 ? width + 1 : width)
  }
  return fitting ?? NumberFormat.compact(value)
}
