import HighwayNetworks

/// Figure 2 of the paper: gate biases, mean T, T and y of one sample as heatmaps of layer and unit.
enum OverviewView: ExplorerView {
  static let title = "Overview"
  static let help = "biases, mean T, T and y of a sample"
  static let showsUnits = true
  static let commands: Set<Command.ID> = [
    .nextPanel, .previousPanel, .zoomIn, .rank, .rankOrder, .nextRanked, .previousRanked,
  ]
  static let hints = Command.common(
    .nextPanel, .nextClass, .nextSample, .nextEpoch, .zoomIn, .rank, .trainEpoch, .switchSplit,
    .scale,
    .colorMap, .order, .goTo, .runOrPause, .lesionLayer, .palette, .clamp)
  static var panels: Panels? { Panels(\.display.panel, named: name) }

  static func draw(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    let layout = OverviewLayout(state, in: rect, capabilities: canvas.capabilities)
    for (panel, place) in layout.panels {
      heatmap(panel, state).draw(on: &canvas, at: place)
    }
    if let inspector = layout.inspector {
      InspectorView.draw(state, on: &canvas, at: inspector)
    } else if state.showsRanking {
      let list = listPlace(rect)
      canvas.fill(list, style: Style())
      InspectorView.draw(state, on: &canvas, at: InspectorPlace(rect: list, isBelow: false))
    }
    guard state.display.mentionsKeys, layout.panels.count < OverviewPanel.shown(by: state).count,
      let last = layout.panels.last?.layout
    else { return }
    // The other heatmaps are named in the line above the inspector, or in the last row where it is free.
    let isBelow = layout.inspector?.isBelow == true
    let y = isBelow ? (layout.inspector?.rect.y ?? rect.maxY) : rect.maxY - 1
    guard isBelow || last.caption.maxY < rect.maxY else { return }
    drawPanelNames(
      OverviewPanel.shown(by: state), { label($0, state) }, focus: state.focus(\.display.panel),
      on: &canvas,
      from: rect.x,
      to: isBelow ? rect.maxX : layout.inspector?.rect.x ?? rect.maxX, y: y)
  }

  static func target(at point: Point, _ state: ExplorerState, in rect: Rect) -> Target? {
    let layout = OverviewLayout(state, in: rect, capabilities: state.capabilities)
    if layout.inspector == nil, state.showsRanking, listPlace(rect).contains(point) {
      let place = InspectorPlace(rect: listPlace(rect), isBelow: false)
      return InspectorView.target(at: point, state, place)
    }
    let gate = layout.panels.lazy.compactMap {
      state.gate(at: point, in: $0.layout, panel: $0.panel.rawValue)
    }.first
    return gate ?? InspectorView.target(at: point, state, layout.inspector)
  }

  static func table(_ state: ExplorerState) -> NumberTable {
    let biases = state.gateBiases.value
    let layers = state.statistics.value?.layers
    let trace = state.sample.value?.trace.layers
    return .units(
      state,
      columns: [
        "gateBias", "meanT", "stdT", "sampleT", "sampleC", "sampleH", "sampleY", "response",
      ]
    ) { index, unit in
      let sample = trace.map { $0[index].numbers(of: unit) }
      return [
        biases?[index]?[unit], layers?[index].meanT[unit], layers?[index].stdT[unit],
        sample?.T, sample?.C, sample?.H, sample?.y,
        layers?[index].response?.std[unit],
      ].map { NumberTable.real($0) }
    }
  }

  static func caption(_ state: ExplorerState) -> [String] { state.sampleCaption }

  /// Where the list of ranked cells stands, over the heatmaps, where the inspector has no room.
  private static func listPlace(_ rect: Rect) -> Rect {
    rect.splitRight(min(rect.width, InspectorPlace.narrowest + 4)).right
  }

  static func ranking(_ state: ExplorerState) -> Shown<Ranking> {
    switch state.focus(\.display.panel) {
    case .response:
      return state.responses.map { state.ranked("response", .plain, $0) }
    case .sampleBranch:
      return state.sample.map {
        state.ranked(
          "F of sample \(state.selection.sample)", .plain,
          $0.trace.layers.map { $0.unitMeans(.blockState) })
      }
    case .gateBias:
      guard state.learnsTransformGates, state.has(\.biases) else {
        return .unavailable("no gate bias to rank")
      }
      return state.gateBiases.map { state.ranked("gate bias", .plain, $0.map { $0 ?? [] }) }
    case .meanGate:
      return state.statistics.map {
        state.ranked("mean \(state.gateLetter)", .plain, $0.layers.map(\.meanT))
      }
    case .sampleGate:
      let title = "\(state.gateLetter) of sample \(state.selection.sample)"
      return state.sample.map {
        state.ranked(title, .plain, $0.trace.layers.map { $0.unitMeans(.transformGate) })
      }
    case .sampleOutput:
      let title = "\(state.outputLetter) of sample \(state.selection.sample)"
      return state.sample.map {
        state.ranked(title, .plain, $0.trace.layers.map { $0.unitMeans(.blockOutput) })
      }
    }
  }

