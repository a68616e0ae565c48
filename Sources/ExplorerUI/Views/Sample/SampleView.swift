import HighwayNetworks

/// One sample: its input, its class and the class that the network predicts, and its gates beside the mean.
enum SampleView: ExplorerView {
  static let title = "Sample"
  static let help = "one sample: input, classes, its T beside the mean"
  static let word = "sample-view"
  static let subject = View.Subject.sample
  static let showsUnits = true
  static let need = ViewNeed.model
  static let inspectorFocus = InspectorFocus.sample
  static let commands: Set<Command.ID> = [.nextPanel, .previousPanel, .zoomIn, .changeScope]
  static let hints =
    Command.common(
      .nextSample, .filter, .nextPanel, .nextClass, .nextEpoch, .switchSplit, .goTo, .lesionLayer)
    + [walk]

  /// Moves from layer to layer and across units; in a text from unit to unit and from token to token.
  static func move(_ motion: Motion, _ state: inout ExplorerState) {
    if state.showsWalk {
      state.moveInWalk(motion)
    } else if state.model?.readsText ?? false, state.has(\.gates) {
      state.moveInText(motion)
    } else if case .horizontal(let step) = motion {
      state.moveAcross(step)
    } else {
      let step = motion.steps(of: state.gatedLayers.count)
      state.select(block: state.selection.block + step, unit: state.selection.unit)
    }
  }

