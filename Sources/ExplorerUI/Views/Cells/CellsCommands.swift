import HighwayNetworks

/// The keys that move the thresholds of cells.
extension CellsView {
  static let ownCommands = [lowerLow, raiseLow, lowerHigh, raiseHigh, twoWaySplit]

  static let lowerLow = Command(
    own: "lower-low", [.character("-")], "low", "lower the threshold of carried cells", .cells
  ) { changeThresholds(&$0, low: -1) }

  private static let raiseLow = Command(
    own: "raise-low", [.character("+"), .character("=")], "low",
    "raise the threshold of carried cells", .cells
  ) { changeThresholds(&$0, low: 1) }

  static let lowerHigh = Command(
    own: "lower-high", [.character("(")], "high", "lower the threshold of transformed cells", .cells
  ) { changeThresholds(&$0, high: -1) }

  private static let raiseHigh = Command(
    own: "raise-high", [.character(")")], "high", "raise the threshold of transformed cells", .cells
  ) { changeThresholds(&$0, high: 1) }

  static let twoWaySplit = Command(
    own: "two-way-split", [.character("b")], "two-way", "split at 0.5, and back", .cells
  ) { state in
    let twoWay = Thresholds(low: 0.5, high: 0.5)
    let current = state.display.thresholds
    let changed = current == twoWay ? state.display.threeWayThresholds : twoWay
    state.recording("thresholds \(changed.words)") { state in
      if current != twoWay { state.display.threeWayThresholds = current }
      state.display.thresholds = changed
    }
    return []
  }

  /// Moves a threshold by steps of 0.05; low never passes high.
  private static func changeThresholds(
    _ state: inout ExplorerState, low: Int = 0, high: Int = 0
  ) -> [Effect] {
    func twentieths(_ value: Float) -> Int { Int((value * 20).rounded()) }
    var lowStep = twentieths(state.display.thresholds.low) + low
    var highStep = twentieths(state.display.thresholds.high) + high
    lowStep = min(max(0, lowStep), min(20, low != 0 ? highStep : lowStep))
    highStep = min(max(lowStep, highStep), 20)
    let changed = Thresholds(low: Float(lowStep) / 20, high: Float(highStep) / 20)
    state.recording("thresholds \(changed.words)") { $0.display.thresholds = changed }
    return []
  }
}