  // MARK: - Its heatmaps

  /// The heatmap of a panel with what is known at the moment.
  private static func heatmap(_ panel: OverviewPanel, _ state: ExplorerState) -> HeatmapPanel {
    let isFocused = panel == state.focus(\.display.panel)
    let map = state.display.colorMap
    let sample = state.selection.sample
    switch panel {
    case .gateBias:
      return state.gateHeatmap(
        "gate bias", biases(state), meaning: "gate bias, low carries",
        isFocused: isFocused
      ) {
        .fitting($0?.values ?? [], map: map)
      }
    case .meanGate: return state.meanGateHeatmap(isFocused: isFocused)
    case .sampleGate:
      let content = state.sample.map { record in
        state.heatmapMatrix(record.trace.layers.lazy.map { $0.unitMeans(.transformGate) })
      }
      return state.gateHeatmap(
        "\(state.gateLetter) of sample \(sample)" + state.heldNote, content,
        meaning: "\(state.gateLetter), \(state.gateMeaning)" + state.positionNote,
        isFocused: isFocused
      ) { _ in state.gateScale }
    case .sampleOutput:
      let content = state.sample.map { record in
        state.heatmapMatrix(record.trace.layers.lazy.map { $0.unitMeans(.blockOutput) })
      }
      return state.gateHeatmap(
        "\(state.outputLetter) of sample \(sample)" + state.heldNote, content,
        meaning: "\(state.outputLetter), what the \(state.unitWord) gives on" + state.positionNote,
        isFocused: isFocused
      ) { outputScale($0?.values ?? [], state) }
    case .response:
      return state.gateHeatmap(
        "response, std of F" + state.heldNote, state.responses.map { state.heatmapMatrix($0) },
        detail: state.samplesInWords, meaning: "how much F varies over the samples",
        isFocused: isFocused
      ) { .clipping(state.display.fitsScale ? 0.002 : 0, of: $0?.values ?? [], map: map) }
    case .sampleBranch:
      let content = state.sample.map { record in
        state.heatmapMatrix(record.trace.layers.lazy.map { $0.unitMeans(.blockState) })
      }
      return state.gateHeatmap(
        "F of sample \(sample)" + state.heldNote, content,
        meaning: "F, what is added to x" + state.positionNote,
        isFocused: isFocused
      ) { outputScale($0?.values ?? [], state) }
    }
  }

  private static func name(_ panel: OverviewPanel) -> String {
    switch panel {
    case .gateBias: "gate bias"
    case .meanGate: "mean T"
    case .sampleGate: "sample T"
    case .sampleOutput: "sample y"
    case .response: "response"
    case .sampleBranch: "sample F"
    }
  }

  /// What a panel is called beside the others.
  private static func label(_ panel: OverviewPanel, _ state: ExplorerState) -> String {
    switch panel {
    case .meanGate: "mean \(state.gateLetter)"
    case .sampleGate: "sample \(state.gateLetter)"
    case .gateBias, .sampleOutput, .response, .sampleBranch: name(panel)
    }
  }

  private static func biases(_ state: ExplorerState) -> Shown<HeatmapMatrix> {
    guard state.learnsTransformGates else {
      return .unavailable("no gate bias: gating \(state.gatingName ?? "unknown")")
    }
    return state.gateBiases.map { state.heatmapMatrix($0.lazy.map { $0 ?? [] }) }
  }

  private static func outputScale(_ values: [Float], _ state: ExplorerState) -> ColorScale {
    // The outputs of tanh blocks can be compared from sample to sample on one scale.
    let isTanh = state.gatedLayers.indices.allSatisfy { state.activation(at: $0) == .tanh }
    if isTanh, values.allSatisfy({ $0.magnitude <= 1 }) {
      return ColorScale(.vik, lower: -1, upper: 1)
    }
    return .fitting(values, map: values.contains { $0 < 0 } ? .vik : state.display.colorMap)
  }
}
