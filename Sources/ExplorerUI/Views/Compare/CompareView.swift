import HighwayNetworks
import TensorFiles

/// Several runs side by side: a table, their curves, and what their gates do.
enum CompareView: ExplorerView {
  static let title = "Compare"
  static let help = "several runs side by side"
  static let subject = View.Subject.runs
  static let need = ViewNeed.nothing
  static let commands: Set<Command.ID> = [.nextPanel, .previousPanel, .zoomIn, .changeScope]
  static let hints =
    Command.common(.nextPanel, .zoomIn, .changeScope)
    + [addRun, dropRun, changeMeasure, changeLossScale, changeTimeAxis]
  static let hintWords: [Command.ID: String] = [
    .nextPanel: "picture", .zoomIn: "open", .changeScope: "all data",
  ]
  static let arrows = (keys: "←↓↑→", words: "epoch, run")
  static var panels: Panels? { Panels(\.comparison.panel) }

  static func motionProblem(_ state: ExplorerState) -> String? { noRuns(state) }

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

  static func target(at point: Point, _ state: ExplorerState, in rect: Rect) -> Target? {
    CompareLayout(state, in: rect).run(at: point, count: state.comparison.entries.count)
      .map(Target.item)
  }

  /// The run under the cursor, and how it did beside the best of them.
  static func sentence(_ state: ExplorerState) -> [String] {
    let comparison = state.shownComparison
    guard let entry = comparison.current else { return [] }
    let name = comparison.names[comparison.cursor]
    guard let shown = comparison.shown(comparison.cursor) else {
      return [name, entry.problem ?? "no epochs yet"]
    }
    var parts = [name]
    guard shown.testAccuracy.isFinite else { return parts + ["its loss is not finite"] }
    let accuracy = NumberFormat.percent(shown.testAccuracy, 2)
    parts.append("\(accuracy) of test samples correct after epoch \(shown.epoch)")
    let known = comparison.drawn.compactMap { index in
      comparison.shown(index).map { (index: index, accuracy: $0.testAccuracy) }
    }.filter { $0.accuracy.isFinite }
    if known.count > 1, let best = known.max(by: { $0.accuracy < $1.accuracy }) {
      parts.append(
        best.accuracy == shown.testAccuracy
          ? "no other run does better"
          : "\(comparison.names[best.index]) does best, \(NumberFormat.percent(best.accuracy, 2))")
    }
    return parts
  }

  /// A row for each measured epoch of each run.
  static func table(_ state: ExplorerState) -> NumberTable {
    NumberTable(
      columns: [
        "run", "gating", "depth", "parameters", "epoch", "trainLoss", "trainAccuracy", "testLoss",
        "testAccuracy", "seconds",
      ],
      rows: state.shownComparison.entries.flatMap { entry in
        let run: [JSON] = [
          .string(entry.name ?? entry.path), entry.summary.map { .string($0.gatingName) } ?? .null,
          entry.summary.map { .integer($0.depth) } ?? .null,
          entry.summary.map { .integer($0.parameters) } ?? .null,
        ]
        return entry.metrics.map { metrics in
          let values = [
            metrics.trainLoss, metrics.trainAccuracy, metrics.testLoss, metrics.testAccuracy,
            metrics.seconds,
          ]
          return run + [.integer(metrics.epoch)] + values.map { NumberTable.real($0) }
        }
      })
  }

  static func caption(_ state: ExplorerState) -> [String] {
    [
      counted(state.comparison.drawn.count, "run"), state.comparison.selectionWords,
      CompareGates.samplesWords(state.comparison).map { "gates " + $0 },
    ].compactMap(\.self)
  }
}

extension Comparison.Entry {
  /// The character that stands for the run where there are no colours: its number, from 1.
  var mark: Unicode.Scalar {
    Unicode.Scalar(UInt8(ascii: "1") + UInt8(number % Comparison.most))
  }
}
