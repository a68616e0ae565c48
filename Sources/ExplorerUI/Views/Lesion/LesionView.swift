import HighwayNetworks
import TensorFiles

/// Figure 4 of the paper: loss and error with T of one layer held at 0, and what is held at the moment.
enum LesionView: ExplorerView {
  static let title = "Lesion"
  static let help = "what breaks when a layer's T is held at 0"
  static let subject = View.Subject.lesions
  static let need = ViewNeed.weights
  static let commands: Set<Command.ID> = [
    .nextPanel, .previousPanel, .zoomIn, .rank, .rankOrder, .nextRanked, .previousRanked,
  ]
  static let ownCommands = [axis]
  static let hints =
    Command.common(.lesionLayer, .rank, .clamp, .undo, .release) + [axis]
    + Command.common(.nextPanel, .releaseAll)
  static let hintWords: [Command.ID: String] = [.nextPanel: "next held"]
  static let arrows = (keys: "←→", words: "layer")
  static var panels: Panels? {
    Panels(\.display.lesionPanel) { $0 == .loss ? "loss" : "error" }
  }

  private static let axis = Command(
    own: "lesion-axis", [.character("L")], "log", "linear or logarithmic curves", .clamps
  ) { state in
    state.display.lesionsAreLogarithmic.toggle()
    return []
  }

  /// Moves from layer to layer, which lie side by side here.
  static func move(_ motion: Motion, _ state: inout ExplorerState) {
    let step = motion.steps(of: state.gatedLayers.count)
    state.select(block: state.selection.block + step, unit: state.selection.unit)
  }

  /// Enter takes a layer of the list by effect; elsewhere it opens nothing here.
  static func zoom(_ state: inout ExplorerState) -> [Effect] {
    state.message = Message(.notice, "r lists the layers by effect")
    return []
  }

  /// The layers by how much their lesions change the error, those that matter least first.
  static func ranking(_ state: ExplorerState) -> Shown<Ranking> {
    state.lesionSweep.map { sweep in
      Ranking(
        "error with T = 0, points", .points, state.display.rankOrder ?? .lowest,
        sweep.layers.enumerated().map { index, lesion in
          Ranking.Entry(
            block: index, value: lesion.outcome.error - sweep.baseline.error,
            other: lesion.outcome.loss - sweep.baseline.loss)
        })
    }
  }

  /// Goes to the next of the places that are held, in a circle.
  static func turn(_ step: Int, _ state: inout ExplorerState) {
    let entries = state.clamps.entries
    guard !entries.isEmpty else {
      state.message = Message(.warning, "nothing is held")
      return
    }
    let place = entries.firstIndex { isUnderCursor($0.target, state) }
    let target = entries[place.map { turned($0, by: step, of: entries.count) } ?? 0].target
    guard let index = state.blockIndex(of: target) else { return }
    let unit = target.unit.map { $0 - state.blocks[index].firstUnit }
    state.select(block: index, unit: unit ?? state.selection.unit)
  }

  /// Whether the key that releases would release this.
  static func isUnderCursor(_ target: GateClamps.Target, _ state: ExplorerState) -> Bool {
    if target == state.cursorTarget { return true }
    let layers = [
      state.layerTarget(state.selection.block), GateClamps.Target(layer: state.cursorLayer),
    ]
    return layers.contains(target)
      && !state.clamps.entries.contains { $0.target == state.cursorTarget }
  }

  static func draw(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    guard !state.display.showsOnePanel else {
      return draw(state.focus(\.display.lesionPanel), state, on: &canvas, in: rect)
    }
    let layout = LesionLayout(rect)
    draw(.loss, state, on: &canvas, in: layout.loss)
    draw(.error, state, on: &canvas, in: layout.error)
    LesionColumn.draw(state, on: &canvas, in: layout.column)
  }

  private static func draw(
    _ panel: LesionPanel, _ state: ExplorerState, on canvas: inout Canvas, in rect: Rect
  ) {
    switch panel {
    case .loss: drawPlot(state, on: &canvas, in: rect, title: "loss", isPercent: false) { $0.loss }
    case .error where state.groupsTokens:
      drawPlot(state, on: &canvas, in: rect, title: "perplexity", isPercent: false) {
        perplexity($0.loss)
      }
    case .error:
      drawPlot(state, on: &canvas, in: rect, title: "error %", isPercent: true) { $0.error }
    }
  }

  static func target(at point: Point, _ state: ExplorerState, in rect: Rect) -> Target? {
    let layout = LesionLayout(rect)
    if state.showsRanking, layout.column.contains(point) {
      return RankingView.target(at: point, state, in: layout.column.inset(left: 2))
    }
    let areas = [layout.loss, layout.error].map(LesionLayout.curves)
    guard let area = areas.first(where: { $0.contains(point) }), let range = span(state) else {
      return nil
    }
    let part = Double(point.x - area.x) / Double(max(1, area.width - 1))
    let place = range.lowerBound + part * (range.upperBound - range.lowerBound)
    let distances = state.rowNumbers.map { (Double($0) - place).magnitude }
    return distances.indices.min { distances[$0] < distances[$1] }.map(Target.block)
  }

