/// The changes of the state that views have in common.
extension ExplorerState {
  /// Looks at a layer (by its index) and a unit; beyond the ends, at the nearest.
  mutating func select(block: Int, unit: Int) {
    selection.block = min(max(0, block), max(0, gatedLayers.count - 1))
    selection.unit = min(max(0, unit), max(0, units(at: selection.block) - 1))
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
}
