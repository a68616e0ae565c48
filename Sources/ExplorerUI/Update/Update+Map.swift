extension ExplorerState {
  /// Moves within the map that Enter opened: from position to position, a page to the next map, and to the ends
  /// from layer to layer.
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
}