  static func sentence(_ state: ExplorerState) -> [String] {
    let place = state.cursorLayerName
    guard let sweep = state.lesionSweep.value, let lesion = state.cursorLesion else {
      return [place, state.lesionSweep.note ?? ""]
    }
    let intact = sweep.baseline
    func percent(_ share: Double) -> String { NumberFormat.percent(share, 2) }
    var parts = [place]
    if state.groupsTokens {
      let numbers = [intact, lesion].map { NumberFormat.fixed(perplexity($0.loss), 1) }
      let input = state.leavesInputOutAtZero ? ", so that no input enters," : ""
      parts.append(
        "with \(state.heldLetter) held at 0\(input) the perplexity goes from \(numbers[0]) to \(numbers[1])"
      )
      let rises = zip(lesion.classLoss, intact.classLoss).map { $0 - $1 }
      if let worst = rises.indices.max(by: { rises[$0] < rises[$1] }), rises[worst] > 0 {
        let most = NumberFormat.fixed(perplexity(lesion.classLoss[worst]), 1)
        parts.append("most for \(state.className(worst)), to \(most)")
      }
      return parts
    }
    if lesion.error == intact.error {
      parts.append("with \(state.heldLetter) held at 0 the error stays \(percent(intact.error))")
    } else {
      let verb = lesion.error > intact.error ? "rises" : "falls"
      parts.append(
        "with \(state.heldLetter) held at 0 the error \(verb) from \(percent(intact.error)) to "
          + percent(lesion.error))
    }
    let rises = zip(lesion.classError, intact.classError).map { $0 - $1 }
    if let worst = rises.indices.max(by: { rises[$0] < rises[$1] }), rises[worst] > 0 {
      parts.append(
        "most in \(state.classTitle(worst)), to \(percent(lesion.classError[worst]))")
    }
    if let words = state.removalWords { parts.append(words) }
    return parts
  }

  /// A row for each highway layer: loss and error with T of that layer held at 0; the first row, without a
  /// layer, is the network as it is.
  static func table(_ state: ExplorerState) -> NumberTable {
    let sweep = state.lesionSweep.value
    let classes = 0..<state.classCount
    func row(_ layer: [JSON], _ outcome: LesionSweep.Outcome) -> [JSON] {
      layer + [NumberTable.real(outcome.loss), NumberTable.real(outcome.error)]
        + classes.map { NumberTable.real(outcome.classError[$0]) }
    }
    let none = NumberTable.layerColumns(state).map { _ in JSON.null }
    let intact = sweep.map { [row(none, $0.baseline)] } ?? []
    return NumberTable(
      columns: NumberTable.layerColumns(state) + ["loss", "error"] + classes.map { "error\($0)" },
      rows: intact
        + (sweep?.layers ?? []).enumerated().map {
          row(NumberTable.layer(state, $0.offset), $0.element.outcome)
        })
  }

  // MARK: - Its parts

  /// From the first highway layer to the last.
  private static func span(_ state: ExplorerState) -> ClosedRange<Double>? {
    guard let first = state.rowNumbers.first, let last = state.rowNumbers.last else { return nil }
    return Double(first)...Double(max(first + 1, last))
  }

  private static func drawPlot(
    _ state: ExplorerState, on canvas: inout Canvas, in rect: Rect, title: String,
    isPercent: Bool, _ value: (LesionSweep.Outcome) -> Double
  ) {
    let theme = Theme(canvas.capabilities)
    guard let span = span(state) else { return }
    func level(_ outcome: LesionSweep.Outcome) -> [(x: Double, y: Double)] {
      [(span.lowerBound, value(outcome)), (span.upperBound, value(outcome))]
    }
    let sweep = state.lesionSweep
    var series: [LinePlot.Series] = [
      .init("intact", points: sweep.value.map { level($0.baseline) } ?? [], style: theme.series(0))
    ]
    if let held = state.clampedOutcome {
      series.append(.init("held", points: held.value.map(level) ?? [], style: theme.series(2)))
    }
    let points =
      sweep.value.map { sweep in
        zip(state.rowNumbers, sweep.layers).map { (x: Double($0), y: value($1.outcome)) }
      } ?? []
    let name = rect.width < 40 ? "held" : "one \(state.rowWord) held at 0"
    series.append(.init(name, points: points, style: theme.series(1)))
    let isLogarithmic = state.display.lesionsAreLogarithmic
    let plot = LinePlot(
      series, isLogarithmic: isLogarithmic, xRange: span, marker: state.layerMarker,
      isPercent: isPercent, xTitle: state.rowWord)
    let used = canvas.put(
      " " + title + (isLogarithmic ? ", log  " : "  "), at: Point(x: rect.x, y: rect.y),
      style: theme.title, width: rect.width)
    plot.drawLegend(
      on: &canvas, at: Point(x: rect.x + used, y: rect.y), width: max(0, rect.width - used))
    if sweep.value != nil {
      plot.draw(on: &canvas, in: LesionLayout.plot(rect))
    } else {
      let lines = wrapped(progress(state) ?? sweep.note ?? "", to: max(8, rect.width - 4))
      drawCentered(lines, on: &canvas, in: LesionLayout.plot(rect))
    }
  }

  /// How far the sweep has come, while it is at work.
  private static func progress(_ state: ExplorerState) -> String? {
    guard case .pending = state.lesionSweep, let request = state.results.pendingLesions.first,
      request.clamps.isEmpty
    else { return nil }
    return "holding each layer in turn… \(NumberFormat.percent(state.results.lesionFraction, 0))"
  }
}
