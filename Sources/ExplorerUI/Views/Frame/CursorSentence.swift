import HighwayNetworks

/// What is under the cursor, in words: one line above the timeline in every view.
enum CursorSentence {
  static func draw(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    let width = rect.width - 2
    var text = ""
    // What comes later explains what comes first, and goes where there is no room.
    for (index, part) in parts(state).enumerated() {
      let longer = index == 0 ? part : text + (index == 1 ? ": " : "; ") + part
      guard index <= 1 || canvas.columns(shown: longer) <= width else { break }
      text = longer
    }
    canvas.put(
      text, at: Point(x: rect.x + 1, y: rect.y), style: Theme(canvas.capabilities).text,
      width: width)
  }

  /// The place, then what is to be said about it, the most telling first.
  static func parts(_ state: ExplorerState) -> [String] {
    guard state.model != nil else { return [] }
    if state.display.view == .training { return epoch(state) }
    if state.display.view == .compare { return run(state) }
    if state.display.view == .sample, !state.showsUnit { return sample(state) }
    guard !state.gatedLayers.isEmpty else { return [] }
    switch state.display.view {
    case .overview, .classes, .sample, .training, .compare: return unit(state)
    case .lesion: return lesion(state)
    case .cells: return state.showsUnit ? unit(state) : layer(state)
    case .depth: return depth(state)
    }
  }

  private static func epoch(_ state: ExplorerState) -> [String] {
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
    let right = NumberFormat.percent(metrics.testAccuracy)
    if known(metrics.testAccuracy) {
      parts.append("\(right) of test samples are classified rightly")
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

  /// The run under the cursor, and how it did beside the best of them.
  private static func run(_ state: ExplorerState) -> [String] {
    let comparison = state.comparison
    guard let entry = comparison.current else { return [] }
    let name = comparison.names[comparison.cursor]
    guard let shown = comparison.shown(comparison.cursor) else {
      return [name, entry.problem ?? "no epochs yet"]
    }
    var parts = [name]
    guard shown.testAccuracy.isFinite else { return parts + ["its loss is not finite"] }
    let accuracy = NumberFormat.percent(shown.testAccuracy)
    parts.append("\(accuracy) of test samples are classified rightly after epoch \(shown.epoch)")
    let known = comparison.entries.indices.compactMap { index in
      comparison.shown(index).map { (index: index, accuracy: $0.testAccuracy) }
    }.filter { $0.accuracy.isFinite }
    if known.count > 1, let best = known.max(by: { $0.accuracy < $1.accuracy }) {
      parts.append(
        best.accuracy == shown.testAccuracy
          ? "no other run does better"
          : "\(comparison.names[best.index]) does best, \(NumberFormat.percent(best.accuracy))")
    }
    return parts
  }

  /// What the lesion of the cursor's layer does to loss, error and classes.
  private static func lesion(_ state: ExplorerState) -> [String] {
    let place = "layer \(state.gatedLayers[state.selection.layer])"
    guard let sweep = state.lesionSweep.value, let lesion = state.cursorLesion else {
      return [place, state.lesionSweep.note ?? ""]
    }
    let intact = sweep.baseline
    func percent(_ share: Double) -> String { NumberFormat.percent(share) }
    var parts = [place]
    if lesion.error == intact.error {
      parts.append("with T at 0 the error stays \(percent(intact.error))")
    } else {
      let verb = lesion.error > intact.error ? "rises" : "falls"
      parts.append(
        "with T at 0 the error \(verb) from \(percent(intact.error)) to \(percent(lesion.error))")
    }
    let rises = zip(lesion.classError, intact.classError).map { $0 - $1 }
    if let worst = rises.indices.max(by: { rises[$0] < rises[$1] }), rises[worst] > 0 {
      parts.append(
        "\(state.className(worst)) suffers most (\(percent(lesion.classError[worst])) wrong)")
    }
    return parts
  }

  private static func layer(_ state: ExplorerState) -> [String] {
    let index = state.selection.layer
    let place = "layer \(state.gatedLayers[index])"
    let shown = CellsView.shares(state)
    guard let shares = shown.value?[index] else { return [place, shown.note ?? ""] }
    func count(_ value: Double) -> String { NumberFormat.fixed(value, 1) }
    let isSample = state.display.cellScope == .sample
    return [
      place,
      "of \(state.units(at: index)) units, "
        + "\(count(shares.carried)) carried, \(count(shares.mixed)) mixed, "
        + "\(count(shares.transformed)) transformed" + (isSample ? "" : " on average"),
    ]
  }

  private static func depth(_ state: ExplorerState) -> [String] {
    let place = "layer \(state.gatedLayers[state.selection.layer])"
    let plot = state.display.depthPlot
    guard let words = DepthCurves(plot, state, Theme(state.capabilities))?.words else {
      let note = plot == .biasDrift ? state.gateBiases.note : state.statistics.note
      return [place, note ?? ""]
    }
    return [place, words.isEmpty ? "not defined in this network" : words]
  }

  /// What the gate of the unit does over the samples, and for which classes it does otherwise.
  static func unit(_ state: ExplorerState) -> [String] {
    let (index, unit) = (state.selection.layer, state.selection.unit)
    let place = "layer \(state.gatedLayers[index]), unit \(unit)"
    guard let layer = state.layerStatistics(index), unit < layer.units,
      let habit = GateHabit(layer, unit: unit, thresholds: state.display.thresholds)
    else { return [place, state.statistics.note ?? ""] }
    var parts = [place]
    if layer.minT[unit] == layer.maxT[unit] {
      parts.append("T is \(NumberFormat.fixed(layer.minT[unit], 3)) for every sample")
    } else {
      parts.append(habit.words)
      if let classes = classes(state, layer, unit, habit) { parts.append(classes) }
    }
    if case .earlier(_, let note) = state.statistics { parts.append(note) }
    return parts
  }

  /// The classes for which the gate does not do what it mostly does.
  private static func classes(
    _ state: ExplorerState, _ layer: LayerStatistics, _ unit: Int, _ habit: GateHabit
  ) -> String? {
    let counts = state.statistics.value?.samplesByClass ?? []
    let means = (0..<state.classCount).compactMap { label -> (label: Int, mean: Float)? in
      guard counts.indices.contains(label), counts[label] > 0 else { return nil }
      return (label, layer.classMeanT[label * layer.units + unit])
    }
    let isOpen = habit.open.lowerBound >= 0.5
    // Where all samples are alike, so are the classes.
    guard means.count > 1, habit.closed.lowerBound < 1, habit.open.lowerBound < 1 else {
      return nil
    }
    let sorted = means.sorted { isOpen ? $0.mean < $1.mean : $0.mean > $1.mean }
    guard let first = sorted.first, let last = sorted.last else { return nil }
    if (first.mean - last.mean).magnitude < 0.02 { return "much the same for every class" }
    let others = sorted.filter { isOpen ? $0.mean < 0.5 : $0.mean > 0.5 }
    if !others.isEmpty, others.count <= 3, others.count < means.count {
      let names = others.map { state.className($0.label) }.joined(separator: ", ")
      return "on average \(isOpen ? "closed" : "open") for \(names)"
    }
    let name = state.className(first.label)
    let mean = NumberFormat.fixed(first.mean, 2)
    return "\(isOpen ? "closes" : "opens") most for \(name) (mean T \(mean))"
  }
}
