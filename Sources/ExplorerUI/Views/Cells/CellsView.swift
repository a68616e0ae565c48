import HighwayNetworks
import TensorFiles

/// Carried, mixed and transformed cells of each layer as stacked bars.
enum CellsView: ExplorerView {
  static let title = "Cells"
  static let help = "carried, mixed, transformed by layer"
  static let showsUnits = true
  static let need = ViewNeed.learnedGates
  static let commands: Set<Command.ID> = [.zoomIn, .changeScope]
  static let hints =
    Command.common(.changeScope) + [lowerLow, lowerHigh]
    + Command.common(
      .nextClass, .nextSample, .nextEpoch, .zoomIn, .trainEpoch, .switchSplit) + [twoWaySplit]
    + Command.common(.goTo, .lesionLayer, .clamp)
  static let hintWords: [Command.ID: String] = [.changeScope: "cells of"]

  /// The columns of a number beside the bars.
  private static let column = 7

  static func draw(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    let theme = Theme(canvas.capabilities)
    let layout = CellsLayout(state, in: rect)
    let shown = shares(state)
    drawHead(state, shown, on: &canvas, layout)
    InspectorView.draw(state, on: &canvas, at: layout.inspector)
    let numbers = layout.main.width >= 54 ? 4 : 1
    let bars = layout.rows.inset(left: Heatmap.gutter + 1, right: numbers * column)
    drawColumnTitles(state, on: &canvas, layout, bars, numbers)
    let count = min(layout.rows.height, state.gatedLayers.count - layout.first)
    for offset in 0..<max(0, count) {
      let index = layout.first + offset
      let y = layout.rows.y + offset
      let isCursor = index == state.selection.block && state.display.showsCursor
      canvas.put(
        String(state.rowNumbers[index]), endingAt: layout.rows.x + Heatmap.gutter - 1, y: y,
        style: isCursor ? theme.cursor : theme.dim, width: Heatmap.gutter - 1)
      guard let shares = shown.value?[index] else { continue }
      let bar = Rect(x: bars.x, y: y, width: bars.width, height: 1)
      shares.bar(
        state, total: Double(state.cells(at: index)), canvas.capabilities
      ).draw(on: &canvas, in: bar)
      let values =
        numbers == 1
        ? [shares.open] : [shares.carried, shares.mixed, shares.transformed, shares.open]
      for (position, value) in values.enumerated() {
        canvas.put(
          state.cellText(value, at: index), endingAt: bars.maxX + (position + 1) * column, y: y,
          style: isCursor ? theme.strong : theme.dim, width: column)
      }
    }
    if shown.value == nil, let note = shown.note {
      let place = Rect(
        x: bars.x, y: bars.y, width: bars.width + numbers * column, height: bars.height)
      drawCentered(wrapped(note, to: max(8, place.width - 4)), on: &canvas, in: place)
    }
  }

  static func changeScope(_ state: inout ExplorerState) {
    state.display.cellScope = state.display.cellScope.next
  }

  static func target(at point: Point, _ state: ExplorerState, in rect: Rect) -> Target? {
    let layout = CellsLayout(state, in: rect)
    return layout.layer(at: point, count: state.gatedLayers.count).map(Target.block)
      ?? InspectorView.target(at: point, state, layout.inspector)
  }

  static func sentence(_ state: ExplorerState) -> [String] {
    let index = state.selection.block
    let place = state.layerName(index)
    let shown = shares(state)
    guard let shares = shown.value?[index] else { return [place, shown.note ?? ""] }
    func count(_ value: Double) -> String { state.cellText(value, at: index) }
    let isSample = state.display.cellScope == .sample
    let cells = state.cells(at: index)
    return [
      place,
      "of \(NumberFormat.count(cells)) \(cells > state.units(at: index) ? "cells" : "units"), "
        + "\(count(shares.carried)) \(state.cellWords.low), \(count(shares.mixed)) mixed, "
        + "\(count(shares.transformed)) \(state.cellWords.high)"
        + (shares.notANumber > 0 ? ", \(count(shares.notANumber)) not a number" : "")
        + (isSample ? "" : " on average"),
    ]
  }

