import HighwayNetworks

/// One map of one layer in the sample: its gates, x, H and y as pictures side by side, and the mean of T or F over
/// the samples; the numbers at one position.
enum MapView {
  static func draw(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    let theme = Theme(canvas.capabilities)
    let layout = MapLayout(state, in: rect, capabilities: canvas.capabilities)
    canvas.put(
      title(state), at: Point(x: rect.x + 1, y: rect.y), style: theme.focus, width: rect.width - 1)
    for (panel, place) in layout.panels {
      heatmap(panel, state, hasMargins: layout.hasMargins).draw(on: &canvas, at: place)
    }
    if let names = layout.names, state.display.mentionsKeys {
      drawPanelNames(
        MapPanel.shown(by: state), { name($0, state) }, focus: state.focus(\.display.mapPanel),
        on: &canvas, from: names.x, to: names.maxX, y: names.y)
    }
    drawNumbers(state, on: &canvas, layout)
    drawCharts(state, on: &canvas, in: layout.charts)
  }

  /// The position under a point, in one of the pictures.
  static func target(at point: Point, _ state: ExplorerState, in rect: Rect) -> Target? {
    let layout = MapLayout(state, in: rect, capabilities: state.capabilities)
    for (panel, place) in layout.panels {
      if let cell = place.geometry.place(at: point) {
        return .position(MapPosition(row: cell.row, column: cell.column), panel)
      }
    }
    return nil
  }

  /// What the unit does at the position, in this sample and on average.
  static func sentence(_ state: ExplorerState) -> [String] {
    let position = state.mapPosition
    let parts = [
      state.isSequence(at: state.selection.block)
        ? "\(state.cursorLayerName), unit \(position.row), step \(position.column)"
        : "layer \(state.cursorLayer), map \(state.selection.unit), row \(position.row), column "
          + "\(position.column)"
    ]
    let numbers = MapNumbers(state).lines.map { "\($0.label) \($0.value)" }
    return parts + (numbers.isEmpty ? [state.sample.note ?? ""] : numbers)
  }

  /// The letter of a picture, or what it shows.
  static func name(_ panel: MapPanel, _ state: ExplorerState) -> String {
    if let block = state.block(at: state.selection.block), block.isSequence,
      let index = panel.signal.flatMap({ block.signals.index(of: $0) })
    {
      return block.signals[index].symbol
    }
    return switch panel {
    case .transformGate: state.gateLetter
    case .carryGate: "C"
    case .blockInput: "x"
    case .blockState: state.blockStateLetter
    case .blockOutput: "y"
    case .mean: "mean \(meanLetter(state))"
    case .outputGate: "o"
    case .depthGate: "d"
    case .cell: "c"
    }
  }

  /// The letter of what the mean over the samples is taken of.
  private static func meanLetter(_ state: ExplorerState) -> String {
    state.unitSignal == .blockState ? state.blockStateLetter : state.gateLetter
  }

  // MARK: - Its parts

  private static func title(_ state: ExplorerState) -> String {
    let (rows, columns) = state.extents(at: state.selection.block) ?? (1, 1)
    let gating = state.gating(at: state.selection.block)?.name ?? ""
    let count = state.units(at: state.selection.block)
    if state.isSequence(at: state.selection.block) {
      return "unit \(state.selection.unit) of \(count) in \(state.cursorLayerName), "
        + "\(rows) units × \(columns) steps, \(state.blocks[state.selection.block].title) · sample "
        + "\(state.selection.sample)" + state.heldNote
    }
    return "map \(state.selection.unit) of \(count) in layer \(state.cursorLayer), "
      + "\(rows)×\(columns), \(gating) · sample \(state.selection.sample)" + state.heldNote
  }

  /// The picture of a panel with what is known at the moment.
  private static func heatmap(
    _ panel: MapPanel, _ state: ExplorerState, hasMargins: Bool
  ) -> HeatmapPanel {
    let (rows, columns) = state.extents(at: state.selection.block) ?? (1, 1)
    let isSequence = state.isSequence(at: state.selection.block)
    let content = state.map(panel).map { values in
      let width = isSequence ? values.count / rows : columns
      return HeatmapMatrix(
        rows: values.count == rows * width
          ? (0..<rows).map { values[$0 * width..<($0 + 1) * width] } : [],
        columns: columns)
    }
    let position = state.mapPosition
    let isFocused = panel == state.focus(\.display.mapPanel)
    var title = name(panel, state)
    // Without margins there is no mark before the title.
    if !hasMargins, isFocused { title = "▸" + title }
    if panel == .mean { title += " over the samples" }
    return HeatmapPanel(
      title: title, content: content, scale: scale(panel, state), rowNumbers: Array(0..<rows),
      cursor: state.display.showsCursor ? (position.row, position.column) : nil,
      isFocused: isFocused && state.display.showsCursor, hasMargins: hasMargins,
      axes: isSequence ? ("unit", "step") : ("row", "column"), meaning: meaning(panel, state))
  }

