import HighwayNetworks

/// Where the heatmaps of the overview lie, and the inspector.
///
/// As many of the four as fit at full resolution are shown, in one row, in two, or below each other;
/// reducing them costs more than leaving some out, which Tab brings. The inspector stands at the right or
/// below; it goes last.
struct OverviewLayout {
  let panels: [(panel: OverviewPanel, layout: HeatmapPanelLayout)]
  let inspector: InspectorPlace?

  private struct Candidate {
    var columns: Int
    var rows: Int
    var panelWidth: Int
    var panelHeight: Int
    var inspector: InspectorPlace?
    var score: Double
  }

  init(_ state: ExplorerState, in body: Rect, capabilities: Capabilities) {
    let (rows, columns) = (state.gatedLayers.count, state.widestUnits)
    func layout(_ rect: Rect) -> HeatmapPanelLayout {
      HeatmapPanelLayout(rect, rows: rows, columns: columns, capabilities: capabilities)
    }
    let arrangements = [(4, 1), (2, 2), (2, 1), (1, 4), (1, 2), (1, 1)]
    var candidates: [Candidate] = []
    for (across, down) in arrangements {
      for side in Side.allCases {
        if let found = Self.candidate(across, down, side, body, layout) { candidates.append(found) }
      }
    }
    guard let best = candidates.max(by: { $0.score < $1.score }) else {
      panels = []
      inspector = nil
      return
    }
    inspector = best.inspector
    let count = best.columns * best.rows
    let focus = state.display.panel.rawValue
    let first = min(focus / count * count, max(0, OverviewPanel.allCases.count - count))
    panels = OverviewPanel.allCases.dropFirst(first).prefix(count).enumerated().map {
      index, panel in
      let rect = Rect(
        x: body.x + index % best.columns * best.panelWidth,
        y: body.y + index / best.columns * best.panelHeight,
        width: best.panelWidth, height: best.panelHeight)
      return (panel, layout(rect))
    }
  }

  private enum Side: CaseIterable {
    case right
    case below
    case none
  }

  private static func candidate(
    _ across: Int, _ down: Int, _ side: Side, _ body: Rect, _ layout: (Rect) -> HeatmapPanelLayout
  ) -> Candidate? {
    var offered = body
    switch side {
    case .right:
      offered.width -= max(InspectorPlace.narrowest, min(40, body.width * 2 / 10)) + 1
    case .below: offered.height -= InspectorPlace.lowest
    case .none: break
    }
    let share = Rect(
      x: body.x, y: body.y, width: max(0, offered.width) / across,
      height: max(0, offered.height) / down)
    guard share.width >= 20, share.height >= 6 else { return nil }
    let fitted = layout(share)
    let width = min(share.width, max(20, fitted.naturalWidth))
    let height = min(share.height, fitted.naturalHeight)
    var inspector: InspectorPlace?
    var score = Double(across * down) / Double(max(1, fitted.reduction))
    // Pairs can still be told apart; more in one pixel is mush.
    if fitted.reduction > 2 { score *= 0.7 }
    score += Double(fitted.geometry.rowScale + fitted.geometry.columnScale) * 0.01
    switch side {
    case .right:
      inspector = InspectorPlace(rect: body.splitLeft(across * width).rest, isBelow: false)
      score += 0.5
    case .below:
      inspector = InspectorPlace(rect: body.splitTop(down * height).rest, isBelow: true)
      score += 0.4
    case .none: break
    }
    return Candidate(
      columns: across, rows: down, panelWidth: width, panelHeight: height, inspector: inspector,
      score: score)
  }
}

/// Figure 2 of the paper: gate biases, mean T, T and y of one sample as heatmaps of layer and unit.
enum OverviewView {
  static func draw(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    guard !state.gatedLayers.isEmpty else {
      drawCentered(["This network has no highway layers to show."], on: &canvas, in: rect)
      return
    }
    let layout = OverviewLayout(state, in: rect, capabilities: canvas.capabilities)
    for (panel, place) in layout.panels {
      heatmap(panel, state).draw(on: &canvas, at: place)
    }
    drawOtherPanels(state, layout, on: &canvas, in: rect)
    if let inspector = layout.inspector {
      InspectorView.draw(state, on: &canvas, at: inspector)
    }
  }

