import HighwayNetworks

/// The gates of the sample: T, its mean, and the difference of both as heatmaps, and open gates by layer.
enum SampleGates {
  static func draw(_ state: ExplorerState, on canvas: inout Canvas, _ layout: SampleLayout) {
    if let places = layout.places { SamplePlaces.draw(state, on: &canvas, places) }
    for (panel, place) in layout.panels {
      heatmap(panel, state).draw(on: &canvas, at: place)
    }
    if let plot = layout.plot { drawPlot(state, on: &canvas, in: plot.inset(right: 1)) }
    // The other heatmaps are named in the last row, where it is free.
    let (area, y) = (layout.heatmaps, layout.heatmaps.maxY - 1)
    let all = SamplePanel.shown(by: state)
    let shown = layout.panels.count + (layout.places == nil ? 0 : 1)
    let last = layout.panels.last?.layout.caption.maxY ?? layout.places?.rect.maxY
    if state.display.mentionsKeys, shown < all.count, layout.inspector?.isBelow != true,
      let last, last <= y
    {
      drawPanelNames(
        all, { name($0, state) }, focus: state.focus(\.display.samplePanel), on: &canvas,
        from: area.x, to: area.maxX, y: y)
    }
  }

  /// The heatmap of a panel with what is known at the moment.
  private static func heatmap(_ panel: SamplePanel, _ state: ExplorerState) -> HeatmapPanel {
    let isFocused = panel == state.focus(\.display.samplePanel)
    let letter = state.shownLetter
    switch panel {
    case .sample, .places:
      let content = state.sample.map { record in
        state.heatmapMatrix(record.trace.layers.lazy.map(state.shownSignal))
      }
      return state.gateHeatmap(
        "sample \(letter)" + state.heldNote, content,
        meaning: "\(letter) of this sample" + state.positionNote,
        isFocused: isFocused
      ) { _ in scale(state) }
    case .mean:
      let content = state.statistics.map {
        state.heatmapMatrix($0.layers.lazy.map(state.shownMean))
      }
      return state.gateHeatmap(
        "mean \(letter)" + state.heldNote, content, detail: state.samplesInWords,
        meaning: "mean \(letter) over the samples", isFocused: isFocused
      ) { _ in scale(state) }
    case .difference:
      let constant = state.has(\.learnedGates) ? state.constantGateWords : nil
      let content =
        constant.map(Shown.unavailable) ?? state.sampleDeviations.map { state.heatmapMatrix($0) }
      return state.gateHeatmap(
        "sample − mean" + state.heldNote, content,
        meaning: "\(letter) of this sample − mean \(letter)", isFocused: isFocused
      ) {
        .clipping(clippedShare(state), of: $0?.values ?? [], map: .vik)
      }
    }
  }

  private static func name(_ panel: SamplePanel, _ state: ExplorerState) -> String {
    switch panel {
    case .sample: state.shownLetter
    case .mean: "mean"
    case .difference: "\(state.shownLetter) − mean"
    case .places: "places"
    }
  }

  /// What people type to ask for a panel.
  static func word(_ panel: SamplePanel) -> String {
    switch panel {
    case .sample: "sample T"
    case .mean: "mean T"
    case .difference: "difference"
    case .places: "places"
    }
  }

  /// The share of the largest values that a scale leaves out.
  private static func clippedShare(_ state: ExplorerState) -> Double {
    state.display.fitsScale ? 0.01 : 0
  }

  /// T of the sample and its mean share a scale, so that they can be compared.
  private static func scale(_ state: ExplorerState) -> ColorScale {
    let isBranch = !state.has(\.learnedGates)
    guard isBranch || state.display.fitsScale && state.constantGateWords == nil else {
      return isBranch || state.constantGateWords != nil
        ? ColorScale(state.display.colorMap, lower: 0, upper: 1) : state.gateScale
    }
    let values = (state.sample.value?.trace.layers ?? []).flatMap(state.shownSignal)
    let means = (state.statistics.value?.layers ?? []).flatMap(state.shownMean)
    return .clipping(
      clippedShare(state), of: values + means, map: isBranch ? .vik : state.gateMap)
  }

