import HighwayNetworks

extension ExplorerState {
  /// Takes the next order of the units; the cursor stays on its unit.
  mutating func turnOrder() {
    arrange(by: (arrangement?.order ?? .number).next)
  }

  /// Orders the units; without statistics only their numbers can.
  mutating func arrange(by next: UnitOrder) {
    var arranged: UnitArrangement?
    if next != .number {
      guard let statistics = statistics.value, let epoch = timeline.current?.id.number else {
        return
      }
      arranged = UnitArrangement(next, epoch: epoch, statistics: statistics)
    }
    recording(next.title) { $0.arrangement = arranged }
    message = Message(.notice, next.title)
  }
}