  /// Names the heatmaps that Tab brings, in the last row, where it is free.
  private static func drawOtherPanels(
    _ state: ExplorerState, _ layout: OverviewLayout, on canvas: inout Canvas, in rect: Rect
  ) {
    let theme = Theme(canvas.capabilities)
    let all = OverviewPanel.allCases
    guard state.display.mentionsKeys, layout.panels.count < all.count,
      layout.inspector?.isBelow != true,
      let last = layout.panels.last?.layout,
      last.rect.y + last.naturalHeight + 1 < rect.maxY
    else { return }
    let right = layout.inspector?.rect.x ?? rect.maxX
    var x = rect.x + 1
    x += canvas.put("Tab ", at: Point(x: x, y: rect.maxY - 1), style: theme.key, width: right - x)
    for panel in all {
      let style = panel == state.display.panel ? theme.focus : theme.dim
      let text = name(panel) + (panel == all.last ? "" : " · ")
      x += canvas.put(text, at: Point(x: x, y: rect.maxY - 1), style: style, width: right - x - 1)
    }
  }

  /// The heatmap of a panel with what is known at the moment.
  static func heatmap(_ panel: OverviewPanel, _ state: ExplorerState) -> HeatmapPanel {
    let content = content(panel, state)
    return HeatmapPanel(
      title: title(panel, state), content: content, scale: scale(panel, content.value, state),
      rowNumbers: state.gatedLayers, cursor: state.heatmapCursor,
      columnNumbers: state.columnNumbers, orderNote: state.orderNote,
      detail: panel == .meanGate ? state.samplesInWords : nil,
      isFocused: panel == state.display.panel)
  }

  private static func name(_ panel: OverviewPanel) -> String {
    switch panel {
    case .gateBias: "gate bias"
    case .meanGate: "mean T"
    case .sampleGate: "sample T"
    case .sampleOutput: "sample y"
    }
  }

  private static func title(_ panel: OverviewPanel, _ state: ExplorerState) -> String {
    let held = state.clampWords.map { ", \($0)" } ?? ""
    return switch panel {
    case .gateBias: "gate bias"
    case .meanGate: "mean T" + held
    case .sampleGate: "T of sample \(state.selection.sample)" + held
    case .sampleOutput: "y of sample \(state.selection.sample)" + held
    }
  }

  private static func content(
    _ panel: OverviewPanel, _ state: ExplorerState
  ) -> Shown<HeatmapMatrix> {
    func matrix(_ rows: [[Float]]) -> HeatmapMatrix { state.heatmapMatrix(rows) }
    switch panel {
    case .gateBias:
      if state.gatedLayers.indices.allSatisfy({
        !(state.gating(at: $0)?.learnsTransformGate ?? false)
      }) {
        return .unavailable("no gate bias: gating \(state.gating(at: 0)?.name ?? "unknown")")
      }
      return state.gateBiases.map { matrix($0.map { $0 ?? [] }) }
    case .meanGate: return state.statistics.map { matrix($0.layers.map(\.meanT)) }
    case .sampleGate: return state.sample.map { matrix($0.trace.layers.map(\.transformGate)) }
    case .sampleOutput: return state.sample.map { matrix($0.trace.layers.map(\.blockOutput)) }
    }
  }

  private static func scale(
    _ panel: OverviewPanel, _ matrix: HeatmapMatrix?, _ state: ExplorerState
  ) -> ColorScale {
    let map = state.display.colorMap
    switch panel {
    case .meanGate where state.display.fitsScale:
      return .clipping(0.002, of: matrix?.known ?? [], map: map)
    case .meanGate, .sampleGate: return ColorScale(map, lower: 0, upper: 1)
    case .gateBias: return .fitting(matrix?.known ?? [], map: map)
    case .sampleOutput:
      let values = matrix?.known ?? []
      // The outputs of tanh blocks can be compared from sample to sample on one scale.
      if state.activation(at: 0) == .tanh, values.allSatisfy({ $0.magnitude <= 1 }) {
        return ColorScale(.vik, lower: -1, upper: 1)
      }
      return .fitting(values, map: values.contains { $0 < 0 } ? .vik : map)
    }
  }
}

extension HeatmapMatrix {
  /// The values that are there, row by row.
  var known: [Float] {
    (0..<rows).flatMap { row in (0..<widths[row]).map { values[row * columns + $0] } }
  }
}
