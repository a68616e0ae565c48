/// How the screen is divided: header, tabs, body, a sentence about the cursor, the tour, timeline, foot.
struct ScreenLayout {
  /// The smallest screen that is drawn on.
  static let smallest = Size(width: 60, height: 16)

  let header: Rect
  let tabs: Rect
  let body: Rect
  /// Empty where there is no room for it beside the tour.
  let sentence: Rect
  /// Empty where no tour is on.
  let tour: Rect
  let timeline: Rect
  let footer: Rect

  init(_ state: ExplorerState, _ size: Size) {
    self.init(size, tourRows: TourView.rows(state, size))
  }

  init(_ size: Size, tourRows: Int = 0) {
    let screen = Rect(x: 0, y: 0, width: size.width, height: size.height)
    let (header, belowHeader) = screen.splitTop(1)
    let (tabs, belowTabs) = belowHeader.splitTop(1)
    let (aboveFooter, footer) = belowTabs.splitBottom(1)
    let rows = size.height >= 62 ? 3 : size.height >= 20 ? 2 : 1
    let (aboveTimeline, timeline) = aboveFooter.splitBottom(rows)
    let (aboveTour, tour) = aboveTimeline.splitBottom(tourRows)
    let (body, sentence) = aboveTour.splitBottom(tourRows > 0 && size.height < 30 ? 0 : 1)
    self.header = header
    self.tabs = tabs
    self.body = body
    self.sentence = sentence
    self.tour = tour
    self.timeline = timeline
    self.footer = footer
  }

  static func isTooSmall(_ size: Size) -> Bool {
    size.width < smallest.width || size.height < smallest.height
  }
}

/// Where the inspector stands beside a view.
struct InspectorPlace: Hashable {
  /// The narrowest inspector that is useful.
  static let narrowest = 24
  /// The lowest inspector that is useful below a view.
  static let lowest = 5

  var rect: Rect
  var isBelow: Bool
}

/// The body with one large heatmap and the inspector at its right.
struct SingleHeatmapLayout {
  let panel: HeatmapPanelLayout
  let inspector: InspectorPlace

  init(_ state: ExplorerState, in body: Rect, capabilities: Capabilities) {
    let (rows, columns) = (state.gatedLayers.count, state.widestUnits)
    guard state.display.showsInspector else {
      panel = HeatmapPanelLayout(body, rows: rows, columns: columns, capabilities: capabilities)
      inspector = InspectorPlace(rect: body.splitRight(0).right, isBelow: false)
      return
    }
    let reserved = max(InspectorPlace.narrowest, min(40, body.width * 3 / 10)) + 1
    let offered = body.splitRight(reserved).rest
    let fitted = HeatmapPanelLayout(
      offered, rows: rows, columns: columns, capabilities: capabilities)
    let used = min(offered.width, max(40, fitted.naturalWidth))
    let (left, right) = body.splitLeft(used)
    panel = HeatmapPanelLayout(left, rows: rows, columns: columns, capabilities: capabilities)
    inspector = InspectorPlace(rect: right, isBelow: false)
  }
}
