import HighwayNetworks
import TensorFiles

/// What happens along the depth of the network, one small plot for each quantity.
enum DepthView: ExplorerView {
  static let title = "Depth"
  static let help = "what happens along the depth"
  static let commands: Set<Command.ID> = [.nextPanel, .previousPanel, .zoomIn]
  static let hints = Command.common(.nextPanel, .zoomIn)
  static let hintWords: [Command.ID: String] = [.nextPanel: "plot"]
  static var panels: Panels? { Panels(\.display.depthPlot, named: \.name) }

  /// Moves from layer to layer, and across from plot to plot.
  static func move(_ motion: Motion, _ state: inout ExplorerState) {
    if case .horizontal(let step) = motion {
      turn(step, &state)
    } else {
      let step = motion.steps(of: state.gatedLayers.count)
      state.select(block: state.selection.block + step, unit: state.selection.unit)
    }
  }

  static func draw(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    let layout = DepthLayout(state, in: rect)
    for (plot, place) in layout.plots {
      draw(plot, state, on: &canvas, in: place)
    }
    if let place = layout.free {
      let focus = state.focus(\.display.depthPlot)
      let isExplained = layout.plots.contains { $0.plot == focus && explains(focus, in: $0.rect) }
      drawGuide(state, isExplained: isExplained, on: &canvas, in: place)
    }
  }

  /// Whether a plot has room for what it shows, in words.
  private static func explains(_ plot: DepthPlot, in rect: Rect) -> Bool {
    let rows = rect.height - (rect.height >= 8 ? 2 : 1)
    return wrapped(plot.explanation, to: max(8, rect.width - 2)).count * 4 <= rows
  }

  /// What the plot that the keys act on shows, where it does not say so itself, and how all are read.
  private static func drawGuide(
    _ state: ExplorerState, isExplained: Bool, on canvas: inout Canvas, in rect: Rect
  ) {
    let theme = Theme(canvas.capabilities)
    let plot = state.focus(\.display.depthPlot)
    let width = max(8, rect.width - 2)
    var lines: [(String, Style)] = isExplained ? [] : [(plot.title, theme.title)]
    let explanation = isExplained ? [] : wrapped(plot.explanation, to: width)
    lines += explanation.map { ($0, theme.text) }
    let reading = [
      state.layerMarker.map { _ in "The vertical line is \(state.cursorLayerName)." },
      state.has(\.learnedGates) ? "In the path length it is the mean." : nil,
    ]
    lines.append(("", theme.dim))
    lines += wrapped(reading.compactMap(\.self).joined(separator: " "), to: width)
      .map { ($0, theme.dim) }
    // What is cut could be misread.
    if explanation.count + 1 > rect.height {
      let hint = state.display.mentionsKeys ? "Enter explains it" : ""
      lines = [(plot.title, theme.title), (hint, theme.dim)]
    }
    for (offset, line) in lines.prefix(max(0, rect.height)).enumerated() {
      canvas.put(
        line.0, at: Point(x: rect.x + 1, y: rect.y + offset), style: line.1, width: width)
    }
  }

  static func target(at point: Point, _ state: ExplorerState, in rect: Rect) -> Target? {
    DepthLayout(state, in: rect).plot(at: point).map { .panel($0.rawValue) }
  }

  static func sentence(_ state: ExplorerState) -> [String] {
    let place = state.cursorLayerName
    let plot = state.focus(\.display.depthPlot)
    guard let words = DepthCurves(plot, state, Theme(state.capabilities))?.words else {
      let note = plot == .biasDrift ? state.gateBiases.note : state.statistics.note
      return [place, note ?? ""]
    }
    return [place, words.isEmpty ? "not defined in this network" : words]
  }

  /// A row for each highway layer: the quantities of the view, those of units as their mean.
  static func table(_ state: ExplorerState) -> NumberTable {
    let statistics = state.statistics.value
    func mean(_ values: [Double]) -> Double? {
      values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
    return NumberTable(
      columns: NumberTable.layerColumns(state) + [
        "change", "carryProduct", "estimationErrorMean", "estimationErrorStd", "biasDrift",
        "selectivity", "classShare", "response", "relativeNorm", "cosine", "branchScale",
        "memory", "kept", "new", "below",
      ],
      rows: state.gatedLayers.indices.map { index in
        let layer = statistics?.layers[index]
        let drifts = (layer?.gateBias ?? []).enumerated().compactMap { unit, bias in
          state.initialGateBias(block: index, unit: unit).map { Double(bias - $0) }
        }
        let values = [
          layer?.change, statistics.flatMap { mean($0.carryProducts[index]) },
          layer?.estimationErrorMean, layer?.estimationErrorStd, mean(drifts),
          statistics?.selectivityOverUnits[index],
          layer.flatMap { mean($0.classShare.map(Double.init)) }, layer?.response?.overall,
          layer?.response?.relativeNorm, layer?.response?.cosine, layer?.response?.scale,
          layer?.memory.flatMap(mean), layer?.cellParts?.shares.kept, layer?.cellParts?.shares.new,
          layer?.cellParts?.shares.below,
        ]
        return NumberTable.layer(state, index) + values.map { NumberTable.real($0) }
      })
  }

  /// The law of the path length: by the number of layers that transform, which is no layer's own.
  static func members(_ state: ExplorerState) -> [JSON.Member] {
    guard let statistics = state.statistics.value else { return [] }
    var members = [
      JSON.Member("pathLengths", .array(statistics.pathLengths.map { .real($0) }))
    ]
    if let codes = statistics.codes {
      members.append(JSON.Member("klByUnit", .array(codes.divergence.map { .real($0) })))
    }
    guard !state.stages.isEmpty else { return members }
    let stages = state.stages.map { stage in
      JSON.object([
        .init("layers", .array(stage.map { .integer(state.gatedLayers[$0]) })),
        .init("pathLengths", .array(statistics.pathLengths(of: stage).map { .real($0) })),
      ])
    }
    return members + [.init("stages", .array(stages))]
  }

  private static func draw(
    _ plot: DepthPlot, _ state: ExplorerState, on canvas: inout Canvas, in rect: Rect
  ) {
    let theme = Theme(canvas.capabilities)
    let isFocused = plot == state.focus(\.display.depthPlot) && state.display.showsCursor
    let curves = DepthCurves(plot, state, theme)
    let source = plot == .biasDrift ? state.gateBiases.map { _ in } : state.statistics.map { _ in }
    let hasValueRow = rect.height >= 8
    // Beside the title there is room for the first number alone.
    let isOfLayer = plot != .pathLength && plot != .code
    let full = state.display.showsCursor || !isOfLayer ? curves?.value ?? "" : ""
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
    let explanation = wrapped(plot.explanation, to: max(8, area.width - 2))
    if state.display.isZoomed || explains(plot, in: rect) {
      for line in explanation.prefix(max(0, area.height - 5)) {
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
    if !DepthBars.draw(
      plot, state, on: &canvas, in: area, legend: hasValueRow ? nil : curves.plot)
    {
      curves.plot.draw(on: &canvas, in: area)
    }
  }
}
