import HighwayNetworks

extension GateClamps.Target {
  /// The place as people write it, such as `12` or `12:3`.
  var words: String {
    guard let units else { return "\(layer)" }
    return "\(layer):\(units.lowerBound)" + (units.count > 1 ? "–\(units.upperBound - 1)" : "")
  }
}

/// That a gate is held, such as `held at 0.5`.
func heldWords(_ value: Float) -> String { "held at \(gateNumber(value))" }

/// A value of a gate in few digits.
func gateNumber(_ value: Float) -> String { value == 1 ? "1" : NumberFormat.compact(value) }

extension ExplorerState {
  /// What is held in a few words, such as `layer 12 held at 0` or `2 gates held`; nil where nothing is.
  package var clampWords: String? {
    let entries = clamps.entries
    guard let first = entries.first else { return nil }
    if entries.count == 1 { return "\(title(first.target)) \(heldWords(first.value))" }
    let layers = entries.filter { $0.target.units == nil }
    guard layers.count == entries.count else {
      let gates = counted(entries.count - layers.count, "gate") + " held"
      return layers.isEmpty ? gates : "\(counted(layers.count, "layer")) and \(gates)"
    }
    guard entries.allSatisfy({ $0.value == first.value }) else {
      return "\(layers.count) layers held"
    }
    let names =
      layers.count <= 3
      ? "layers " + layers.map(\.target.words).joined(separator: ", ") : "\(layers.count) layers"
    return "\(names) \(heldWords(first.value))"
  }

  /// The unit under the cursor.
  var cursorTarget: GateClamps.Target {
    unitTarget(selection.block, selection.unit)
  }

  /// The number of the cursor's layer, as in the checkpoint.
  var cursorLayer: Int {
    gatedLayers.indices.contains(selection.block) ? gatedLayers[selection.block] : 0
  }
}
