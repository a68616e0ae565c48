/// Where the heatmaps of the overview lie, and the inspector.
///
/// The four lie in one row, in two, or below each other. The inspector stands at the right or below; it goes
/// last.
struct OverviewLayout {
  let panels: [(panel: OverviewPanel, layout: HeatmapPanelLayout)]
  let inspector: InspectorPlace?

  private enum Side: CaseIterable {
    case right
    case below
    case none

    /// What is left for the heatmaps.
    func offered(of body: Rect) -> Rect {
      var offered = body
      switch self {
      case .right:
        offered.width -= max(InspectorPlace.narrowest, min(40, body.width * 2 / 10)) + 1
      case .below: offered.height -= InspectorPlace.lowest
      case .none: break
      }
      return Rect(x: body.x, y: body.y, width: offered.width, height: offered.height)
    }

    /// How much an inspector there is worth beside the heatmaps.
    var score: Double {
      switch self {
      case .right: 0.5
      case .below: 0.4
      case .none: 0
      }
    }
  }

  init(_ state: ExplorerState, in body: Rect, capabilities: Capabilities) {
    guard !state.display.showsOnePanel else {
      let layout = SingleHeatmapLayout(state, in: body, capabilities: capabilities)
      panels = [(state.focus(\.display.panel), layout.panel)]
      inspector = layout.inspector
      return
    }
    let all = OverviewPanel.shown(by: state)
    let layout = state.heatmapLayout(capabilities)
    let sides = state.display.showsInspector ? Side.allCases : [.none]
    var best: (grid: PanelGrid, side: Side, score: Double)?
    for (across, down) in [(4, 1), (2, 2), (1, 4), (2, 1), (1, 2), (1, 1)] {
      // Where no key brings the others, what shows all of them comes first.
      let isWhole = across * down == all.count
      if best != nil, !isWhole, !state.display.mentionsKeys { continue }
      for side in sides {
        guard
          let grid = PanelGrid(
            across, down, most: all.count, in: side.offered(of: body),
            layout: layout)
        else { continue }
        // Two heatmaps with a place for every value come before four without; Tab brings the others.
        let sharpness = grid.isSharp && across * down > 1 ? 1.25 : 1
        let score = grid.score * sharpness + side.score
        if score > best?.score ?? -1 { best = (grid, side, score) }
      }
    }
    guard let (grid, side, _) = best else {
      panels = []
      inspector = nil
      return
    }
    panels = grid.page(of: all, with: state.focus(\.display.panel), layout: layout)
    inspector =
      switch side {
      case .right:
        InspectorPlace(rect: body.splitLeft(grid.across * grid.width).rest, isBelow: false)
      case .below:
        InspectorPlace(rect: body.splitTop(grid.down * grid.height).rest, isBelow: true)
      case .none: nil
      }
  }
}
