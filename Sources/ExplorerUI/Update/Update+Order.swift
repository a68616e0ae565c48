import HighwayNetworks

extension ExplorerState {
  /// The unit that stands at a position of a highway layer, by the layer's index.
  func unit(at position: Int, layer: Int) -> Int {
    guard let units = arrangement?.units, units.indices.contains(layer),
      units[layer].indices.contains(position)
    else { return position }
    return units[layer][position]
  }

  /// The position at which a unit of a highway layer stands, by the layer's index.
  func position(of unit: Int, layer: Int) -> Int {
    guard let positions = arrangement?.positions, positions.indices.contains(layer),
      positions[layer].indices.contains(unit)
    else { return unit }
    return positions[layer][unit]
  }

  /// Where the cursor stands in a heatmap of layers and units.
  var heatmapCursor: (row: Int, column: Int) {
    (selection.layer, position(of: selection.unit, layer: selection.layer))
  }

  /// The units that the columns of the cursor's layer stand for; empty where they count up.
  var columnNumbers: [Int] {
    guard let units = arrangement?.units, units.indices.contains(selection.layer) else { return [] }
    return units[selection.layer]
  }

  /// What a heatmap's title says about its columns; nil where they count up.
  var orderNote: String? {
    guard let arrangement else { return nil }
    let isCurrent = arrangement.epoch == timeline.current?.id.number
    return arrangement.order.title + (isCurrent ? "" : " at epoch \(arrangement.epoch)")
  }

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
