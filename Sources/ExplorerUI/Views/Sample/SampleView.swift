import HighwayNetworks

/// One sample: its input, what it is and what it is taken for, and its gates beside the mean.
enum SampleView {
  static func draw(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    let layout = SampleLayout(state, in: rect, capabilities: canvas.capabilities)
    drawHead(state, on: &canvas, in: layout.head)
    drawInput(state, on: &canvas, layout)
    drawProbabilities(state, on: &canvas, layout)
    guard !state.gatedLayers.isEmpty else {
      let lines = wrapped(
        "This network has no highway layers, and so no gates to show.",
        to: max(8, layout.heatmaps.width - 2))
      drawCentered(lines, on: &canvas, in: layout.heatmaps)
      return
    }
    for (panel, place) in layout.panels {
      heatmap(panel, state).draw(on: &canvas, at: place)
    }
    if let plot = layout.plot { drawPlot(state, on: &canvas, in: plot.inset(right: 1)) }
    drawOtherPanels(state, layout, on: &canvas)
    if let inspector = layout.inspector {
      InspectorView.draw(state, on: &canvas, at: inspector)
      if !inspector.isBelow {
        canvas.verticalRule(
          x: inspector.rect.x, from: layout.heatmaps.y, to: inspector.rect.y,
          style: Theme(canvas.capabilities).rule)
      }
    }
  }

  // MARK: - The sample

  private static func drawHead(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    let theme = Theme(canvas.capabilities)
    let shown = state.sample
    let start = Point(x: rect.x + 1, y: rect.y)
    let width = rect.width - 2
    guard let record = shown.value else {
      let text = "sample \(state.selection.sample): \(shown.note ?? "")"
      canvas.put(
        state.sampleCount == 0 ? shown.note ?? "" : text, at: start, style: theme.focus,
        width: width)
      return
    }
    let isWrong = record.label != nil && record.label != record.prediction
    var text = "sample \(state.selection.sample)"
    var used = canvas.put(text, at: start, style: theme.focus, width: width)
    text = verdict(record, state)
    used += canvas.put(
      text, at: Point(x: start.x + used, y: start.y), style: isWrong ? theme.bad : theme.good,
      width: width - used)
    var rest: [String] = []
    if record.label != nil {
      rest.append("loss \(NumberFormat.loss(Double(record.trace.loss)))")
    }
    if let held = state.clampWords { rest.append(held) }
    if case .earlier(_, let note) = shown { rest.append(note) }
    text = rest.map { " · " + $0 }.joined()
    canvas.put(
      text, at: Point(x: start.x + used, y: start.y), style: theme.text, width: width - used)
  }

  /// What the sample is and what it is taken for, to be read after its number.
  static func verdict(_ record: SampleRecord, _ state: ExplorerState) -> String {
    func name(_ label: Int?) -> String { label.map(state.className) ?? "nothing" }
    guard let label = record.label else { return ", taken for \(name(record.prediction))" }
    return label == record.prediction
      ? " is rightly taken for \(name(label))"
      : " is \(name(label)), taken for \(name(record.prediction))"
  }

  private static func drawInput(
    _ state: ExplorerState, on canvas: inout Canvas, _ layout: SampleLayout
  ) {
    let theme = Theme(canvas.capabilities)
    let rect = layout.input
    let picture = layout.picture
    canvas.put(
      title(state, picture), at: Point(x: rect.x + 1, y: rect.y), style: theme.title,
      width: rect.width - 1)
    let frame = Rect(x: rect.x, y: rect.y + 1, width: rect.width, height: picture.rows)
    let shown = state.sample
    if let record = shown.value,
      let drawn = InputPicture(
        pixels: record.pixels, channels: record.channels, height: record.height,
        width: record.width),
      (record.height, record.width) == (state.inputShape.height, state.inputShape.width)
    {
      let x = frame.x + (frame.width - picture.columns) / 2
      drawn.draw(on: &canvas, at: Point(x: x, y: frame.y), picture)
    } else if shown.value == nil {
      let lines = wrapped(shown.note ?? "", to: max(8, frame.width - 2))
      drawCentered(lines, on: &canvas, in: frame, style: theme.dim)
    }
    guard state.sampleCount > 0 else { return }
    let isFiltered = state.display.sampleFilter != .all
    let lines = wrapped(state.filterStatus, to: max(8, rect.width - 1))
    for (offset, line) in lines.enumerated() where frame.maxY + offset < rect.maxY {
      canvas.put(
        line, at: Point(x: rect.x + 1, y: frame.maxY + offset),
        style: isFiltered ? theme.warning : theme.dim, width: rect.width - 1)
    }
  }

  private static func title(_ state: ExplorerState, _ picture: InputGeometry) -> String {
    let shape = state.inputShape
    var title: String
    if picture.isVector {
      title = counted(shape.channels * shape.width, "value")
      if picture.down > 1 { title += ", \(picture.across * picture.step) a row" }
    } else {
      title = "input \(shape.height)×\(shape.width)"
      if shape.channels > 1 { title += ", \(shape.channels) channels" }
    }
    if picture.step > 1 {
      title += ", mean of \(picture.step)" + (picture.isVector ? "" : "×\(picture.step)")
    }
    return title
  }

  private static func drawProbabilities(
    _ state: ExplorerState, on canvas: inout Canvas, _ layout: SampleLayout
  ) {
    let rect = layout.probabilities
    guard !rect.isEmpty else { return }
    guard let record = state.sample.value else {
      if rect.height != state.classCount { ProbabilityBars.drawTitle(on: &canvas, in: rect) }
      return
    }
    ProbabilityBars(record, selected: state.selection.label).draw(state, on: &canvas, in: rect)
  }

