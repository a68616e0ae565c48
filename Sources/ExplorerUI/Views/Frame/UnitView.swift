import HighwayNetworks

/// T of the unit under the cursor over the samples, one histogram for each class on one scale.
enum UnitView {
  private static let numbers = 16

  static func draw(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    let theme = Theme(canvas.capabilities)
    let (index, unit) = (state.selection.block, state.selection.unit)
    guard state.gatedLayers.indices.contains(index) else { return }
    let shown = state.unitHistogram
    var title =
      "\(state.gateLetter) of \(state.layerName(index)), unit \(unit), by \(state.groupWord)"
    if let samples = shown.value?.samplesByClass.reduce(0, +) {
      title += ", \(NumberFormat.count(samples)) \(state.splitName) samples"
    }
    if let held = state.clampWords { title += ", \(held)" }
    canvas.put(
      title, at: Point(x: rect.x + 1, y: rect.y), style: theme.focus, width: rect.width - 1)
    canvas.put(
      "height: square root of the share of the \(state.groupWord)'s \(state.memberWord), one scale for all",
      at: Point(x: rect.x + 1, y: rect.y + 1), style: theme.dim, width: rect.width - 1)
    let names = (0..<state.classCount).map(state.numberedClass)
    let nameWidth = min(rect.width / 4, max(5, names.map { canvas.columns(shown: $0) }.max() ?? 1))
    let area = rect.inset(left: nameWidth + 2, top: 3, right: numbers + 1, bottom: 1)
    let height = max(1, min(5, area.height / max(1, state.classCount)))
    let count = min(state.classCount, area.height / height)
    let first = min(max(0, state.selection.label - count / 2), state.classCount - count)
    let y = rect.y + 2
    canvas.put(state.groupWord, at: Point(x: rect.x + 1, y: y), style: theme.dim, width: nameWidth)
    canvas.put(
      "samples   mean \(state.gateLetter)", endingAt: rect.maxX - 1, y: y, style: theme.dim,
      width: numbers)
    guard area.width >= 8, count > 0 else { return }
    var histograms = (first..<first + count).map { label in
      Histogram(share(shown.value, label), height: .squareRoot)
    }
    let top = histograms.map { $0.highest(in: area.width) }.max() ?? 0
    for (row, label) in (first..<first + count).enumerated() {
      let base = area.y + (row + 1) * height - 1
      let isChosen = label == state.selection.label
      canvas.put(
        names[label], at: Point(x: rect.x + 1, y: base), style: isChosen ? theme.cursor : theme.dim,
        width: nameWidth)
      guard let found = shown.value, found.counts.indices.contains(label) else { continue }
      let samples = found.samplesByClass[label]
      let numbers = samples > 0 ? NumberFormat.fixed(found.means[label], 3) : "none"
      canvas.put(
        NumberFormat.count(samples), endingAt: rect.maxX - 10, y: base, style: theme.dim, width: 7)
      canvas.put(
        numbers, endingAt: rect.maxX - 1, y: base, style: isChosen ? theme.strong : theme.dim,
        width: 8)
      histograms[row].top = top
      let (map, depth) = (state.display.colorMap, canvas.capabilities.colors)
      let bars = Rect(
        x: area.x, y: base - height + 1, width: histograms[row].columns(in: area.width),
        height: height)
      histograms[row].draw(on: &canvas, in: bars) { position in
        map.ink(at: 0.2 + 0.8 * position, depth: depth) ?? theme.series(1).foreground
      }
    }
    drawAxis(shown.value?.range ?? 0...1, on: &canvas, area, y: area.y + count * height)
    if let note = shown.value == nil ? shown.note : nil {
      drawCentered(wrapped(note, to: max(8, area.width - 2)), on: &canvas, in: area)
    }
  }

  /// The share of a class's samples in each bin.
  private static func share(_ histogram: UnitHistogram?, _ label: Int) -> [Double] {
    guard let histogram, histogram.counts.indices.contains(label) else { return [] }
    let samples = Double(
      max(1, histogram.samplesByClass[label] * max(1, histogram.positionMeans.count)))
    return histogram.counts[label].map { Double($0) / samples }
  }

  private static func drawAxis(
    _ range: ClosedRange<Float>, on canvas: inout Canvas, _ area: Rect, y: Int
  ) {
    let bins = [Double](repeating: 0, count: LayerStatistics.histogramBins)
    let width = Histogram(bins).columns(in: area.width)
    GateAxis.draw(range, on: &canvas, from: area.x, width: width, y: y)
  }
}
