/// The changes of the state that views have in common.
extension ExplorerState {
  /// Looks at a layer (by its index) and a unit; beyond the ends, at the nearest.
  mutating func select(block: Int, unit: Int) {
    selection.block = min(max(0, block), max(0, gatedLayers.count - 1))
    selection.unit = min(max(0, unit), max(0, units(at: selection.block) - 1))
  }

  /// Moves within the map that Enter opened, or in a text: from position to position, a page to the next map, and to
  /// the ends from layer to layer.
  mutating func moveInMap(_ motion: Motion) {
    var position = mapPosition
    switch motion {
    case .vertical(let step): position.row += step
    case .horizontal(let step): position.column += step
    case .page(let step):
      let before = selection
      if !isSequence(at: selection.block) { moveAcross(step) }
      // Behind the last map comes the first one of the next layer.
      if selection == before { select(block: selection.block + step, unit: step > 0 ? 0 : .max) }
      return
    case .end(let step):
      select(block: selection.block + step, unit: selection.unit)
      return
    }
    look(at: position)
  }

  /// Looks at a position of a map; beyond the edges, at the nearest.
  mutating func look(at position: MapPosition) {
    if isSequence(at: selection.block) { select(block: selection.block, unit: position.row) }
    selection.position = position
    selection.position = mapPosition
  }

  /// Moves in a text: units up and down, tokens to the sides and on into the next segment, layers by pages.
  mutating func moveInText(_ motion: Motion) {
    guard let record = sample.value, !record.steps.isEmpty else { return }
    let step = textStep(of: record)
    selection.position = MapPosition(row: mapPosition.row, column: step)
    guard case .horizontal(let change) = motion else {
      if case .page(let change) = motion {
        select(block: selection.block + change, unit: selection.unit)
      } else {
        moveInMap(motion)
      }
      return
    }
    let next = selection.sample + change.signum()
    if !record.steps.indices.contains(step + change), (0..<sampleCount).contains(next) {
      selection.sample = next
      selection.position?.column = change > 0 ? 0 : .max
    } else {
      moveInMap(motion)
    }
  }

  /// Looks at the unit that stands some positions to the side.
  mutating func moveAcross(_ step: Int) {
    select(block: selection.block, unit: selection.unit)
    let position = position(of: selection.unit, block: selection.block) + step
    let last = max(0, units(at: selection.block) - 1)
    selection.unit = unit(at: min(max(0, position), last), block: selection.block)
  }

  /// Opens another model; asks first where trained epochs would be lost.
  mutating func open(path: String) -> [Effect] {
    guard unsavedCount == 0 else {
      mode = .confirmingOpen(path: path)
      return []
    }
    message = Message(.notice, "opening \(path)…")
    return [.openModel(path: path)]
  }

  /// Goes to the next sample that passes the filter, or the one before, in a circle.
  mutating func stepSample(_ step: Int) {
    let count = sampleCount
    guard count > 0 else { return }
    guard display.sampleFilter != .all, let verdicts = verdicts.value else {
      selection.sample = ((selection.sample + step) % count + count) % count
      return
    }
    let samples = verdicts.passing(display.sampleFilter, class: selection.label)
    let further = step > 0 ? samples.first { $0 > selection.sample } : nil
    let before = step < 0 ? samples.last { $0 < selection.sample } : nil
    guard let found = further ?? before ?? (step > 0 ? samples.first : samples.last) else {
      message = Message(.warning, "no \(splitName) sample is \(filterWords)")
      return
    }
    selection.sample = found
    // Elsewhere nothing else says that samples are left out.
    if display.view.subject != .sample { message = Message(.notice, filterStatus) }
  }
}
