import HighwayNetworks

/// Where the heatmaps of all classes lie.
struct ClassGridLayout {
  let cells: [(label: Int, layout: HeatmapPanelLayout)]
  let inspector: InspectorPlace

  init(_ state: ExplorerState, in body: Rect, capabilities: Capabilities) {
    let (rows, columns) = (state.gatedLayers.count, state.widestUnits)
    let width = max(InspectorPlace.narrowest, min(40, body.width * 2 / 10)) + 1
    let (rest, right) = body.splitRight(width)
    let area = rest.splitTop(1).rest
    func layout(_ rect: Rect) -> HeatmapPanelLayout {
      HeatmapPanelLayout(
        rect, rows: rows, columns: columns, capabilities: capabilities, hasMargins: false,
        hasLegend: false)
    }
    // The arrangement that loses least; where all classes do not fit, a page of them.
    var best: (across: Int, down: Int, score: Double) = (1, 1, -1)
    for across in 1...max(1, min(state.classCount, area.width / 12)) {
      for down in 1...max(1, area.height / 5) {
        let shown = min(state.classCount, across * down)
        let share = Rect(
          x: 0, y: 0, width: area.width / across - 1, height: area.height / down)
        let fitted = layout(share)
        let size = fitted.geometry.rowScale * fitted.geometry.columnScale
        let wasted = Double(max(0, across * down - state.classCount))
        // To see every class comes first, then to see it sharply, then to leave no holes.
        let score =
          Double(shown) * 10 - Double(fitted.reduction) * 0.1 + Double(size) * 0.01 - wasted * 0.02
        if score > best.score { best = (across, down, score) }
      }
    }
    let page = best.across * best.down
    let first = state.selection.label / page * page
    let (cellWidth, cellHeight) = (area.width / best.across, area.height / best.down)
    cells = (first..<max(first, min(state.classCount, first + page))).map { label in
      let index = label - first
      let rect = Rect(
        x: area.x + 1 + index % best.across * cellWidth,
        y: area.y + index / best.across * cellHeight,
        width: cellWidth - 1, height: cellHeight)
      return (label, layout(rect))
    }
    inspector = InspectorPlace(rect: right, isBelow: false)
  }
}

/// Figure 3 of the paper: how the mean of T over one class's samples differs from the mean over all.
enum ClassesView {
  static func draw(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    guard !state.gatedLayers.isEmpty else {
      drawCentered(["This network has no highway layers to show."], on: &canvas, in: rect)
      return
    }
    if state.display.showsAllClasses {
      drawAll(state, on: &canvas, in: rect)
    } else {
      drawOne(state, on: &canvas, in: rect)
    }
  }

  static func layout(
    _ state: ExplorerState, in rect: Rect, capabilities: Capabilities
  ) -> SingleHeatmapLayout {
    SingleHeatmapLayout(
      rect, rows: state.gatedLayers.count, columns: state.widestUnits, capabilities: capabilities)
  }

  private static func drawOne(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    let layout = layout(state, in: rect, capabilities: canvas.capabilities)
    let label = state.selection.label
    let panel = HeatmapPanel(
      title: "\(name(label, state)) − mean\(state.clampWords.map { ", \($0)" } ?? "")",
      content: content(label, state), scale: scale(state),
      rowNumbers: state.gatedLayers, cursor: state.heatmapCursor,
      columnNumbers: state.columnNumbers, orderNote: state.orderNote,
      detail: state.samplesInWords, isFocused: true)
    panel.draw(on: &canvas, at: layout.panel)
    InspectorView.draw(state, on: &canvas, at: layout.inspector)
  }

  private static func drawAll(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    let theme = Theme(canvas.capabilities)
    let layout = ClassGridLayout(state, in: rect, capabilities: canvas.capabilities)
    let scale = scale(state)
    let right = layout.inspector.rect.x - 1
    var title = "each class − mean\(state.clampWords.map { ", \($0)" } ?? "")"
    if let note = state.orderNote { title += ", \(note)" }
    if let reduction = layout.cells.first?.layout.geometry.reduction { title += ", \(reduction)" }
    let room = right - rect.x - canvas.columns(shown: title) - 3
    let legend = ColorLegend(scale).draw(
      on: &canvas, endingAt: right, y: rect.y, width: max(18, min(44, room)))
    canvas.put(
      title, at: Point(x: rect.x + 1, y: rect.y), style: theme.title,
      width: right - legend - rect.x - 2)
    for (label, place) in layout.cells {
      HeatmapPanel(
        title: name(label, state), content: content(label, state), scale: scale,
        rowNumbers: state.gatedLayers, cursor: state.heatmapCursor,
        isFocused: label == state.selection.label, hasMargins: false, hasLegend: false
      ).draw(on: &canvas, at: place)
    }
    InspectorView.draw(state, on: &canvas, at: layout.inspector)
  }

  private static func name(_ label: Int, _ state: ExplorerState) -> String {
    let name = state.className(label)
    return name == String(label) ? "class \(label)" : "\(label) \(name)"
  }

  private static func content(_ label: Int, _ state: ExplorerState) -> Shown<HeatmapMatrix> {
    if let counts = state.statistics.value?.samplesByClass, counts.indices.contains(label),
      counts[label] == 0
    {
      return .unavailable("no samples of this class")
    }
    return state.statistics.map { statistics in
      let rows = statistics.layers.map { layer in
        (0..<layer.units).map { layer.classDeviation($0, class: label) }
      }
      return state.heatmapMatrix(rows)
    }
  }

  /// One scale for all classes, so that they can be compared.
  private static func scale(_ state: ExplorerState) -> ColorScale {
    guard let statistics = state.statistics.value else {
      return ColorScale(.vik, lower: -1, upper: 1)
    }
    var deviations: [Float] = []
    for layer in statistics.layers {
      for label in 0..<state.classCount
      where !statistics.samplesByClass.indices.contains(label)
        || statistics.samplesByClass[label] > 0
      {
        for unit in 0..<layer.units {
          deviations.append(layer.classDeviation(unit, class: label))
        }
      }
    }
    return .clipping(state.display.fitsScale ? 0.01 : 0, of: deviations, map: .vik)
  }
}
