import ExplorerUI
import HighwayNetworks

extension GateStatistics {
  /// A table for people: a line for each group of steps, with the mean of each gate of each layer over its units.
  func table(ofStepGroups names: [String]) -> String {
    let gates = layers.flatMap { layer in
      layer.signals.filter { $0.signal.isGate }.map { (layer: layer.layer, statistics: $0) }
    }
    let header =
      ["steps", "number"] + gates.map { "\($0.statistics.signal.symbol) of \($0.layer)" }
    let rows = names.enumerated().map { group, name in
      [name, NumberFormat.count(samplesByClass[group])]
        + gates.map { gate in
          let units = gate.statistics.mean.count
          let own = gate.statistics.groupMean[group * units..<(group + 1) * units]
          return samplesByClass[group] > 0
            ? NumberFormat.fixed(own.reduce(0) { $0 + Double($1) } / Double(max(1, units)), 4) : "-"
        }
    }
    return "\nmean of each gate by the nearest change of class, in steps\n"
      + alignedTable([header] + rows)
  }
}
