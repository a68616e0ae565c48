import HighwayNetworks

/// Where in the image each layer transforms in the sample, a small picture for each layer.
///
/// It is the mean of T over the maps at each position, or T of each unit at each step of a sequence. In a network that
/// learns no gates, how large F is there.
enum SamplePlaces {
  static func draw(_ state: ExplorerState, on canvas: inout Canvas, _ layout: PlacesLayout) {
    let theme = Theme(canvas.capabilities)
    let isFocused = state.focus(\.display.samplePanel) == .places && state.display.showsCursor
    let rect = layout.rect
    let shown = values(state)
    let all = layout.pictures.flatMap { shown.value?[$0.block] ?? [] }
    let scale = scale(all, state)
    let isAveraged = layout.pictures.contains { $0.geometry.columnStep > 1 }
    let isSequence = layout.pictures.contains { state.isSequence(at: $0.block) }
    let forms =
      isSequence
      ? ["\(state.gateLetter), units down, steps across", "\(state.gateLetter) by step"]
      : [
        state.has(\.learnedGates)
          ? "where each layer transforms, mean \(state.gateLetter) over maps"
          : "where each branch writes, size of F",
        state.has(\.learnedGates) ? "mean \(state.gateLetter) over maps" : "size of F",
      ].map { (isFocused ? "▸" : " ") + $0 + (isAveraged ? ", averaged" : "") + state.heldNote }
    let title = forms.first { canvas.columns(shown: $0) + 24 <= rect.width } ?? forms[1]
    let used = canvas.put(
      title, at: Point(x: rect.x, y: rect.y), style: isFocused ? theme.focus : theme.title,
      width: rect.width)
    if shown.value != nil {
      ColorLegend(scale).draw(
        on: &canvas, endingAt: rect.maxX, y: rect.y, width: max(0, min(44, rect.width - used - 2)))
    }
    for (block, place, geometry) in layout.pictures {
      let isCursor = block == state.selection.block && state.display.showsCursor
      let stage = state.stages.firstIndex { $0.lowerBound == block }
      let (rows, columns) = state.extents(at: block) ?? (1, 1)
      let name = "\(state.rowNumbers[block])"
      // What begins a stage says how large its maps are.
      let words = stage != nil || block == 0 ? " \(rows)×\(columns)" : ""
      let end = canvas.put(
        name, at: Point(x: place.x, y: place.y), style: isCursor ? theme.cursor : theme.text,
        width: place.width)
      canvas.put(
        words, at: Point(x: place.x + end, y: place.y), style: theme.dim, width: place.width - end)
      guard let values = shown.value?[block] else { continue }
      let width = state.isSequence(at: block) ? values.count / rows : columns
      guard values.count == rows * width else { continue }
      Heatmap(
        HeatmapMatrix(
          rows: (0..<rows).map { values[$0 * width..<($0 + 1) * width] }, columns: columns),
        scale: scale, rowNumbers: [],
        cursor: isCursor && state.isSequence(at: block)
          ? (state.mapPosition.row, state.mapPosition.column) : nil, hasMargins: false
      ).draw(on: &canvas, at: geometry)
    }
    guard shown.value == nil, let note = shown.note else { return }
    drawCentered(
      wrapped(note, to: max(8, rect.width - 2)), on: &canvas, in: rect.inset(top: 1),
      style: theme.dim)
  }

  /// The values of each layer at each position.
  private static func values(_ state: ExplorerState) -> Shown<[[Float]]> {
    state.sample.map { record in
      record.trace.layers.enumerated().map { index, layer in
        if state.isSequence(at: index) {
          return (0..<layer.units).flatMap { layer.map(.transformGate, unit: $0) }
        }
        return state.has(\.learnedGates)
          ? layer.positionMeans(.transformGate) : layer.positionSizes(.blockState)
      }
    }
  }

  private static func scale(_ values: [Float], _ state: ExplorerState) -> ColorScale {
    state.has(\.learnedGates) && !state.display.fitsScale
      ? state.gateScale : .fitting(values, map: state.gateMap)
  }
}
