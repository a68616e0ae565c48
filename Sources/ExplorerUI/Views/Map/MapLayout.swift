import HighwayNetworks

/// Where the parts of a map that Enter opened lie: a title, the pictures, and the numbers beside or below them.
struct MapLayout {
  let title: Rect
  let panels: [(panel: MapPanel, layout: HeatmapPanelLayout)]
  /// Whether rows and columns are numbered.
  let hasMargins: Bool
  /// Where the names of the pictures that Tab brings stand; nil where all are shown.
  let names: Rect?
  /// The numbers at the position, one below the other where they stand beside the pictures.
  let numbers: Rect
  let isBeside: Bool
  /// The classes of the unit and the histogram of its gate, below the numbers.
  let charts: Rect

  /// The narrowest picture.
  private static let narrowest = 14

  init(_ state: ExplorerState, in body: Rect, capabilities: Capabilities) {
    let (title, rest) = body.splitTop(1)
    self.title = title
    let all = MapPanel.shown(by: state)
    let (rows, columns) = state.extents(at: state.selection.block) ?? (1, 1)
    let focus = state.focus(\.display.mapPanel)
    var best: (grid: PanelGrid, margins: Bool, beside: Bool, score: Double)?
    func layout(_ margins: Bool) -> (Rect) -> HeatmapPanelLayout {
      {
        HeatmapPanelLayout(
          $0, rows: rows, columns: columns, capabilities: capabilities, hasMargins: margins,
          isPicture: true)
      }
    }
    for beside in [true, false] {
      // Below the pictures there are two rows of numbers, and one for the names of the others.
      let offered =
        beside
        ? rest.splitRight(InspectorPlace.narrowest + 2).rest : rest.splitBottom(3).rest
      for margins in [true, false] {
        for across in 1...all.count {
          for down in 1...(all.count + across - 1) / across {
            let grid = PanelGrid(
              across, down, most: all.count, in: offered, narrowest: Self.narrowest, lowest: 4,
              layout: layout(margins))
            guard let grid else { continue }
            let shown = min(all.count, across * down)
            // To show many, each value in a place of its own, comes before size and numbers.
            let step = grid.geometry.columnStep
            let score =
              Double(shown) / Double(step * step) + Double(min(grid.geometry.columnScale, 4)) * 0.3
              + (margins ? 0.4 : 0) + (beside ? 0.2 : 0)
            if score > best?.score ?? -1 { best = (grid, margins, beside, score) }
          }
        }
      }
    }
    guard let best else {
      (panels, hasMargins, names, isBeside) = ([], false, nil, false)
      numbers = rest
      charts = rest.splitTop(0).top
      return
    }
    hasMargins = best.margins
    isBeside = best.beside
    let place = layout(best.margins)
    panels = best.grid.page(of: all, with: focus, layout: place)
    let used = Size(
      width: best.grid.across * best.grid.width, height: best.grid.down * best.grid.height)
    let below = rest.splitTop(used.height).rest
    let isWhole = panels.count == all.count
    names = isWhole || below.height < 1 ? nil : below.splitTop(1).top
    if best.beside {
      let column = rest.splitLeft(used.width + 1).rest
      let count = MapNumbers(state).lines.count + 2
      (numbers, charts) = (
        column.splitTop(count).top, column.splitTop(count).rest.splitTop(34).top
      )
    } else {
      let free = below.inset(top: isWhole ? 0 : 1)
      (numbers, charts) = (free.splitTop(2).top, free.splitTop(3).rest)
    }
  }
}
