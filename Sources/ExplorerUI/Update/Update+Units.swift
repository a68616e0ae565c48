import HighwayNetworks

extension ExplorerState {
  /// Opens a view; what was large in another is small again.
  mutating func show(_ view: View) {
    display.view = view
    display.isZoomed = false
  }

  /// Goes back from what Enter opened, or to the list of models.
  mutating func back() -> [Effect] {
    if showsRanking {
      leaveRanking()
      return []
    }
    guard display.isZoomed else { return listModels() }
    display.isZoomed = false
    return []
  }
}