  /// Colours the tokens of a text by the unit under the cursor, or by its layer.
  static func changeScope(_ state: inout ExplorerState) {
    guard state.model?.readsText ?? false else {
      state.message = Message(.notice, "only the tokens of a text are coloured by unit or layer")
      return
    }
    state.display.colorsLayers.toggle()
    state.message = Message(
      .notice, "tokens coloured by \(state.display.colorsLayers ? "the layer's mean" : "the unit")")
  }

  static var panels: Panels? { Panels(\.display.samplePanel, named: SampleGates.word) }

  static func draw(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    if state.showsWalk {
      let (head, rest) = rect.splitTop(1)
      drawHead(state, on: &canvas, in: head)
      WalkView.draw(state, on: &canvas, in: rest)
      return
    }
    let layout = SampleLayout(state, in: rect, capabilities: canvas.capabilities)
    if !state.display.showsOnePanel {
      drawHead(state, on: &canvas, in: layout.head)
      drawInput(state, on: &canvas, layout)
      drawProbabilities(state, on: &canvas, layout)
    }
    guard state.has(\.gates) else {
      let lines = wrapped(
        "This network has no highway layers, and so no gates to show.",
        to: max(8, layout.heatmaps.width - 2))
      drawCentered(lines, on: &canvas, in: layout.heatmaps)
      return
    }
    SampleGates.draw(state, on: &canvas, layout)
    if let inspector = layout.inspector {
      InspectorView.draw(state, on: &canvas, at: inspector)
      if !inspector.isBelow {
        canvas.verticalRule(
          x: inspector.rect.x, from: layout.heatmaps.y, to: inspector.rect.y,
          style: Theme(canvas.capabilities).rule)
      }
    }
  }

  static func target(at point: Point, _ state: ExplorerState, in rect: Rect) -> Target? {
    if state.showsWalk { return nil }
    let layout = SampleLayout(state, in: rect, capabilities: state.capabilities)
    for (panel, place) in layout.panels {
      if let gate = state.gate(at: point, in: place, panel: panel.rawValue) { return gate }
    }
    if let block = layout.places?.block(at: point) { return .block(block) }
    guard layout.probabilities.contains(point), let record = state.sample.value,
      record.steps.isEmpty
    else {
      return InspectorView.target(at: point, state, layout.inspector)
    }
    let bars =
      record.tags.map {
        ProbabilityBars($0, step: state.step(of: $0), selected: state.selection.label)
      } ?? ProbabilityBars(record, selected: state.selection.label)
    return bars.label(row: point.y - layout.probabilities.y, of: layout.probabilities.height)
      .map(Target.label)
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
    let isWrong =
      record.label != nil && record.prediction != nil && record.label != record.prediction
    var text = "sample \(state.selection.sample)"
    var used = canvas.put(text, at: start, style: theme.focus, width: width)
    text = verdict(record, state)
    used += canvas.put(
      text, at: Point(x: start.x + used, y: start.y), style: isWrong ? theme.bad : theme.good,
      width: width - used)
    var rest: [String] = []
    if let loss = record.trace.loss {
      rest.append("loss \(NumberFormat.loss(Double(loss)))")
      if !record.steps.isEmpty {
        rest.append("perplexity \(NumberFormat.fixed(perplexity(Double(loss)), 1))")
      }
    }
    if let held = state.clampWords { rest.append(held) }
    if case .earlier(_, let note) = shown { rest.append(note) }
    text = rest.map { " · " + $0 }.joined()
    canvas.put(
      text, at: Point(x: start.x + used, y: start.y), style: theme.text, width: width - used)
  }

  /// The class of the sample and the one that the network predicts, to be read after its number.
  static func verdict(_ record: SampleRecord, _ state: ExplorerState) -> String {
    guard record.steps.isEmpty else { return "" }
    if let tags = record.tags {
      let count = counted(tags.predictions.count, "step")
      return tags.accuracy.map { ", \(NumberFormat.percent($0)) of \(count) correct" }
        ?? ", \(count)"
    }
    let label = record.label.map { ", true class \(state.className($0))" } ?? ""
    // Without the network, or without its output, nothing is predicted.
    guard state.has(\.weights), let prediction = record.prediction else { return label }
    return label
      + (record.label == prediction ? ", correct" : ", predicted \(state.className(prediction))")
  }

  private static func drawInput(
    _ state: ExplorerState, on canvas: inout Canvas, _ layout: SampleLayout
  ) {
    let theme = Theme(canvas.capabilities)
    let rect = layout.input
    let picture = layout.picture
    if state.sample.value?.steps.isEmpty ?? true {
      canvas.put(
        title(state, picture), at: Point(x: rect.x + 1, y: rect.y), style: theme.title,
        width: rect.width - 1)
    }
    let frame = Rect(x: rect.x, y: rect.y + 1, width: rect.width, height: picture.rows)
    let shown = state.sample
    if let record = shown.value, !record.steps.isEmpty {
      let (text, written) = rect.splitBottom(writtenRows(state, of: rect.height))
      state.text(of: record).draw(on: &canvas, in: text)
      drawWritten(state, on: &canvas, in: written)
    } else if let text = shown.value?.text {
      let lines = wrapped(text, to: max(8, rect.width - 2))
      for (offset, line) in lines.prefix(max(0, rect.height - 2)).enumerated() {
        canvas.put(
          line, at: Point(x: rect.x + 1, y: frame.y + offset), style: theme.text,
          width: rect.width - 1)
      }
    } else if let record = shown.value,
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
    guard state.sampleCount > 0, state.sample.value?.text == nil else { return }
    let isFiltered = state.display.sampleFilter != .all
    let lines = wrapped(state.filterStatus, to: max(8, rect.width - 1))
    for (offset, line) in lines.enumerated() where frame.maxY + offset < rect.maxY {
      canvas.put(
        line, at: Point(x: rect.x + 1, y: frame.maxY + offset),
        style: isFiltered ? theme.warning : theme.dim, width: rect.width - 1)
    }
    guard let tags = state.sample.value?.tags else { return }
    SampleTagLines(tags, state).draw(
      on: &canvas, in: rect.inset(left: 1, top: frame.maxY + lines.count - rect.y))
  }

  private static func title(_ state: ExplorerState, _ picture: InputGeometry) -> String {
    let shape = state.inputShape
    if state.sample.value?.text != nil { return "input" }
    if state.model?.isRecording == true, state.model?.sampleShape == nil { return "no inputs here" }
    var title: String
    if picture.isVector {
      title = counted(shape.channels * shape.width, "value")
      if picture.down > 1 { title += ", \(picture.across * picture.step) a row" }
    } else {
      title = "input \(shape.height)×\(shape.width)"
      if shape.channels > 1 { title += ", \(shape.channels) channels" }
    }
    if picture.step > 1 {
      let pixels = picture.isVector ? "\(picture.step)" : "\(picture.step)×\(picture.step) pixels"
      title += ", each cell averages \(pixels)"
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
    if let tags = record.tags {
      ProbabilityBars(tags, step: state.step(of: tags), selected: state.selection.label)
        .draw(state, on: &canvas, in: rect)
    } else if record.steps.isEmpty {
      ProbabilityBars(record, selected: state.selection.label).draw(state, on: &canvas, in: rect)
    } else {
      ProbabilityBars(record.steps[state.textStep(of: record)]).draw(state, on: &canvas, in: rect)
    }
  }
}
