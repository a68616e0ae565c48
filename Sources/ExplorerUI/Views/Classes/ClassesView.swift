import HighwayNetworks
import TensorFiles

/// Figure 3 of the paper: how the mean of T over one class's samples differs from the mean over all.
enum ClassesView: ExplorerView {
  static let title = "Classes"
  static let help = "how T differs from class to class"
  static let showsUnits = true
  static let need = ViewNeed.learnedGates
  static let inspectorFocus = InspectorFocus.classes
  static let commands: Set<Command.ID> = [
    .zoomIn, .changeScope, .against, .rank, .rankOrder, .nextRanked, .previousRanked,
  ]
  static let hints =
    Command.common(.nextClass, .changeScope) + [showWords]
    + Command.common(
      .against, .rank, .nextEpoch, .zoomIn, .nextRanked, .trainEpoch,
      .switchSplit, .scale, .colorMap,
      .order, .goTo, .runOrPause, .lesionLayer, .clamp)

  /// A class is a panel of its own.
  static var panels: Panels? {
    Panels(
      all: { state in (0..<state.classCount).map { ($0, state.className($0)) } }, \.selection.label)
  }

  static func draw(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    if let words = state.shownWords {
      WordPictureView.draw(words, state, on: &canvas, in: rect)
    } else if state.display.showsAllClasses && !state.display.showsOnePanel {
      drawAll(state, on: &canvas, in: rect)
    } else {
      drawOne(state, on: &canvas, in: rect)
    }
  }

  static func changeScope(_ state: inout ExplorerState) {
    state.display.showsAllClasses.toggle()
  }

  static func target(at point: Point, _ state: ExplorerState, in rect: Rect) -> Target? {
    guard state.shownWords == nil else { return nil }
    guard state.display.showsAllClasses else {
      let layout = layout(state, in: rect, capabilities: state.capabilities)
      return state.gate(at: point, in: layout.panel)
        ?? InspectorView.target(at: point, state, layout.inspector)
    }
    let layout = ClassGridLayout(state, in: rect, capabilities: state.capabilities)
    guard let cell = layout.cells.first(where: { $0.layout.rect.contains(point) }) else {
      return InspectorView.target(at: point, state, layout.inspector)
    }
    return state.gate(at: point, in: cell.layout, label: cell.label) ?? .label(cell.label)
  }

  static func table(_ state: ExplorerState) -> NumberTable {
    if let words = state.shownWords {
      return WordPictureView.table(words, state.display.wordPicture)
    }
    let labels = 0..<state.classCount
    let statistics = state.statistics.value
    let difference = contrast(state.selection.label, state).value
    return .units(
      state,
      columns: ["meanT", "classShare"] + labels.map { "deviation\($0)" }
        + (state.selection.against == nil ? [] : ["difference"])
    ) { index, unit in
      let layer = statistics?.layers[index]
      return [NumberTable.real(layer?.meanT[unit]), NumberTable.real(layer?.classShare[unit])]
        + labels.map { (label: Int) -> JSON in
          // A class without samples deviates from nothing.
          let counts = statistics?.samplesByClass ?? []
          return counts.indices.contains(label) && counts[label] > 0
            ? NumberTable.real(layer?.classDeviation(unit, class: label)) : .null
        } + (state.selection.against == nil ? [] : [NumberTable.real(difference?[index][unit])])
    }
  }

  static func caption(_ state: ExplorerState) -> [String] {
    let isOne = !state.display.showsAllClasses && !state.display.showsOnePanel
    guard state.has(\.groups), isOne else { return [] }
    return [
      state.selection.against == nil
        ? state.classWords(state.selection.label) : contrastTitle(state.selection.label, state)
    ]
  }

  // MARK: - Its heatmaps

  private static func layout(
    _ state: ExplorerState, in rect: Rect, capabilities: Capabilities
  ) -> SingleHeatmapLayout {
    SingleHeatmapLayout(state, in: rect, capabilities: capabilities)
  }

  private static func drawOne(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    let layout = layout(state, in: rect, capabilities: canvas.capabilities)
    let label = state.selection.label
    state.gateHeatmap(
      contrastTitle(label, state) + state.heldNote, content(label, state),
      detail: state.samplesInWords, meaning: contrastMeaning(label, state), isFocused: true
    ) { _ in scale(state) }
    .draw(on: &canvas, at: layout.panel)
    InspectorView.draw(state, on: &canvas, at: layout.inspector)
  }

  private static func drawAll(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    let theme = Theme(canvas.capabilities)
    let layout = ClassGridLayout(state, in: rect, capabilities: canvas.capabilities)
    let scale = ClassesView.scale(state, layout.cells.first?.layout.geometry)
    let right = layout.inspector.rect.x - 1
    var title = "each \(state.groupWord) − " + state.referenceWords + state.heldNote
    if let note = state.orderNote { title += ", \(note)" }
    if let averaged = layout.cells.first?.layout.geometry.averaged(state.rowWord, "unit") {
      let note = "\(averaged) a cell"
      // Beside the title or, where the heatmaps leave a row below them, there.
      let below = layout.cells.map(\.layout.rect.maxY).max() ?? rect.maxY
      if canvas.columns(shown: title + note) + 22 > right - rect.x, below < rect.maxY {
        canvas.put(
          note, at: Point(x: rect.x + 1, y: rect.maxY - 1), style: theme.dim,
          width: right - rect.x - 1)
      } else {
        title += ", " + note
      }
    }
    let room = right - rect.x - canvas.columns(shown: title) - 3
    let legend = ColorLegend(scale).draw(
      on: &canvas, endingAt: right, y: rect.y, width: max(18, min(44, room)))
    canvas.put(
      title, at: Point(x: rect.x + 1, y: rect.y), style: theme.title,
      width: right - legend - rect.x - 2)
    for (label, place) in layout.cells {
      HeatmapPanel(
        title: state.classTitle(label), content: content(label, state), scale: scale,
        rowNumbers: state.rowNumbers, cursor: state.heatmapCursor,
        isFocused: label == state.selection.label && state.display.showsCursor, hasMargins: false,
        hasLegend: false
      ).draw(on: &canvas, at: place)
    }
    InspectorView.draw(state, on: &canvas, at: layout.inspector)
  }

  static func content(_ label: Int, _ state: ExplorerState) -> Shown<HeatmapMatrix> {
    contrast(label, state).map { state.heatmapMatrix($0) }
  }
}
