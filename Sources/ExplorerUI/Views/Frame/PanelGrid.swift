/// How many heatmaps of one size stand side by side and below each other in an area.
///
/// As many as fit at full resolution are shown; reducing them costs more than leaving some out, which Tab
/// brings.
struct PanelGrid {
  /// The narrowest heatmap.
  static let narrowest = 20
  /// The lowest heatmap.
  static let lowest = 6

  let area: Rect
  let across: Int
  let down: Int
  /// The width of each.
  let width: Int
  /// The height of each.
  let height: Int
  /// How well the heatmaps can be read; the more the better.
  let score: Double
  /// Whether each value has a place of its own.
  let isSharp: Bool
  /// How each heatmap is fitted into its place.
  let geometry: HeatmapGeometry

  /// Divides an area for at most `most` heatmaps; nil where they would be too small.
  init?(
    _ across: Int, _ down: Int, most: Int, in area: Rect, narrowest: Int = Self.narrowest,
    lowest: Int = Self.lowest,
    layout: (Rect) -> HeatmapPanelLayout
  ) {
    let share = Rect(x: 0, y: 0, width: area.width / across, height: area.height / down)
    guard share.width >= narrowest, share.height >= lowest else { return nil }
    let fitted = layout(share)
    var score = Double(min(most, across * down)) / Double(max(1, fitted.reduction))
    // Pairs can still be told apart; more in one pixel is mush, and five or more say nothing of a layer.
    if fitted.reduction > 2 { score *= fitted.reduction > 4 ? 0.5 : 0.7 }
    self.score = score + Double(fitted.geometry.rowScale + fitted.geometry.columnScale) * 0.01
    isSharp = fitted.reduction == 1
    geometry = fitted.geometry
    self.area = area
    self.across = across
    self.down = down
    width = min(share.width, max(narrowest, fitted.naturalWidth))
    // Below the heatmaps there is room for what they show, but for the row that names those that Tab brings.
    let free = max(0, share.height - fitted.naturalHeight - 1)
    height =
      min(share.height, fitted.naturalHeight)
      + min(HeatmapPanelLayout.mostCaptionRows, free)
  }

  /// The place of a heatmap, counted row by row.
  func place(_ index: Int) -> Rect {
    Rect(
      x: area.x + index % across * width, y: area.y + index / across * height, width: width,
      height: height)
  }

  /// The page of panels that has the one with the focus, and where they lie.
  func page<Panel: Equatable>(
    of all: [Panel], with focus: Panel, layout: (Rect) -> HeatmapPanelLayout
  ) -> [(panel: Panel, layout: HeatmapPanelLayout)] {
    let count = min(all.count, across * down)
    let first = min((all.firstIndex(of: focus) ?? 0) / count * count, all.count - count)
    return all.dropFirst(first).prefix(count).enumerated().map { ($1, layout(place($0))) }
  }
}

extension ExplorerState {
  /// The layout of a heatmap of layers by units.
  func heatmapLayout(_ capabilities: Capabilities) -> (Rect) -> HeatmapPanelLayout {
    let (rows, columns) = (gatedLayers.count, widestUnits)
    return { HeatmapPanelLayout($0, rows: rows, columns: columns, capabilities: capabilities) }
  }

  /// What is held, to be read after a title; empty where nothing is.
  var heldNote: String { clampWords.map { ", \($0)" } ?? "" }
}

/// Names the heatmaps that Tab brings, in one row, the one with the focus set off.
func drawPanelNames<Panel: Equatable>(
  _ all: [Panel], _ name: (Panel) -> String, focus: Panel, on canvas: inout Canvas, from x: Int,
  to right: Int,
  y: Int
) {
  let theme = Theme(canvas.capabilities)
  var x = x + 1
  x += canvas.put("Tab ", at: Point(x: x, y: y), style: theme.key, width: right - x)
  for (index, panel) in all.enumerated() {
    let isLast = index == all.count - 1
    x += canvas.put(
      name(panel) + (isLast ? "" : " · "), at: Point(x: x, y: y),
      style: panel == focus ? theme.focus : theme.dim, width: right - x - 1)
  }
}