  // MARK: - Its gates

  /// The heatmap of a panel with what is known at the moment.
  static func heatmap(_ panel: SamplePanel, _ state: ExplorerState) -> HeatmapPanel {
    HeatmapPanel(
      title: title(panel, state), content: content(panel, state), scale: scale(panel, state),
      rowNumbers: state.gatedLayers, cursor: state.heatmapCursor,
      columnNumbers: state.columnNumbers, orderNote: state.orderNote,
      detail: panel == .mean ? state.samplesInWords : nil,
      isFocused: panel == state.display.samplePanel)
  }

  private static func name(_ panel: SamplePanel) -> String {
    switch panel {
    case .sample: "T"
    case .mean: "mean"
    case .difference: "T − mean"
    }
  }

  private static func title(_ panel: SamplePanel, _ state: ExplorerState) -> String {
    let held = state.clampWords.map { ", \($0)" } ?? ""
    return switch panel {
    case .sample: "sample T" + held
    case .mean: "mean T" + held
    case .difference: "sample − mean" + held
    }
  }

  private static func content(
    _ panel: SamplePanel, _ state: ExplorerState
  ) -> Shown<HeatmapMatrix> {
    switch panel {
    case .sample:
      state.sample.map { state.heatmapMatrix($0.trace.layers.map(\.transformGate)) }
    case .mean: state.statistics.map { state.heatmapMatrix($0.layers.map(\.meanT)) }
    case .difference:
      if let words = state.constantGateWords {
        .unavailable(words)
      } else {
        state.sampleDeviations.map { state.heatmapMatrix($0) }
      }
    }
  }

  /// T of the sample and its mean share a scale, so that they can be compared.
  private static func scale(_ panel: SamplePanel, _ state: ExplorerState) -> ColorScale {
    let share: Double = state.display.fitsScale ? 0.01 : 0
    if panel == .difference {
      return .clipping(
        share, of: (state.sampleDeviations.value ?? []).lazy.flatMap { $0 }, map: .vik)
    }
    guard state.display.fitsScale, state.constantGateWords == nil else {
      return ColorScale(state.display.colorMap, lower: 0, upper: 1)
    }
    let gates = (state.sample.value?.trace.layers ?? []).flatMap(\.transformGate)
    let means = (state.statistics.value?.layers ?? []).flatMap(\.meanT)
    return .clipping(share, of: gates + means, map: state.display.colorMap)
  }

  /// Open gates by layer: of the sample, and on average.
  private static func drawPlot(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    let theme = Theme(canvas.capabilities)
    func points(_ counts: [Double]) -> [(x: Double, y: Double)] {
      zip(state.gatedLayers, counts).map { (Double($0), $1) }
    }
    let means = (state.statistics.value?.layers ?? []).map(\.cells.open)
    let counts = (state.sample.value?.trace.layers ?? []).map { layer in
      Double(layer.transformGate.count { $0 > 0.5 })
    }
    let plot = LinePlot(
      [
        .init("mean", points: points(means), style: theme.series(0)),
        .init("sample", points: points(counts), style: theme.series(1)),
      ], marker: Double(state.cursorLayer))
    let used = canvas.put(
      " gates with T > 0.5 by layer  ", at: Point(x: rect.x, y: rect.y), style: theme.title,
      width: rect.width)
    plot.drawLegend(
      on: &canvas, at: Point(x: rect.x + used, y: rect.y), width: max(0, rect.width - used))
    plot.draw(on: &canvas, in: rect.inset(top: 1))
  }

  /// Names the heatmaps that Tab brings, in the last row, where it is free.
  private static func drawOtherPanels(
    _ state: ExplorerState, _ layout: SampleLayout, on canvas: inout Canvas
  ) {
    let theme = Theme(canvas.capabilities)
    let all = SamplePanel.allCases
    let (area, y) = (layout.heatmaps, layout.heatmaps.maxY - 1)
    guard state.display.mentionsKeys, layout.panels.count < all.count,
      layout.inspector?.isBelow != true, let last = layout.panels.last?.layout,
      last.rect.y + last.naturalHeight <= y
    else { return }
    var x = area.x + 1
    x += canvas.put("Tab ", at: Point(x: x, y: y), style: theme.key, width: area.maxX - x)
    for panel in all {
      let style = panel == state.display.samplePanel ? theme.focus : theme.dim
      let text = name(panel) + (panel == all.last ? "" : " · ")
      x += canvas.put(text, at: Point(x: x, y: y), style: style, width: area.maxX - x - 1)
    }
  }
}

extension ExplorerState {
  /// T of the sample minus the mean of T, by layer and unit.
  var sampleDeviations: Shown<[[Float]]> {
    guard let layers = statistics.value?.layers else { return statistics.map { _ in [] } }
    let deviations = sample.map { record in
      zip(record.trace.layers, layers).map { zip($0.transformGate, $1.meanT).map { $0 - $1 } }
    }
    // Either of the two may be that of an earlier moment.
    if case .current(let value) = deviations, case .earlier(_, let note) = statistics {
      return .earlier(value, note: note)
    }
    return deviations
  }

  /// What T is everywhere in a network that learns no transform gate; nil where it learns one.
  var constantGateWords: String? {
    guard let gating = gating(at: 0),
      gatedLayers.indices.allSatisfy({
        !(self.gating(at: $0)?.learnsTransformGate ?? true)
      })
    else { return nil }
    return "no T is learned: gating \(gating.name), T is the same for every sample"
  }
}
