import HighwayNetworks

/// Where the plots of the depth view lie; a page of them where not all fit.
struct DepthLayout {
  let plots: [(plot: DepthPlot, rect: Rect)]

  init(_ state: ExplorerState, in body: Rect) {
    let all = DepthPlot.allCases
    guard !state.display.enlargesPlot else {
      plots = [(state.display.depthPlot, body)]
      return
    }
    var best: (across: Int, down: Int, score: Double) = (1, 1, -1)
    for across in 1...max(1, min(all.count, body.width / 29)) {
      for down in 1...max(1, min(all.count, body.height / 4)) {
        // To see every plot comes first, then to see it large.
        let shown = min(all.count, across * down)
        let (width, height) = (body.width / across, body.height / down)
        let score =
          Double(shown) * 10 + min(1, Double(width) / 44) + min(1, Double(height) / 9)
          - Double(max(0, across * down - all.count)) * 0.05
        if score > best.score { best = (across, down, score) }
      }
    }
    let page = best.across * best.down
    let first = state.display.depthPlot.rawValue / page * page
    let (width, height) = (body.width / best.across, body.height / best.down)
    plots = all.dropFirst(first).prefix(page).enumerated().map { index, plot in
      (
        plot,
        Rect(
          x: body.x + index % best.across * width, y: body.y + index / best.across * height,
          width: width - 1, height: height)
      )
    }
  }

  func plot(at point: Point) -> DepthPlot? { plots.first { $0.rect.contains(point) }?.plot }
}

/// What happens along the depth of the network, one small plot for each quantity.
enum DepthView {
  static func draw(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    guard !state.gatedLayers.isEmpty else {
      drawCentered(["This network has no highway layers to show."], on: &canvas, in: rect)
      return
    }
    for (plot, place) in DepthLayout(state, in: rect).plots {
      draw(plot, state, on: &canvas, in: place)
    }
  }

  private static func draw(
    _ plot: DepthPlot, _ state: ExplorerState, on canvas: inout Canvas, in rect: Rect
  ) {
    let theme = Theme(canvas.capabilities)
    let isFocused = plot == state.display.depthPlot
    let curves = DepthCurves(plot, state, theme)
    let source = plot == .biasDrift ? state.gateBiases.map { _ in } : state.statistics.map { _ in }
    let hasValueRow = rect.height >= 8
    // Beside the title there is room for the first number alone.
    let full = curves?.value ?? ""
    let value =
      hasValueRow ? full : full.split(separator: ",").first.map(String.init) ?? full
    let valueWidth = hasValueRow ? 0 : canvas.columns(shown: value) + 1
    var title = (isFocused ? "▸" : " ") + plot.title
    if hasValueRow, case .earlier(_, let note) = source { title += " (\(note))" }
    canvas.put(
      title, at: Point(x: rect.x, y: rect.y), style: isFocused ? theme.focus : theme.title,
      width: max(0, rect.width - valueWidth))
    var area = rect.inset(top: 1)
    if hasValueRow {
      let used = canvas.put(
        " " + value, at: Point(x: area.x, y: area.y), style: theme.strong, width: area.width)
      if let curves, curves.series.count > 1 {
        curves.plot.drawLegend(
          on: &canvas, at: Point(x: area.x + used + 2, y: area.y), width: area.width - used - 2)
      }
      area = area.inset(top: 1)
    } else {
      canvas.put(value, endingAt: rect.maxX, y: rect.y, style: theme.strong, width: rect.width)
    }
    if state.display.enlargesPlot {
      for line in wrapped(plot.explanation, to: max(8, area.width - 2)).prefix(
        max(0, area.height - 5))
      {
        canvas.put(
          line, at: Point(x: area.x + 1, y: area.y), style: theme.dim, width: area.width - 1)
        area = area.inset(top: 1)
      }
    }
    guard let curves, !curves.isEmpty else {
      let note = source.value == nil ? source.note ?? "" : "not defined in this network"
      drawCentered(
        wrapped(note, to: max(8, area.width - 4)), on: &canvas, in: area, style: theme.dim)
      return
    }
    curves.plot.draw(on: &canvas, in: area)
  }
}
