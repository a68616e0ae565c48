import HighwayNetworks

extension GateClamps.Target {
  /// The place as people write it, such as `12` or `12:3`.
  var words: String { unit.map { "\(layer):\($0)" } ?? "\(layer)" }

  /// What it is besides, such as `layer 12` or `unit 12:3`.
  var title: String { (unit == nil ? "layer " : "unit ") + words }
}

extension ExplorerState {
  /// What is held in a few words, such as `lesioned 12` or `clamped 3`; nil where nothing is.
  package var clampWords: String? {
    let entries = clamps.entries
    guard let first = entries.first else { return nil }
    guard entries.allSatisfy({ $0.target.unit == nil && $0.value == 0 }) else {
      return entries.count == 1
        ? "clamped \(first.target.words) at \(NumberFormat.compact(first.value))"
        : "clamped \(entries.count)"
    }
    return entries.count <= 3
      ? "lesioned " + entries.map(\.target.words).joined(separator: ", ")
      : "lesioned \(entries.count) layers"
  }

  /// The unit under the cursor.
  var cursorTarget: GateClamps.Target {
    GateClamps.Target(layer: cursorLayer, unit: selection.unit)
  }

  /// The number of the cursor's layer, as in the checkpoint.
  var cursorLayer: Int {
    gatedLayers.indices.contains(selection.layer) ? gatedLayers[selection.layer] : 0
  }
}
