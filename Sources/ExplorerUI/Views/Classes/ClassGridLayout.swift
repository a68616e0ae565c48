/// Where the heatmaps of all classes lie.
struct ClassGridLayout {
  let cells: [(label: Int, layout: HeatmapPanelLayout)]
  let inspector: InspectorPlace

  init(_ state: ExplorerState, in body: Rect, capabilities: Capabilities) {
    let (rows, columns) = (state.gatedLayers.count, state.widestUnits)
    let width =
      state.display.showsInspector
      ? max(InspectorPlace.narrowest, min(40, body.width * 2 / 10)) + 1 : 0
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
