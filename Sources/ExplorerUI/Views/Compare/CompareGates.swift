import HighwayNetworks

/// What the gates of each run do, by relative depth: the first highway layers of all networks at one end,
/// the last ones at the other.
struct CompareGates {
  /// The columns left of the heatmaps for the depth.
  private static let gutter = 5
  /// The sizes that heatmaps get where there is room for them, the better one first.
  private static let slotSizes = [Size(width: 27, height: 9), Size(width: 14, height: 6)]

  let state: ExplorerState
  let comparison: Comparison

  // MARK: - Heatmaps

  func drawHeatmaps(on canvas: inout Canvas, in rect: Rect) {
    let theme = Theme(canvas.capabilities)
    let isFocused = comparison.panel == .heatmaps
    let scale = scale
    let known = comparison.drawn.compactMap { comparison.entries[$0].gates }
    var text = (isFocused ? "▸" : " ") + "mean T, depth × unit"
    let legendWidth = rect.width >= 50 ? min(40, rect.width / 2) : 0
    if rect.width >= 90, let words = Self.samplesWords(comparison) { text += " " + words }
    canvas.put(
      text, at: Point(x: rect.x, y: rect.y), style: isFocused ? theme.focus : theme.title,
      width: rect.width - legendWidth - 1)
    if legendWidth > 0, !known.isEmpty {
      ColorLegend(scale).draw(on: &canvas, endingAt: rect.maxX - 1, y: rect.y, width: legendWidth)
    }
    let area = rect.inset(left: Self.gutter, top: 1)
    for (index, slot) in zip(comparison.drawn, slots(area)) {
      drawDepths(on: &canvas, beside: slot, isFirst: slot.x == area.x)
      drawSlot(index, scale, on: &canvas, in: slot)
    }
  }

  /// Over which samples the gates of all runs that are drawn were taken.
  ///
  /// Over other samples each mean is another thing; nothing is said for all of them then.
  static func samplesWords(_ comparison: Comparison) -> String? {
    let known = comparison.drawn.compactMap { comparison.entries[$0].gates }
    guard let first = known.first,
      known.allSatisfy({ $0.samples == first.samples && $0.dataName == first.dataName })
    else { return nil }
    return "over \(NumberFormat.count(first.samples)) \(first.dataName) samples"
  }

  /// One scale for all, so that one colour means one value.
  private var scale: ColorScale {
    let map = state.display.colorMap
    guard state.display.fitsScale else { return ColorScale(map, lower: 0, upper: 1) }
    let upper = comparison.drawn.compactMap { comparison.entries[$0].gates?.upper }.max() ?? 1
    return ColorScale(map, lower: 0, upper: upper)
  }

  /// The places of the runs, in as few rows as let them be wide enough.
  private func slots(_ area: Rect) -> [Rect] {
    let count = comparison.drawn.count
    guard count > 0, !area.isEmpty else { return [] }
    func rows(_ least: Size) -> Int? {
      (1...count).first {
        area.width / ((count + $0 - 1) / $0) >= least.width && area.height / $0 >= least.height
      }
    }
    let rows =
      Self.slotSizes.lazy.compactMap(rows).first
      ?? max(1, min(count, area.height / Self.slotSizes[1].height))
    let across = (count + rows - 1) / rows
    let size = Size(width: area.width / across, height: area.height / rows)
    return (0..<count).map { index in
      Rect(
        x: area.x + index % across * size.width, y: area.y + index / across * size.height,
        width: size.width, height: size.height)
    }
  }

  private func drawDepths(on canvas: inout Canvas, beside slot: Rect, isFirst: Bool) {
    guard isFirst else { return }
    let theme = Theme(canvas.capabilities)
    for (y, text) in [(slot.y + 1, "0 %"), (slot.maxY - 1, "100%")] where y > slot.y {
      canvas.put(text, endingAt: slot.x - 1, y: y, style: theme.dim, width: Self.gutter - 1)
    }
  }

