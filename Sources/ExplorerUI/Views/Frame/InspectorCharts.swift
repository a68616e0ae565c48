import HighwayNetworks

/// The small charts of the inspector.
enum InspectorCharts {
  /// T of the unit over the samples, in bins.
  static func drawHistogram(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    let theme = Theme(canvas.capabilities)
    guard rect.height >= 3, rect.width >= 12, state.has(\.learnedGates),
      let layer = state.layerStatistics(state.selection.block), state.selection.unit < layer.units
    else { return }
    let bins = LayerStatistics.histogramBins
    let unit = state.selection.unit
    let counts = layer.histogram[unit * bins..<(unit + 1) * bins].map(Double.init)
    let histogram = Histogram(counts, height: .squareRoot)
    let title =
      rect.width >= 40
      ? "\(state.gateLetter) over the samples, square-root height"
      : "\(state.gateLetter) over samples, √n"
    canvas.put(
      canvas.capabilities.unicode ? title : "\(state.gateLetter) over samples, sqrt",
      at: Point(x: rect.x, y: rect.y), style: theme.title, width: rect.width)
    let columns = histogram.columns(in: rect.width)
    let bars = Rect(x: rect.x, y: rect.y + 1, width: columns, height: rect.height - 2)
    let (map, depth) = (state.display.colorMap, canvas.capabilities.colors)
    let plain = theme.series(1).foreground
    histogram.draw(on: &canvas, in: bars) { position in
      // The darkest colours would vanish on a dark screen.
      map.ink(at: 0.2 + 0.8 * position, depth: depth) ?? plain
    }
    GateAxis.draw(
      layer.signals[0].range, on: &canvas, from: bars.x, width: columns, y: rect.maxY - 1)
  }

  /// The deviation of each class from the unit's mean of T, as bars from a line in the middle.
  static func drawClasses(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    let theme = Theme(canvas.capabilities)
    guard rect.height >= 2, rect.width >= 16, state.has(\.groups), state.has(\.learnedGates),
      let layer = state.layerStatistics(state.selection.block), state.selection.unit < layer.units
    else { return }
    let unit = state.selection.unit
    let against = state.view.commands.contains(.against) ? state.selection.against : nil
    let reference = against == nil ? "mean" : state.referenceWords
    let title =
      rect.width >= 34
      ? "\(state.gateLetter) of each \(state.groupWord) − \(reference), this unit"
      : "each \(state.groupWord) − \(reference)"
    canvas.put(title, at: Point(x: rect.x, y: rect.y), style: theme.title, width: rect.width)
    let zero = against.map { layer.classDeviation(unit, class: $0) } ?? 0
    let counts = state.statistics.value?.samplesByClass ?? []
    let deviations = (0..<state.classCount).map { label -> Float in
      let isEmpty = counts.indices.contains(label) && counts[label] == 0
      return isEmpty ? .nan : layer.classDeviation(unit, class: label) - zero
    }
    let largest = deviations.filter(\.isFinite).map(\.magnitude).max() ?? 0
    let limit = max(Double(largest), 1e-9)
    let shown = classes(state, in: rect)
    let first = shown.lowerBound
    let names = shown.map(state.numberedClass)
    let nameWidth = min(rect.width / 3, names.map { canvas.columns(shown: $0) }.max() ?? 1)
    let bar = rect.inset(left: nameWidth + 1, right: 8)
    let half = bar.width / 2
    for (offset, name) in names.enumerated() {
      let label = first + offset
      let y = rect.y + 1 + offset
      let isChosen = label == state.selection.label
      canvas.put(
        name, at: Point(x: rect.x, y: y), style: isChosen ? theme.cursor : theme.dim,
        width: nameWidth)
      let value = deviations[label]
      canvas.put(
        value.isNaN && counts.indices.contains(label) && counts[label] == 0
          ? "none" : NumberFormat.signed(value, 3), endingAt: rect.maxX - 1, y: y,
        style: isChosen ? theme.strong : theme.dim, width: 8)
      guard half >= 1 else { continue }
      let axis = bar.x + half
      canvas[axis, y] = Glyph(canvas.capabilities.unicode ? "│" : "|", style: theme.rule)
      guard value.isFinite else { continue }
      let length = Int((Double(value.magnitude) / limit * Double(half)).rounded())
      // Bars keep away from the pale middle of the map, which says zero.
      let strength = 0.3 + 0.5 * Double(value.magnitude) / limit
      let position = 0.5 + (value < 0 ? -0.5 : 0.5) * strength
      let ink =
        ColorMap.vik.ink(at: position, depth: canvas.capabilities.colors)
        ?? theme.series(value < 0 ? 1 : 0).foreground
      let range = value < 0 ? axis - length..<axis : axis + 1..<axis + 1 + length
      for x in range where x >= bar.x && x < bar.maxX {
        canvas[x, y] = Glyph(canvas.capabilities.unicode ? "▆" : "#", style: Style(ink))
      }
    }
  }