  private static func meaning(_ panel: MapPanel, _ state: ExplorerState) -> String {
    if state.isSequence(at: state.selection.block) {
      return "\(name(panel, state)), units down, steps across"
    }
    return switch panel {
    case .transformGate: "\(state.gateLetter), \(state.gateMeaning)"
    case .carryGate: "C, 1 carries"
    case .blockInput: "x, what the layer is given"
    case .blockState: "\(state.blockStateLetter), what it would give instead"
    case .blockOutput: "y, what it gives on"
    case .mean: "mean \(meanLetter(state)) at each place"
    case .outputGate, .depthGate, .cell: name(panel, state)
    }
  }

  /// Gates share a scale, and so do what they act on, so that they can be compared.
  private static func scale(_ panel: MapPanel, _ state: ExplorerState) -> ColorScale {
    let isOfState = state.unitSignal == .blockState
    let gates: [MapPanel] =
      [.transformGate, .carryGate, .outputGate, .depthGate] + (isOfState ? [] : [.mean])
    let group =
      panel == .cell
      ? [.cell]
      : gates.contains(panel)
        ? gates : [.blockInput, .blockState, .blockOutput] + (isOfState ? [.mean] : [])
    let shown = MapPanel.shown(by: state).filter(group.contains)
    let values = shown.flatMap { state.map($0).value ?? [] }
    guard gates.contains(panel) else {
      return .fitting(values, map: values.contains { $0 < 0 } ? .vik : state.display.colorMap)
    }
    return state.display.fitsScale
      ? .fitting(values, map: state.display.colorMap)
      : ColorScale(state.display.colorMap, lower: 0, upper: 1)
  }

  private static func drawNumbers(
    _ state: ExplorerState, on canvas: inout Canvas, _ layout: MapLayout
  ) {
    let theme = Theme(canvas.capabilities)
    let rect = layout.numbers.inset(left: 1)
    let position = state.mapPosition
    let place =
      state.isSequence(at: state.selection.block)
      ? "unit \(position.row), step \(position.column)"
      : "row \(position.row), column \(position.column)"
    let numbers = MapNumbers(state)
    guard layout.isBeside else {
      let lines = numbers.packed(to: rect.width)
      for (offset, line) in lines.prefix(rect.height).enumerated() {
        canvas.put(
          line, at: Point(x: rect.x, y: rect.y + offset), style: theme.text, width: rect.width)
      }
      return
    }
    canvas.verticalRule(
      x: layout.numbers.x, from: layout.numbers.y, to: layout.charts.maxY, style: theme.rule)
    let column = rect.inset(left: 1)
    canvas.put(place, at: Point(x: column.x, y: column.y), style: theme.focus, width: column.width)
    let width = min(column.width - 1, 26)
    for (offset, line) in numbers.lines.enumerated() where offset + 1 < column.height {
      let y = column.y + 1 + offset
      let used = canvas.put(
        line.label, at: Point(x: column.x, y: y), style: theme.dim, width: width)
      canvas.put(
        line.value, endingAt: column.x + width, y: y, style: theme.strong,
        width: max(0, width - used))
    }
  }

  /// What the unit's gate does over the samples: class by class, and how often it takes which value.
  private static func drawCharts(
    _ state: ExplorerState, on canvas: inout Canvas, in rect: Rect
  ) {
    let rect = rect.inset(left: 2)
    guard rect.height >= 4 else { return }
    let width = min(rect.width, 56)
    let (classes, below) = rect.splitTop(min(state.classCount + 1, rect.height))
    if rect.width >= 2 * width + 4 {
      InspectorCharts.drawClasses(state, on: &canvas, in: classes.splitLeft(width).left)
      InspectorCharts.drawHistogram(
        state, on: &canvas,
        in: rect.splitLeft(width + 4).rest.splitLeft(width).left.splitTop(12).top)
      return
    }
    InspectorCharts.drawClasses(state, on: &canvas, in: classes.splitLeft(width).left)
    InspectorCharts.drawHistogram(
      state, on: &canvas, in: below.inset(top: 1).splitTop(12).top.splitLeft(width).left)
  }
}

extension ExplorerState {
  /// The letter of what a block makes of its input: H, and F of a network that learns no gates.
  var blockStateLetter: String { has(\.learnedGates) ? "H" : "F" }
}
