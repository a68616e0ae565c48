/// What lies under a point of the screen.
enum Target: Hashable {
  case tab(View)
  /// An epoch, by its index in the timeline.
  case epoch(Int)
  /// A command, by its mention in the footer.
  case hint(Command.ID)
  /// A cell of a heatmap; the panel or the class that the heatmap belongs to, where there are several.
  case cell(layer: Int, unit: Int, panel: OverviewPanel?, label: Int?)
  /// A cell of a heatmap of the sample view.
  case sampleCell(layer: Int, unit: Int, panel: SamplePanel)
  /// A layer, by its index among the highway layers.
  case layer(Int)
  /// A class.
  case label(Int)
  /// A run, by its index in the comparison.
  case run(Int)
  /// A plot of the depth view.
  case plot(DepthPlot)
  /// A part of the view where nothing is to be chosen.
  case body
}

extension ExplorerState {
  /// What lies under a point, by the same layouts that the views draw with.
  func target(at point: Point) -> Target? {
    guard !ScreenLayout.isTooSmall(size), model != nil else { return nil }
    let layout = ScreenLayout(size)
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
    guard layout.body.contains(point) else { return nil }
    if display.view == .compare {
      return CompareLayout(self, in: layout.body).run(at: point, count: comparison.entries.count)
        .map(Target.run) ?? .body
    }
    guard !gatedLayers.isEmpty || [.sample, .training].contains(display.view), !showsUnit else {
      return .body
    }
    return switch display.view {
    case .overview: overviewTarget(at: point, in: layout.body)
    case .classes: classesTarget(at: point, in: layout.body)
    case .cells: cellsTarget(at: point, in: layout.body)
    case .sample: sampleTarget(at: point, in: layout.body)
    case .lesion:
      LesionView.layer(at: point, self, in: layout.body).map(Target.layer) ?? .body
    case .training: trainingTarget(at: point, in: layout.body)
    case .compare: .body
    case .depth: DepthLayout(self, in: layout.body).plot(at: point).map(Target.plot) ?? .body
    }
  }

  private func overviewTarget(at point: Point, in body: Rect) -> Target {
    let layout = OverviewLayout(self, in: body, capabilities: capabilities)
    for (panel, place) in layout.panels {
      if let cell = place.geometry.place(at: point) {
        return .cell(
          layer: cell.row, unit: unit(at: cell.column, layer: cell.row), panel: panel, label: nil)
      }
    }
    return .body
  }

  private func classesTarget(at point: Point, in body: Rect) -> Target {
    guard display.showsAllClasses else {
      let layout = ClassesView.layout(self, in: body, capabilities: capabilities)
      guard let cell = layout.panel.geometry.place(at: point) else { return .body }
      return .cell(
        layer: cell.row, unit: unit(at: cell.column, layer: cell.row), panel: nil, label: nil)
    }
    let layout = ClassGridLayout(self, in: body, capabilities: capabilities)
    for (label, place) in layout.cells {
      if let cell = place.geometry.place(at: point) {
        return .cell(
          layer: cell.row, unit: unit(at: cell.column, layer: cell.row), panel: nil, label: label)
      }
      if place.rect.contains(point) { return .label(label) }
    }
    return .body
  }

  private func sampleTarget(at point: Point, in body: Rect) -> Target {
    let layout = SampleLayout(self, in: body, capabilities: capabilities)
    for (panel, place) in layout.panels {
      if let cell = place.geometry.place(at: point) {
        return .sampleCell(
          layer: cell.row, unit: unit(at: cell.column, layer: cell.row), panel: panel)
      }
    }
    if layout.probabilities.contains(point), let record = sample.value,
      let label = ProbabilityBars(record, selected: selection.label).label(
        row: point.y - layout.probabilities.y, of: layout.probabilities.height)
    {
      return .label(label)
    }
    return .body
  }

  private func trainingTarget(at point: Point, in body: Rect) -> Target {
    let layout = TrainingLayout(self, in: body, capabilities: capabilities)
    if let cell = layout.heatmap?.geometry.place(at: point) {
      return .cell(
        layer: cell.row, unit: unit(at: cell.column, layer: cell.row), panel: nil, label: nil)
    }
    for rect in [layout.plotRects.top, layout.plotRects.bottom] {
      let range = TrainingView.epochRange(self)
      if let epoch = LinePlot.x(at: point, in: TrainingLayout.curves(rect), range: range),
        let index = timeline.entries.indices.min(by: {
          abs(Double(timeline.entries[$0].id.number) - epoch)
            < abs(Double(timeline.entries[$1].id.number) - epoch)
        })
      {
        return .epoch(index)
      }
    }
    if let number = TrainingColumn.epoch(self, at: point, in: layout.column),
      let index = timeline.entries.lastIndex(where: { $0.id.number == number })
    {
      return .epoch(index)
    }
    return .body
  }

  private func cellsTarget(at point: Point, in body: Rect) -> Target {
    CellsLayout(self, in: body).layer(at: point, count: gatedLayers.count).map(Target.layer)
      ?? .body
  }
}
