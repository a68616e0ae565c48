import HighwayNetworks

/// The plots of the depth view that are bars.
enum DepthBars {
  /// Draws what cells are made of, or what the units of a code say; false where a plot is curves, or there is no room
  /// for its bars.
  ///
  /// A legend stands below the bars where it is given.
  static func draw(
    _ plot: DepthPlot, _ state: ExplorerState, on canvas: inout Canvas, in rect: Rect,
    legend: LinePlot? = nil
  ) -> Bool {
    guard let statistics = state.statistics.value else { return false }
    switch plot {
    case .cellParts:
      return drawParts(
        statistics.layers.map { $0.cellParts?.shares }, state, on: &canvas, in: rect, legend: legend
      )
    case .code:
      guard let codes = statistics.codes else { return false }
      return draw(codes, on: &canvas, in: rect)
    default: return false
    }
  }

  /// A bar for each layer: kept, new, and from below.
  private static func drawParts(
    _ shares: [CellParts?], _ state: ExplorerState, on canvas: inout Canvas, in rect: Rect,
    legend: LinePlot?
  ) -> Bool {
    let numbers = state.rowNumbers
    let room = rect.height - 1
    guard !numbers.isEmpty, numbers.count == shares.count, numbers.count <= room,
      rect.width >= LinePlot.gutter + 10
    else { return false }
    let theme = Theme(canvas.capabilities)
    let each = min(4, room / numbers.count)
    let area = rect.inset(left: LinePlot.gutter, right: 1)
    for (index, number) in numbers.enumerated() {
      let y = rect.y + index * each
      let isChosen = index == state.selection.block && state.display.showsCursor
      canvas.put(
        String(number), endingAt: area.x - 1, y: y, style: isChosen ? theme.focus : theme.dim,
        width: LinePlot.gutter - 1)
      guard let own = shares[index] else { continue }
      let parts = zip([own.kept, own.new, own.below], zip([0, 1, 3], ["o", "x", "+"]))
        .map { length, look in
          StackedBar.Part(
            length, ink: theme.series(look.0).foreground, glyph: look.1 as Unicode.Scalar)
        }
      // A row stays free between bars that have several.
      for row in 0..<max(1, each - 1) {
        StackedBar(parts, total: 1).draw(
          on: &canvas, in: Rect(x: area.x, y: y + row, width: area.width, height: 1))
      }
    }
    let bottom = rect.y + numbers.count * each
    canvas.put(
      state.hasMicroSteps ? "step" : "layer", endingAt: area.x - 2, y: bottom, style: theme.dim,
      width: 5)
    if let legend {
      legend.drawLegend(on: &canvas, at: Point(x: area.x, y: bottom), width: area.width)
      return true
    }
    for (text, x) in [("0", area.x), ("50 %", area.x + area.width / 2 - 2)] {
      canvas.put(text, at: Point(x: x, y: bottom), style: theme.dim, width: 4)
    }
    canvas.put("100 %", endingAt: area.maxX, y: bottom, style: theme.dim, width: 5)
    return true
  }

  /// A bar for each unit of a code: its divergence, pale where the unit says nothing of the samples.
  private static func draw(
    _ codes: CodeStatistics, on canvas: inout Canvas, in rect: Rect
  ) -> Bool {
    let area = rect.inset(left: LinePlot.gutter, right: 1, bottom: 1)
    guard area.height >= 2, area.width >= 10, !codes.divergence.isEmpty else { return false }
    let theme = Theme(canvas.capabilities)
    let units = codes.divergence.count
    let histogram = Histogram(codes.divergence)
    let columns = histogram.columns(in: area.width)
    histogram.draw(on: &canvas, in: area) { place in
      let unit = min(units - 1, Int(place * Double(units)))
      return codes.isActive(unit) ? theme.series(0).foreground : theme.rule.foreground
    }
    canvas.put(
      NumberFormat.compact(histogram.highest(in: area.width)), endingAt: area.x - 1, y: area.y,
      style: theme.dim, width: LinePlot.gutter - 1)
    canvas.put(
      "0", endingAt: area.x - 1, y: area.maxY - 1, style: theme.dim, width: LinePlot.gutter - 1)
    canvas.put("unit", endingAt: area.x - 2, y: area.maxY, style: theme.dim, width: 4)
    var free = area.x
    for unit in 0..<units {
      let x = area.x + unit * columns / units
      let text = String(unit)
      guard x >= free, x + text.count <= rect.maxX else { continue }
      canvas.put(text, at: Point(x: x, y: area.maxY), style: theme.dim, width: text.count)
      free = x + text.count + 2
    }
    return true
  }
}