  /// A row for each highway layer: its cells, of the samples that the view counts.
  static func table(_ state: ExplorerState) -> NumberTable {
    let shares = shares(state).value
    return NumberTable(
      columns: NumberTable.layerColumns(state) + [
        state.hasMaps ? "cells" : "units", "carried", "mixed", "transformed", "open",
      ],
      rows: state.gatedLayers.indices.map { index in
        let row = shares?[index]
        return NumberTable.layer(state, index) + [.integer(state.cells(at: index))]
          + [row?.carried, row?.mixed, row?.transformed, row?.open].map { NumberTable.real($0) }
      })
  }

  static func caption(_ state: ExplorerState) -> [String] {
    state.display.cellScope == .sample ? state.sampleCaption : []
  }

  // MARK: - Its parts

  /// The cells of each layer for the samples in question.
  private static func shares(_ state: ExplorerState) -> Shown<[CellShares]> {
    let thresholds = state.display.thresholds
    switch state.display.cellScope {
    case .all: return state.statistics.map { $0.layers.map { CellShares($0.cells) } }
    case .oneClass:
      let label = state.selection.label
      return state.statistics.map { statistics in
        statistics.layers.map { layer in
          CellShares(
            layer.cellsByClass.indices.contains(label) ? layer.cellsByClass[label] : layer.cells)
        }
      }
    case .sample:
      return state.sample.map { record in
        record.trace.layers.map {
          CellShares(gates: $0.transformGate.map(state.gateShare), thresholds: thresholds)
        }
      }
    }
  }

  private static func drawHead(
    _ state: ExplorerState, _ shown: Shown<[CellShares]>, on canvas: inout Canvas,
    _ layout: CellsLayout
  ) {
    let theme = Theme(canvas.capabilities)
    let main = layout.main
    var title = "Cells of \(scope(state))\(state.heldNote): "
    if let shares = shown.value, let first = shares.first {
      let sum = shares.dropFirst().reduce(first, +)
      let open = sum.total > 0 ? sum.open / sum.total : 0
      title +=
        state.constantGateWords ?? "\(NumberFormat.percent(open)) open (\(state.openWords))"
      if case .earlier(_, let note) = shown { title += ", \(note)" }
    } else {
      title += shown.note ?? ""
    }
    canvas.put(
      title, at: Point(x: main.x + 1, y: main.y), style: theme.focus, width: main.width - 1)
    let shares = state.display.thresholds
    let thresholds = (low: state.gateValue(shares.low), high: state.gateValue(shares.high))
    var x = main.x + 1
    for kind in CellKind.allCases {
      let sample = Rect(x: x, y: main.y + 1, width: 2, height: 1)
      StackedBar(
        [
          StackedBar.Part(
            1, ink: kind.ink(state, canvas.capabilities.colors),
            glyph: kind.glyph(canvas.capabilities))
        ], total: 1
      ).draw(on: &canvas, in: sample)
      x += 3
      x += canvas.put(
        kind.title(thresholds, state.cellWords) + "  ",
        at: Point(x: x, y: main.y + 1),
        style: theme.dim, width: main.maxX - x)
    }
  }

  private static func drawColumnTitles(
    _ state: ExplorerState,
    on canvas: inout Canvas, _ layout: CellsLayout, _ bars: Rect, _ numbers: Int
  ) {
    let theme = Theme(canvas.capabilities)
    let y = layout.main.y + 2
    canvas.put(
      state.hasMicroSteps ? "step" : "layer", at: Point(x: layout.main.x, y: y), style: theme.dim,
      width: layout.main.width)
    let titles =
      numbers == 1
      ? ["open"]
      : [
        state.cellWords.low == "carried" ? "carr." : "low", "mixed",
        state.cellWords.high == "transformed" ? "trans." : "high", "open",
      ]
    for (position, title) in titles.enumerated() {
      canvas.put(title, endingAt: bars.maxX + (position + 1) * column, y: y, style: theme.dim)
    }
  }

  private static func scope(_ state: ExplorerState) -> String {
    switch state.display.cellScope {
    case .all:
      let isPart = state.statistics.value.map { $0.samples < state.sampleCount } ?? false
      let samples = state.samplesInWords ?? "\(state.splitName) samples"
      return (isPart ? "" : "all ") + samples
    case .oneClass: return state.classWords(state.selection.label)
    case .sample: return "sample \(state.selection.sample)"
    }
  }
}
