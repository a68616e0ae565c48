import HighwayNetworks

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
}

extension TrainingLayout {
  /// The areas of the two plots with their titles: loss and accuracy.
  var plotRects: (top: Rect, bottom: Rect) {
    let (top, bottom) = plots.splitTop((plots.height + 1) / 2)
    return (top, bottom)
  }

  /// The curves' area of a plot, without its title.
  static func curves(_ rect: Rect) -> Rect { rect.inset(top: 1, right: 1) }
}

/// Loss and accuracy by epoch, what training does, and what the run was set to.
enum TrainingView {
  static func draw(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    let layout = TrainingLayout(state, in: rect, capabilities: canvas.capabilities)
    let (top, bottom) = layout.plotRects
    drawPlot(
      state, on: &canvas, in: top, title: top.width < 40 ? "loss, log" : "loss (nats, log)",
      isLogarithmic: true,
      train: { $0.trainLoss }, test: { $0.testLoss })
    drawPlot(
      state, on: &canvas, in: bottom, title: "accuracy", isLogarithmic: false,
      train: { $0.trainAccuracy }, test: { $0.testAccuracy })
    if let place = layout.heatmap {
      var panel = OverviewView.heatmap(.meanGate, state)
      panel.isFocused = false
      panel.draw(on: &canvas, at: place)
    }
    TrainingColumn.draw(state, on: &canvas, in: layout.column)
  }

  private static func drawPlot(
    _ state: ExplorerState, on canvas: inout Canvas, in rect: Rect, title: String,
    isLogarithmic: Bool, train: (EpochMetrics) -> Double, test: (EpochMetrics) -> Double
  ) {
    let theme = Theme(canvas.capabilities)
    let metrics = metrics(state)
    // Epoch 0 has not been trained: what was met on the way to it means nothing.
    let trainPoints = metrics.filter { $0.epoch > 0 }.map { (x: Double($0.epoch), y: train($0)) }
    let testPoints = metrics.map { (x: Double($0.epoch), y: test($0)) }
    let plot = LinePlot(
      [
        .init("train", points: trainPoints, style: theme.series(0)),
        .init("test", points: testPoints, style: theme.series(1)),
      ], isLogarithmic: isLogarithmic, xRange: epochRange(state),
      marker: state.timeline.current.map { Double($0.id.number) }, isPercent: !isLogarithmic)
    let used = canvas.put(
      " " + title + (rect.width < 40 ? "  " : "   "), at: Point(x: rect.x, y: rect.y),
      style: theme.title, width: rect.width)
    plot.drawLegend(
      on: &canvas, at: Point(x: rect.x + used, y: rect.y), width: max(0, rect.width - used))
    guard !metrics.isEmpty else {
      let words = state.display.mentionsKeys ? "no epochs yet: t trains one" : "no epochs yet"
      drawCentered([words], on: &canvas, in: rect, style: theme.dim)
      return
    }
    plot.draw(on: &canvas, in: TrainingLayout.curves(rect))
  }

  /// The epochs that the plots span.
  static func epochRange(_ state: ExplorerState) -> ClosedRange<Double> {
    let current = state.timeline.current?.id.number ?? 0
    return 0...Double(max(1, current, metrics(state).map(\.epoch).max() ?? 1))
  }

  /// The metrics of the timeline, and of recorded epochs whose parameters were not kept.
  static func metrics(_ state: ExplorerState) -> [EpochMetrics] {
    var byEpoch: [Int: EpochMetrics] = [:]
    for metrics in state.model?.metrics ?? [] { byEpoch[metrics.epoch] = metrics }
    for entry in state.timeline.entries {
      if let metrics = entry.metrics { byEpoch[metrics.epoch] = metrics }
    }
    return byEpoch.values.sorted { $0.epoch < $1.epoch }
  }
}
