import HighwayNetworks
import TensorFiles

/// Loss and accuracy by epoch, what training does, and what the run was set to.
enum TrainingView: ExplorerView {
  static let title = "Training"
  static let help = "loss and accuracy by epoch"
  static let subject = View.Subject.epochs
  static let need = ViewNeed.model
  static let hints = Command.common(
    .trainEpoch, .runOrPause, .new, .keep, .discard, .previousModel)
  static let arrows = (keys: "←→", words: "epoch")
  static var panels: Panels? {
    Panels(\.display.trainingPanel) { panel in
      switch panel {
      case .loss: "loss"
      case .accuracy: "accuracy"
      case .meanGate: "mean T"
      }
    }
  }

  static func motionProblem(_ state: ExplorerState) -> String? { nil }

  /// Moves from epoch to epoch.
  static func move(_ motion: Motion, _ state: inout ExplorerState) {
    let step = motion.steps(of: state.timeline.entries.count)
    state.timeline.move(to: state.timeline.cursor + step)
  }

  static func draw(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    guard !state.display.showsOnePanel else {
      return draw(state.focus(\.display.trainingPanel), state, on: &canvas, in: rect)
    }
    let layout = TrainingLayout(state, in: rect, capabilities: canvas.capabilities)
    draw(.loss, state, on: &canvas, in: layout.plotRects.top)
    draw(.accuracy, state, on: &canvas, in: layout.plotRects.bottom)
    if let place = layout.heatmap {
      state.meanGateHeatmap(isFocused: false).draw(on: &canvas, at: place)
    }
    TrainingColumn.draw(state, on: &canvas, in: layout.column)
  }

  private static func draw(
    _ panel: TrainingPanel, _ state: ExplorerState, on canvas: inout Canvas, in rect: Rect
  ) {
    switch panel {
    case .loss:
      drawPlot(
        state, on: &canvas, in: rect, title: rect.width < 40 ? "loss, log" : "loss (nats, log)",
        isLogarithmic: true,
        train: { $0.trainLoss }, test: { $0.testLoss })
    case .accuracy where state.shownMetrics.contains { $0.code != nil }:
      drawCodes(state, on: &canvas, in: rect)
    case .accuracy:
      drawPlot(
        state, on: &canvas, in: rect, title: "accuracy", isLogarithmic: false,
        train: { $0.trainAccuracy }, test: { $0.testAccuracy })
    case .meanGate:
      let place = HeatmapPanelLayout(
        rect, rows: state.gatedLayers.count, columns: state.widestUnits,
        capabilities: canvas.capabilities)
      state.meanGateHeatmap(isFocused: false).draw(on: &canvas, at: place)
    }
  }

  static func target(at point: Point, _ state: ExplorerState, in rect: Rect) -> Target? {
    let layout = TrainingLayout(state, in: rect, capabilities: state.capabilities)
    if let place = layout.heatmap, let gate = state.gate(at: point, in: place) { return gate }
    let entries = state.timeline.entries
    for plot in [layout.plotRects.top, layout.plotRects.bottom] {
      let curves = TrainingLayout.curves(plot)
      if let epoch = LinePlot.x(at: point, in: curves, range: epochRange(state)),
        let index = entries.indices.min(by: {
          abs(Double(entries[$0].id.number) - epoch) < abs(Double(entries[$1].id.number) - epoch)
        })
      {
        return .epoch(index)
      }
    }
    return TrainingColumn.epoch(state, at: point, in: layout.column)
      .flatMap { number in entries.lastIndex { $0.id.number == number } }.map(Target.epoch)
  }

  static func sentence(_ state: ExplorerState) -> [String] {
    guard let current = state.timeline.current else { return ["no recorded epochs"] }
    let number = current.id.number
    guard let metrics = current.metrics else {
      let isInTraining =
        state.training.isActive && state.timeline.cursor == state.timeline.entries.count - 1
      return [
        "epoch \(number)",
        isInTraining ? "in training, measured at its end" : "nothing was measured",
      ]
    }
    var parts = ["epoch \(number)"]
    func known(_ value: Double) -> Bool { value.isFinite }
    let right = NumberFormat.percent(metrics.testAccuracy, 2)
    if known(metrics.testAccuracy) {
      let isChance =
        state.classCount > 1 && metrics.testAccuracy * Double(state.classCount) < 1.1
        && metrics.epoch > 0 && !(state.model?.readsText ?? false)
      parts.append(
        isChance
          ? "\(right) of test samples are classified correctly: no better than a guess"
          : state.model?.readsText ?? false
            ? "perplexity \(NumberFormat.fixed(perplexity(metrics.testLoss), 1)) of the test text, \(right) of its tokens predicted"
            : "\(right) of test samples are classified correctly")
    }
    if let code = metrics.code {
      parts.append(code.words)
    }
    let index = state.timeline.cursor - 1
    if state.timeline.entries.indices.contains(index),
      let before = state.timeline.entries[index].metrics, known(before.testLoss),
      known(metrics.testLoss)
    {
      let change = metrics.testLoss - before.testLoss
      let size = NumberFormat.fixed(change.magnitude, 4)
      let verb = change < 0 ? "lower" : "higher"
      parts.append("the test loss is \(size) \(verb) than after epoch \(before.epoch)")
    }
    return parts.count == 1 ? parts + ["nothing was measured"] : parts
  }

