import HighwayNetworks

/// Where the parts of the lesion view lie.
struct LesionLayout {
  let loss: Rect
  let error: Rect
  let column: Rect

  init(_ body: Rect) {
    let columnWidth = body.width >= 150 ? 68 : body.width >= 110 ? 46 : 33
    let (plots, right) = body.splitRight(columnWidth)
    (loss, error) = plots.splitTop((plots.height + 1) / 2)
    column = right
  }

  /// The area of a plot below its title.
  static func plot(_ rect: Rect) -> Rect { rect.inset(top: 1, right: 1) }

  /// The area of a plot's curves.
  static func curves(_ rect: Rect) -> Rect {
    plot(rect).inset(left: LinePlot.gutter, right: 1, bottom: 1)
  }
}

/// Figure 4 of the paper: loss and error with T of one layer held at 0, and what is held at the moment.
enum LesionView {
  static func draw(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    guard !state.gatedLayers.isEmpty else {
      drawCentered(["This network has no highway layers to show."], on: &canvas, in: rect)
      return
    }
    let layout = LesionLayout(rect)
    drawPlot(state, on: &canvas, in: layout.loss, title: "loss", isPercent: false) { $0.loss }
    drawPlot(state, on: &canvas, in: layout.error, title: "error", isPercent: true) { $0.error }
    LesionColumn.draw(state, on: &canvas, in: layout.column)
  }

  /// The index of the layer whose lesion lies under a point.
  static func layer(at point: Point, _ state: ExplorerState, in body: Rect) -> Int? {
    let layout = LesionLayout(body)
    let areas = [layout.loss, layout.error].map(LesionLayout.curves)
    guard let area = areas.first(where: { $0.contains(point) }), let range = span(state) else {
      return nil
    }
    let part = Double(point.x - area.x) / Double(max(1, area.width - 1))
    let place = range.lowerBound + part * (range.upperBound - range.lowerBound)
    let distances = state.gatedLayers.map { (Double($0) - place).magnitude }
    return distances.indices.min { distances[$0] < distances[$1] }
  }

  /// From the first highway layer to the last.
  private static func span(_ state: ExplorerState) -> ClosedRange<Double>? {
    guard let first = state.gatedLayers.first, let last = state.gatedLayers.last else { return nil }
    return Double(first)...Double(max(first + 1, last))
  }

  private static func drawPlot(
    _ state: ExplorerState, on canvas: inout Canvas, in rect: Rect, title: String,
    isPercent: Bool, _ value: (LesionSweep.Outcome) -> Double
  ) {
    let theme = Theme(canvas.capabilities)
    guard let span = span(state) else { return }
    func level(_ outcome: LesionSweep.Outcome) -> [(x: Double, y: Double)] {
      [(span.lowerBound, value(outcome)), (span.upperBound, value(outcome))]
    }
    let sweep = state.lesionSweep
    var series: [LinePlot.Series] = [
      .init("intact", points: sweep.value.map { level($0.baseline) } ?? [], style: theme.series(0))
    ]
    if let held = state.clampedOutcome {
      series.append(.init("held", points: held.value.map(level) ?? [], style: theme.series(2)))
    }
    let points = sweep.value?.layers.map { (x: Double($0.layer), y: value($0.outcome)) } ?? []
    let name = rect.width < 40 ? "lesion" : "T of one layer at 0"
    series.append(.init(name, points: points, style: theme.series(1)))
    let isLogarithmic = state.display.lesionsAreLogarithmic
    let plot = LinePlot(
      series, isLogarithmic: isLogarithmic, xRange: span, marker: Double(state.cursorLayer),
      isPercent: isPercent)
    let used = canvas.put(
      " " + title + (isLogarithmic ? ", log  " : "  "), at: Point(x: rect.x, y: rect.y),
      style: theme.title, width: rect.width)
    plot.drawLegend(
      on: &canvas, at: Point(x: rect.x + used, y: rect.y), width: max(0, rect.width - used))
    if sweep.value != nil {
      plot.draw(on: &canvas, in: LesionLayout.plot(rect))
    } else {
      let lines = wrapped(progress(state) ?? sweep.note ?? "", to: max(8, rect.width - 4))
      drawCentered(lines, on: &canvas, in: LesionLayout.plot(rect))
    }
  }

  /// How far the sweep has come, while it is at work.
  private static func progress(_ state: ExplorerState) -> String? {
    guard case .pending = state.lesionSweep, let request = state.results.pendingLesions.first,
      request.clamps.isEmpty
    else { return nil }
    return "lesioning… \(NumberFormat.percent(state.results.lesionFraction, 0))"
  }
}