  /// The classes that have a row below the title.
  private static func classes(_ state: ExplorerState, in rect: Rect) -> Range<Int> {
    let rows = max(0, min(state.classCount, rect.height - 1))
    let first = min(max(0, state.selection.label - rows / 2), state.classCount - rows)
    return first..<first + rows
  }

  /// The class in whose row a point lies.
  static func label(at point: Point, _ state: ExplorerState, in rect: Rect) -> Int? {
    guard rect.contains(point), rect.width >= 16 else { return nil }
    let shown = classes(state, in: rect)
    let label = shown.lowerBound + point.y - rect.y - 1
    return shown.contains(label) ? label : nil
  }

  /// The unit's T at every layer: its mean, its mean for the class, and its value for the sample.
  static func drawProfile(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    let theme = Theme(canvas.capabilities)
    guard rect.height >= 5, rect.width >= 24, state.has(\.learnedGates),
      let statistics = state.statistics.value
    else { return }
    let unit = state.selection.unit
    let label = state.selection.label
    func points(_ value: (Int) -> Float?) -> [(x: Double, y: Double)] {
      // In another stage a unit of the same number is another one.
      let stage =
        state.stages.first { $0.contains(state.selection.block) } ?? statistics.layers.indices
      return stage.compactMap { index in
        guard unit < statistics.layers[index].units, let value = value(index) else { return nil }
        return (Double(state.rowNumbers[index]), Double(value))
      }
    }
    // The mean is drawn last, above the others.
    var series: [LinePlot.Series] = []
    if let record = state.sample.value {
      series.append(
        LinePlot.Series(
          "sample",
          points: points { index in
            let gates = record.trace.layers[index].unitMeans(.transformGate)
            return gates.indices.contains(unit) ? gates[unit] : nil
          }, style: theme.series(1)))
    }
    if label < state.classCount {
      series.append(
        LinePlot.Series(
          state.shortClass(label),
          points: points { index in
            let layer = statistics.layers[index]
            return layer.classMeanT[label * layer.units + unit]
          }, style: theme.series(3)))
    }
    series.append(
      LinePlot.Series(
        "mean", points: points { statistics.layers[$0].meanT[unit] }, style: theme.series(0)))
    let layer =
      statistics.layers.indices.contains(state.selection.block)
      ? Double(state.rowNumbers[state.selection.block]) : nil
    let range = statistics.layers.first?.signals[0].range ?? 0...1
    let plot = LinePlot(
      series, yRange: Double(range.lowerBound)...Double(range.upperBound), marker: layer,
      xTitle: state.rowWord)
    let extent = state.stages.isEmpty ? "layers" : "stage"
    let title =
      rect.width >= 50
      ? "\(state.gateLetter) of \(state.unitWord) \(unit) through the \(extent)   "
      : "\(state.gateLetter) by layer  "
    let used = canvas.put(
      title, at: Point(x: rect.x, y: rect.y), style: theme.title, width: rect.width)
    plot.drawLegend(
      on: &canvas, at: Point(x: rect.x + used, y: rect.y), width: max(0, rect.width - used))
    plot.draw(on: &canvas, in: rect.inset(top: 1))
  }
}
