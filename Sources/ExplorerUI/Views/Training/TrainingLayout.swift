/// Where the parts of the training view lie.
struct TrainingLayout {
  let plots: Rect
  let column: Rect
  /// The mean of T as it moves, where there is room for it.
  let heatmap: HeatmapPanelLayout?

  init(_ state: ExplorerState, in body: Rect, capabilities: Capabilities) {
    let (rows, columns) = (state.gatedLayers.count, state.widestUnits)
    let columnWidth = body.width >= 150 ? 46 : body.width >= 110 ? 40 : 29
    let (rest, right) = body.splitRight(columnWidth)
    column = right
    let widest = HeatmapPanelLayout(
      Rect(x: rest.x, y: rest.y, width: max(0, rest.width - 50), height: rest.height), rows: rows,
      columns: columns, capabilities: capabilities)
    let width = max(34, widest.naturalWidth)
    if rows > 0, rest.width - width >= 50, widest.reduction <= 2 {
      let (left, place) = rest.splitRight(width)
      plots = left
      heatmap = HeatmapPanelLayout(
        place, rows: rows, columns: columns, capabilities: capabilities)
    } else {
      plots = rest
      heatmap = nil
    }
  }

  /// The areas of the two plots with their titles: loss and accuracy.
  var plotRects: (top: Rect, bottom: Rect) {
    let (top, bottom) = plots.splitTop((plots.height + 1) / 2)
    return (top, bottom)
  }

  /// The curves' area of a plot, without its title.
  static func curves(_ rect: Rect) -> Rect { rect.inset(top: 1, right: 1) }
}
