import HighwayNetworks

/// The numbers of a map at the position that is looked at.
struct MapNumbers {
  /// What each number is, and the number; those that are not there yet are left out.
  let lines: [(label: String, value: String)]

  init(_ state: ExplorerState) {
    let position = state.mapPosition
    let extents = state.extents(at: state.selection.block) ?? (1, 1)
    let isSequence = state.isSequence(at: state.selection.block)
    func value(_ panel: MapPanel) -> Float? {
      guard let values = state.map(panel).value else { return nil }
      // A sequence may have fewer steps than there is room for.
      let columns = isSequence ? values.count / extents.rows : extents.columns
      let place = position.row * columns + position.column
      guard position.column < columns, values.indices.contains(place) else { return nil }
      return values[place]
    }
    var lines: [(String, String)] = []
    if isSequence, let tags = state.sample.value?.tags,
      tags.predictions.indices.contains(position.column)
    {
      if !tags.labels.isEmpty {
        lines.append(("true", state.className(tags.labels[position.column])))
      }
      lines.append(("predicted", state.className(tags.predictions[position.column])))
    }
    for panel in MapPanel.shown(by: state) {
      guard let found = value(panel) else { continue }
      lines.append((MapView.name(panel, state), NumberFormat.fixed(found, 3)))
      // Where C follows from T it needs no picture.
      if panel == .transformGate, state.gating(at: state.selection.block)?.couplesCarryGate == true
      {
        lines.append(("C", NumberFormat.fixed(1 - found, 3)))
      }
    }
    if let trace = state.sample.value?.trace.layers, trace.indices.contains(state.selection.block),
      state.selection.unit < trace[state.selection.block].units,
      let panel = MapPanel.shown(by: state).first, let signal = panel.signal
    {
      let mean = trace[state.selection.block].unitMeans(signal)[state.selection.unit]
      lines.append(
        ("\(MapView.name(panel, state)) of the \(state.unitWord)", NumberFormat.fixed(mean, 3)))
    }
    self.lines = lines
  }

  /// All of them in as few lines as have room.
  func packed(to width: Int) -> [String] {
    var lines: [String] = []
    for (label, value) in self.lines {
      let part = "\(label) \(value)"
      if let last = lines.last, columns(of: last) + 3 + columns(of: part) <= width {
        lines[lines.count - 1] = last + " · " + part
      } else {
        lines.append(part)
      }
    }
    return lines
  }
}