  private func drawSlot(
    _ index: Int, _ scale: ColorScale, on canvas: inout Canvas, in slot: Rect
  ) {
    let theme = Theme(canvas.capabilities)
    let place = slot.inset(right: 1)
    let entry = comparison.entries[index]
    var style = theme.series(entry.number)
    if index == comparison.cursor { style.emphasis.insert(.bold) }
    var title = "\(entry.mark) \(comparison.names[index])"
    if let epoch = entry.gatesRequest?.epoch, entry.gates != nil {
      let longer = title + ", epoch \(epoch)"
      if canvas.columns(shown: longer) <= place.width { title = longer }
    }
    canvas.put(title, at: Point(x: place.x, y: place.y), style: style, width: place.width)
    let area = place.inset(top: 1)
    guard let gates = entry.gates else {
      let words = wrapped(words(entry), to: max(4, area.width - 1))
      drawCentered(
        words, on: &canvas, in: area, style: entry.gatesProblem == nil ? theme.dim : theme.warning)
      return
    }
    let halves = canvas.capabilities.unicode && canvas.capabilities.colors >= .indexed256
    let matrix = HeatmapMatrix(rows: gates.rows(area.height * (halves ? 2 : 1)))
    let geometry = HeatmapGeometry(
      rows: matrix.rows, columns: matrix.columns, in: area, halfBlocks: halves,
      maximalScale: (1, 4))
    Heatmap(matrix, scale: scale, rowNumbers: [], hasMargins: false).draw(
      on: &canvas, at: geometry)
  }

  /// Why there is no heatmap.
  private func words(_ entry: Comparison.Entry) -> String {
    if let problem = entry.gatesProblem { return problem }
    guard let summary = entry.summary else {
      return entry.problem == nil ? "reading…" : "cannot be read"
    }
    if let reason = summary.withoutGates { return reason }
    return summary.recordedEpochs.isEmpty ? "no epoch is recorded yet" : "computing…"
  }

  // MARK: - Cells

  func drawCells(on canvas: inout Canvas, in rect: Rect) {
    let theme = Theme(canvas.capabilities)
    let isFocused = comparison.panel == .cells
    let title = (isFocused ? "▸" : " ") + measureTitle + " by depth (%)"
    let used = canvas.put(
      title, at: Point(x: rect.x, y: rect.y), style: isFocused ? theme.focus : theme.title,
      width: rect.width)
    let gateless = comparison.drawn.map { comparison.entries[$0] }.filter {
      $0.summary?.withoutGates != nil
    }
    if !gateless.isEmpty {
      let numbers = gateless.map { "\($0.mark)" }.joined(separator: ", ")
      canvas.put(
        "no gates: \(numbers)", endingAt: rect.maxX - 1, y: rect.y, style: theme.dim,
        width: max(0, rect.width - used - 3))
    }
    let series = comparison.drawn.compactMap { index in
      comparison.entries[index].gates.map { gates in
        LinePlot.Series(
          comparison.names[index],
          points: gates.shares(comparison.cellMeasure).map { ($0.depth * 100, $0.share) },
          style: theme.series(comparison.entries[index].number),
          mark: comparison.entries[index].mark)
      }
    }
    guard !series.isEmpty else {
      let words = comparison.pendingGates == nil ? "no gates to count" : "computing…"
      drawCentered([words], on: &canvas, in: rect, style: theme.dim)
      return
    }
    let most = series.flatMap { $0.points.map(\.y) }.max() ?? 0
    LinePlot(
      series, yRange: 0...min(1, Ticks.roundLimit(max(most, 0.01))), xRange: 0...100,
      isPercent: true
    ).draw(on: &canvas, in: rect.inset(top: 1, right: 1))
  }

  private var measureTitle: String {
    let thresholds = state.display.thresholds
    return switch comparison.cellMeasure {
    case .open: "cells with T > 0.5"
    case .carried: CellKind.carried.title((thresholds.low, thresholds.high))
    case .mixed: "mixed cells"
    case .transformed: CellKind.transformed.title((thresholds.low, thresholds.high))
    }
  }
}