  /// Open gates by layer: of the sample, and on average.
  private static func drawPlot(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    let theme = Theme(canvas.capabilities)
    func points(_ counts: [Double]) -> [(x: Double, y: Double)] {
      zip(state.rowNumbers, counts).map { (Double($0), $1) }
    }
    let isBranch = !state.has(\.learnedGates)
    // Layers of maps have numbers of gates that cannot be compared, but shares that can.
    func open(_ count: Double, _ index: Int) -> Double {
      state.hasMaps ? count / Double(max(1, state.cells(at: index))) : count
    }
    let means = (state.statistics.value?.layers ?? []).enumerated().map { index, layer in
      isBranch ? layer.response?.overall ?? .nan : open(layer.cells.open, index)
    }
    let counts = (state.sample.value?.trace.layers ?? []).map { layer in
      isBranch
        ? deviation(layer.blockState)
        // A sequence has cells for the steps that it has.
        : Double(layer.transformGate.count { $0 > state.gateValue(0.5) })
          / (state.hasMaps ? Double(max(1, layer.units * layer.positions)) : 1)
    }
    let title =
      isBranch
      ? " response, std of F, by \(state.rowWord)  "
      : state.hasMaps
        ? " share of gates with \(state.openWords) by \(state.rowWord)  "
        : " gates with \(state.openWords) by \(state.rowWord)  "
    let plot = LinePlot(
      [
        .init("mean", points: points(means), style: theme.series(0)),
        .init("sample", points: points(counts), style: theme.series(1)),
      ], marker: state.layerMarker, xTitle: state.rowWord)
    let used = canvas.put(
      title, at: Point(x: rect.x, y: rect.y), style: theme.title,
      width: rect.width)
    plot.drawLegend(
      on: &canvas, at: Point(x: rect.x + used, y: rect.y), width: max(0, rect.width - used))
    plot.draw(on: &canvas, in: rect.inset(top: 1))
  }

  private static func deviation(_ values: [Float]) -> Double {
    let (count, values) = (Double(max(1, values.count)), values.map(Double.init))
    let mean = values.reduce(0, +) / count
    return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
  }
}

extension ExplorerState {
  /// The signal that the sample view shows: T or, in a network that learns no gates, F.
  var shownLetter: String { has(\.learnedGates) ? gateLetter : "F" }

  /// Its values for a sample in a layer.
  func shownSignal(_ layer: SampleTrace.Layer) -> [Float] {
    layer.unitMeans(has(\.learnedGates) ? .transformGate : .blockState)
  }

  /// Its mean over the samples in a layer.
  func shownMean(_ layer: LayerStatistics) -> [Float] {
    has(\.learnedGates) ? layer.meanT : layer.response?.mean ?? []
  }

  /// The signal of the sample minus its mean, by layer and unit.
  var sampleDeviations: Shown<[[Float]]> {
    guard let layers = statistics.value?.layers else { return statistics.map { _ in [] } }
    let deviations = sample.map { record in
      zip(record.trace.layers, layers).map { trace, layer in
        zip(shownSignal(trace), shownMean(layer)).map { $0 - $1 }
      }
    }
    // Either of the two may be that of an earlier moment.
    if case .current(let value) = deviations, case .earlier(_, let note) = statistics {
      return .earlier(value, note: note)
    }
    return deviations
  }

  /// What T is everywhere in a network that learns no transform gate; nil where it learns one.
  var constantGateWords: String? {
    guard let gatingName, !learnsTransformGates, shownGate == .transformGate else { return nil }
    let values = Set(gatedLayers.indices.compactMap { gating(at: $0)?.constantT })
    guard clamps.isEmpty, values.count == 1, let value = values.first else {
      return "no T is learned, gating \(gatingName)"
    }
    return "T = \(gateNumber(value)) by definition, gating \(gatingName)"
  }

  /// What T of a unit is where its layer learns no transform gate and it is not held.
  func constantWords(block index: Int, unit: Int) -> String? {
    guard let gating = gating(at: index), !gating.learnsTransformGate,
      heldValue(index, unit) == nil, shownGate == .transformGate
    else { return nil }
    return "T = \(gateNumber(gating.constantT)) by definition, gating \(gating.name)"
      + (gating.learnsCarryGate ? "; S shows C" : "")
  }
}
