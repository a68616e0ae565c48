package import HighwayNetworks

/// By what the units of a run of highway layers are ordered across.
package enum UnitOrder: Hashable, Sendable, CaseIterable {
  /// As the network numbers them.
  case number
  /// By the mean of T over the run, the most open unit first.
  case meanGate
  /// By the class share over the run, the unit that depends most on the class first.
  case classShare
  /// Units whose T is alike through the layers stand side by side.
  case similarity

  /// The order in words.
  package var title: String {
    switch self {
    case .number: "units by number"
    case .meanGate: "units by mean T"
    case .classShare: "units by class share"
    case .similarity: "units by similarity"
    }
  }

  /// The word that is typed for it.
  package var word: String {
    switch self {
    case .number: "number"
    case .meanGate: "mean"
    case .classShare: "class"
    case .similarity: "similarity"
    }
  }

  /// The next one in turn.
  package var next: UnitOrder {
    switch self {
    case .number: .meanGate
    case .meanGate: .classShare
    case .classShare: .similarity
    case .similarity: .number
    }
  }
}

/// Where each unit stands across; one permutation for all layers of a run of equal width.
///
/// It is taken from the statistics of one epoch and stays as the epochs go by, so that a column goes on
/// being the same unit.
package struct UnitArrangement: Hashable, Sendable {
  /// By what the units are ordered.
  package let order: UnitOrder
  /// The epoch whose statistics gave the order.
  package let epoch: Int
  /// The unit at each position, for each highway layer; `[layers][units]`.
  package let units: [[Int]]
  /// The position of each unit, for each highway layer; `[layers][units]`.
  package let positions: [[Int]]

  /// Orders the units of each run by what the statistics say.
  package init(_ order: UnitOrder, epoch: Int, statistics: GateStatistics) {
    self.order = order
    self.epoch = epoch
    var units: [[Int]] = []
    var positions: [[Int]] = []
    for run in statistics.runs {
      let ordered = Self.order(Array(statistics.layers[run]), by: order)
      var places = [Int](repeating: 0, count: ordered.count)
      for (position, unit) in ordered.enumerated() { places[unit] = position }
      units += repeatElement(ordered, count: run.count)
      positions += repeatElement(places, count: run.count)
    }
    self.units = units
    self.positions = positions
  }

  private static func order(_ layers: [LayerStatistics], by order: UnitOrder) -> [Int] {
    let count = layers.first?.units ?? 0
    func sorted(_ values: (LayerStatistics) -> [Float]) -> [Int] {
      var sums = [Double](repeating: 0, count: count)
      for layer in layers {
        for (unit, value) in values(layer).enumerated() where value.isFinite {
          sums[unit] += Double(value)
        }
      }
      return (0..<count).sorted { sums[$0] == sums[$1] ? $0 < $1 : sums[$0] > sums[$1] }
    }
    switch order {
    case .number: return Array(0..<count)
    case .meanGate: return sorted(\.meanT)
    case .classShare: return sorted(\.classShare)
    case .similarity: return chain(layers, from: sorted(\.meanT).first)
    }
  }

  /// Starts with the most open unit; then comes, again and again, the unit most like the one before.
  private static func chain(_ layers: [LayerStatistics], from first: Int?) -> [Int] {
    guard var current = first, let count = layers.first?.units else { return [] }
    // Wide layers are compared at fewer depths, so that a key answers at once.
    let step = max(1, layers.count * count * count / 20_000_000)
    let rows = stride(from: 0, to: layers.count, by: step).map { layers[$0].meanT }
    var left = Set(0..<count)
    left.remove(current)
    var chain = [current]
    while !left.isEmpty {
      var best: (unit: Int, distance: Float)?
      for unit in left {
        var distance: Float = 0
        for row in rows { distance += (row[unit] - row[current]) * (row[unit] - row[current]) }
        if !distance.isFinite { distance = .greatestFiniteMagnitude }
        // The lower number breaks a tie: a set has no order of its own.
        if let known = best, (known.distance, known.unit) < (distance, unit) { continue }
        best = (unit, distance)
      }
      guard let next = best?.unit else { break }
      left.remove(next)
      chain.append(next)
      current = next
    }
    return chain
  }
}

extension ExplorerState {
  /// The unit that stands at a position of a highway layer, by the layer's index.
  func unit(at position: Int, block: Int) -> Int {
    guard let units = arrangement?.units, units.indices.contains(block),
      units[block].indices.contains(position)
    else { return position }
    return units[block][position]
  }

  /// The position at which a unit of a highway layer stands, by the layer's index.
  func position(of unit: Int, block: Int) -> Int {
    guard let positions = arrangement?.positions, positions.indices.contains(block),
      positions[block].indices.contains(unit)
    else { return unit }
    return positions[block][unit]
  }

  /// Where the cursor stands in a heatmap of layers and units; nil where it is not shown.
  var heatmapCursor: (row: Int, column: Int)? {
    guard display.showsCursor else { return nil }
    return (selection.block, position(of: selection.unit, block: selection.block))
  }

  /// Where the cursor's layer is marked in plots along the layers; nil where it is not.
  var layerMarker: Double? {
    display.showsCursor && rowNumbers.indices.contains(selection.block)
      ? Double(rowNumbers[selection.block]) : nil
  }

  /// The units that the columns of the cursor's layer stand for; empty where they count up.
  var columnNumbers: [Int] {
    guard let units = arrangement?.units, units.indices.contains(selection.block) else { return [] }
    return units[selection.block]
  }

  /// What a heatmap's title says about its columns; nil where they count up.
  var orderNote: String? {
    guard let arrangement else { return nil }
    let isCurrent = arrangement.epoch == timeline.current?.id.number
    return arrangement.order.title + (isCurrent ? "" : " at epoch \(arrangement.epoch)")
  }
}
