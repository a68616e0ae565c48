/// What lies under a point of the screen.
enum Target {
  case tab(View)
  /// An epoch, by its index in the timeline.
  case epoch(Int)
  /// A command, by its mention in the footer.
  case hint(Command)
  /// A unit of a layer, this by its index among those with gates; the panel of the view or the class that its heatmap belongs to, where there are several.
  case unit(Int, block: Int, panel: Int? = nil, label: Int? = nil)
  /// A layer, by its index among those with gates.
  case block(Int)
  /// A position of the map that Enter opened, in one of its pictures.
  case position(MapPosition, MapPanel)
  /// A class.
  case label(Int)
  /// A panel of the view, by its number.
  case panel(Int)
  /// Something of the view's own, by the number that it has there.
  case item(Int)
  /// A part of the view where nothing is to be chosen.
  case body
}

extension ExplorerState {
  /// What lies under a point, by the same layouts that the views draw with.
  func target(at point: Point) -> Target? {
    guard !ScreenLayout.isTooSmall(size), model != nil else { return nil }
    let layout = ScreenLayout(self, size)
    if let tab = TabsView.tabs(in: layout.tabs).first(where: { $0.rect.contains(point) }) {
      return .tab(tab.view)
    }
    if layout.footer.contains(point) {
      return FooterView.command(self, at: point.x - layout.footer.x, width: layout.footer.width)
        .map(Target.hint)
    }
    if layout.timeline.contains(point) {
      return TimelineLayout(layout.timeline, epochs: timeline.entries.count).index(at: point)
        .map(Target.epoch)
    }
    if layout.tour.contains(point) {
      return takesTourKeys ? Command.common(.tourNext).first.map(Target.hint) : nil
    }
    guard layout.body.contains(point) else { return nil }
    guard canDraw else { return .body }
    if showsMap { return MapView.target(at: point, self, in: layout.body) ?? .body }
    if showsUnit { return .body }
    return view.target(at: point, self, in: layout.body) ?? .body
  }

  /// Whether what the view that is open needs is there.
  var canDraw: Bool { needProblem == nil }

  /// Why what the view that is open needs is not there; nil where it is.
  var needProblem: String? {
    switch view.need {
    case .gates: problem(\.gates)
    case .learnedGates:
      problem(\.learnedGates).map { (constantGateWords.map { $0 + ": " } ?? "") + $0 }
    case .weights: problem(\.gates) ?? problem(\.weights)
    case .model: model == nil ? "no model is open" : nil
    case .nothing: nil
    }
  }

  /// The unit under a point of a heatmap of layers by units.
  func gate(
    at point: Point, in place: HeatmapPanelLayout, panel: Int? = nil, label: Int? = nil
  ) -> Target? {
    place.geometry.place(at: point).map { cell in
      .unit(unit(at: cell.column, block: cell.row), block: cell.row, panel: panel, label: label)
    }
  }
}
