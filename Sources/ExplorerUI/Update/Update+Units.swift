import HighwayNetworks

extension ExplorerState {
  /// Opens a view; what was large in another is small again.
  mutating func show(_ view: View) {
    display.view = view
    display.isZoomed = false
  }

  /// Goes back from what Enter opened, or to the list of models.
  mutating func back() {
    if showsRanking {
      leaveRanking()
      return
    }
    guard display.isZoomed else {
      message = Message(.notice, "nothing to cancel; M lists the models, q leaves")
      return
    }
    display.isZoomed = false
  }
}
