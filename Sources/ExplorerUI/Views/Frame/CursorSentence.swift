import HighwayNetworks

/// What is under the cursor, in words: one line above the timeline in every view.
enum CursorSentence {
  static func draw(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    guard !rect.isEmpty else { return }
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
    guard state.model != nil, state.canDraw else { return [] }
    if state.showsMap { return MapView.sentence(state) }
    return state.showsUnit ? unit(state) : state.view.sentence(state)
  }

  /// What the gate of the unit does over the samples, and for which classes it does otherwise.
  static func unit(_ state: ExplorerState) -> [String] {
    let (index, unit) = (state.selection.block, state.selection.unit)
    let place = "\(state.layerName(index)), \(state.unitWord) \(unit)"
    guard let layer = state.layerStatistics(index), unit < layer.units,
      let thresholds = state.statistics.value?.thresholds,
      let habit = GateHabit(layer, unit: unit, thresholds: thresholds)
    else { return [place, state.statistics.note ?? ""] }
    var parts = [place]
    if let words = state.constantWords(block: index, unit: unit) {
      parts.append(words)
      if let response = layer.response, !state.has(\.learnedGates) {
        let (mean, std) = (Double(response.mean[unit]), Double(response.std[unit]))
        parts.append(
          "F is \(NumberFormat.compact(mean)) ± \(NumberFormat.compact(std)) over the samples")
      }
    } else if layer.minT[unit] == layer.maxT[unit] {
      parts.append(
        "\(state.gateLetter) is \(NumberFormat.fixed(layer.minT[unit], 3)) for every sample")
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
    let isOpen = habit.open >= 0.5
    // Where all samples are alike, so are the classes.
    guard means.count > 1, habit.closed < 1, habit.open < 1 else { return nil }
    let sorted = means.sorted { isOpen ? $0.mean < $1.mean : $0.mean > $1.mean }
    guard let first = sorted.first, let last = sorted.last else { return nil }
    if (first.mean - last.mean).magnitude < 0.02 {
      return "mean \(state.gateLetter) is nearly the same for every \(state.groupWord)"
    }
    let others = sorted.filter { isOpen ? $0.mean < 0.5 : $0.mean > 0.5 }
    if !others.isEmpty, others.count <= 3, others.count < means.count {
      let names = others.map { state.classTitle($0.label) }.joined(separator: ", ")
      return "mean \(state.gateLetter) \(isOpen ? "below" : "above") 0.5 for \(names)"
    }
    let mean = NumberFormat.fixed(first.mean, 2)
    return "mean \(state.gateLetter) \(isOpen ? "lowest" : "highest") for "
      + "\(state.classTitle(first.label)), \(mean)"
  }
}
