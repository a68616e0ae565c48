import HighwayNetworks

extension ExplorerState {
  /// Opens a view; what was large in another is small again.
  mutating func show(_ view: View) {
    display.view = view
    display.showsUnit = false
    display.enlargesPlot = false
  }

  /// Looks closer at what is under the cursor, or no longer.
  mutating func lookCloser() -> [Effect] {
    switch display.view {
    case .compare: return openComparedRun()
    case .depth: display.enlargesPlot.toggle()
    case .overview, .classes, .cells, .sample, .lesion, .training: display.showsUnit.toggle()
    }
    return []
  }

  /// Goes back from what Enter opened, or to the list of models.
  mutating func back() -> [Effect] {
    guard display.showsUnit || display.enlargesPlot else { return listModels() }
    display.showsUnit = false
    display.enlargesPlot = false
    return []
  }

  /// Goes to another plot of the depth view, in a circle.
  mutating func turnPlot(_ step: Int) {
    let count = DepthPlot.allCases.count
    let index = ((display.depthPlot.rawValue + step) % count + count) % count
    display.depthPlot = DepthPlot(rawValue: index) ?? .change
  }
}