  /// A row for each epoch of which something was recorded.
  static func table(_ state: ExplorerState) -> NumberTable {
    let hasCodes = state.shownMetrics.contains { $0.code != nil }
    return NumberTable(
      columns: [
        "epoch", "step", "learningRate", "trainLoss", "trainAccuracy", "testLoss",
        "testAccuracy", "seconds",
      ] + (hasCodes ? ["nll", "kl", "klWeight", "activeUnits"] : []),
      rows: state.shownMetrics.map { metrics in
        [
          .integer(metrics.epoch), .integer(metrics.step), NumberTable.real(metrics.learningRate),
        ]
          + [
            metrics.trainLoss, metrics.trainAccuracy, metrics.testLoss, metrics.testAccuracy,
            metrics.seconds,
          ].map { NumberTable.real($0) } + (hasCodes ? numbers(metrics.code) : [])
      })
  }

  private static func numbers(_ code: CodeMetrics?) -> [JSON] {
    guard let code else { return [.null, .null, .null, .null] }
    return [code.nll, code.kl, code.klWeight].map { NumberTable.real($0) }
      + [.integer(code.activeUnits)]
  }

  // MARK: - Its parts

  private static func drawPlot(
    _ state: ExplorerState, on canvas: inout Canvas, in rect: Rect, title: String,
    isLogarithmic: Bool, train: (EpochMetrics) -> Double, test: (EpochMetrics) -> Double
  ) {
    let theme = Theme(canvas.capabilities)
    let metrics = state.shownMetrics
    // Epoch 0 has not been trained: what was met on the way to it means nothing.
    let trained = metrics.drop { $0.epoch == 0 }
    let trainPoints = trained.map { (x: Double($0.epoch), y: train($0)) }
    let testPoints = metrics.map { (x: Double($0.epoch), y: test($0)) }
    drawPlot(
      [
        .init("train", points: trainPoints, style: theme.series(0)),
        .init("test", points: testPoints, style: theme.series(1)),
      ], state, on: &canvas, in: rect, title: title, isLogarithmic: isLogarithmic)
  }

  /// What the codes of an autoencoder cost: the loss of lines, the divergence of their codes, and its weight.
  private static func drawCodes(
    _ state: ExplorerState, on canvas: inout Canvas, in rect: Rect
  ) {
    let theme = Theme(canvas.capabilities)
    let codes = state.shownMetrics.compactMap { metrics in
      metrics.code.map { (x: Double(metrics.epoch), code: $0) }
    }
    func series(
      _ name: String, _ number: Int, _ value: (CodeMetrics) -> Double
    ) -> LinePlot.Series {
      .init(name, points: codes.map { ($0.x, value($0.code)) }, style: theme.series(number))
    }
    drawPlot(
      [
        series("NLL", 0) { $0.nll }, series("KL", 1) { $0.kl },
        series("weight of KL", 2) { $0.klWeight },
      ], state, on: &canvas, in: rect,
      title: rect.width < 40 ? "a line" : "a test line (nats, log)",
      isLogarithmic: true)
  }

  private static func drawPlot(
    _ series: [LinePlot.Series], _ state: ExplorerState, on canvas: inout Canvas, in rect: Rect,
    title: String, isLogarithmic: Bool
  ) {
    let theme = Theme(canvas.capabilities)
    let metrics = state.shownMetrics
    let plot = LinePlot(
      series, isLogarithmic: isLogarithmic, xRange: epochRange(state),
      marker: state.timeline.current.map { Double($0.id.number) }, isPercent: !isLogarithmic,
      xTitle: "epoch")
    let used = canvas.put(
      " " + title + (rect.width < 40 ? "  " : "   "), at: Point(x: rect.x, y: rect.y),
      style: theme.title, width: rect.width)
    plot.drawLegend(
      on: &canvas, at: Point(x: rect.x + used, y: rect.y), width: max(0, rect.width - used))
    guard !metrics.isEmpty else {
      let trains = state.display.mentionsKeys && state.has(\.training)
      let words = trains ? "no epochs yet: t trains one" : "no epochs yet"
      drawCentered([words], on: &canvas, in: rect, style: theme.dim)
      return
    }
    plot.draw(on: &canvas, in: TrainingLayout.curves(rect))
  }

  /// The epochs that the plots span.
  private static func epochRange(_ state: ExplorerState) -> ClosedRange<Double> {
    let current = state.timeline.current?.id.number ?? 0
    return 0...Double(max(1, current, state.shownMetrics.last?.epoch ?? 1))
  }
}
