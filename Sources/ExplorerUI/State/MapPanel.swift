import HighwayNetworks

/// A row and a column of a map.
package struct MapPosition: Hashable, Sendable {
  /// The row, from the top.
  package var row: Int
  /// The column, from the left.
  package var column: Int

  /// Names a position.
  package init(row: Int, column: Int) {
    self.row = row
    self.column = column
  }
}

/// One of the pictures of a map that Enter opens.
package enum MapPanel: Int, Hashable, Sendable, ViewPanel {
  /// The transform gate T of the sample.
  case transformGate
  /// The carry gate C of the sample, where it is learned.
  case carryGate
  /// The block input x of the sample, where it has the extents of y.
  case blockInput
  /// The block state H of the sample; F of a residual block.
  case blockState
  /// The block output y of the sample.
  case blockOutput
  /// The mean of T over the samples; of F where T is a constant.
  case mean
  /// The output gate o of an LSTM's cells.
  case outputGate
  /// The depth gate d.
  case depthGate
  /// The cell c.
  case cell

  package static func shown(by state: ExplorerState) -> [MapPanel] {
    if let block = state.block(at: state.selection.block), block.isSequence {
      let sequence: [MapPanel] = [
        .transformGate, .carryGate, .outputGate, .depthGate, .blockState, .cell, .blockOutput,
      ]
      return sequence.filter { $0.signal.flatMap { block.signals.index(of: $0) } != nil }
    }
    let gating = state.gating(at: state.selection.block)
    let hasGate = gating?.learnsTransformGate ?? true
    return (hasGate ? [.transformGate] : [])
      + (gating?.learnsCarryGate ?? false ? [.carryGate] : [])
      + (state.keepsExtents(at: state.selection.block) ? [.blockInput] : [])
      + [.blockState, .blockOutput, .mean]
  }

  /// The signal of the sample that it shows; nil for the mean over the samples.
  var signal: Signal? {
    switch self {
    case .transformGate: .transformGate
    case .carryGate: .carryGate
    case .blockInput: .blockInput
    case .blockState: .blockState
    case .blockOutput: .blockOutput
    case .mean: nil
    case .outputGate: Signal("o", .output)
    case .depthGate: Signal("d", .depth)
    case .cell: Signal("c", .state)
    }
  }
}

extension ExplorerState {
  /// Whether a layer goes over the steps of sequences, by its index among those with gates.
  func isSequence(at index: Int) -> Bool { block(at: index)?.isSequence ?? false }

  /// The rows and columns of the pictures of a layer, by its index among those with gates: those of its maps, or
  /// units and steps; nil where it has neither.
  package func extents(at index: Int) -> (rows: Int, columns: Int)? {
    if let block = block(at: index), block.isSequence {
      return (block.features, block.positionCount)
    }
    guard blocks.indices.contains(index), blocks[index].positions.count == 2 else { return nil }
    return (blocks[index].positions[0], blocks[index].positions[1])
  }

  /// Whether any layer with gates has maps, or steps.
  var hasMaps: Bool { blocks.contains { !$0.positions.isEmpty } }

  /// What a unit is called: a map where the layers have maps.
  var unitWord: String { blocks.contains { $0.positions.count == 2 } ? "map" : "unit" }

  /// What is said of a map's one number, to be read after it; empty where units are no maps.
  var positionNote: String {
    !hasMaps ? "" : unitWord == "map" ? ", mean over positions" : ", mean over steps"
  }

  /// The number of cells of a layer in a sample: a unit at each position, of sequences on average.
  func cells(at index: Int) -> Int {
    if isSequence(at: index), let layers = statistics.value?.layers, layers.indices.contains(index)
    {
      let cells = layers[index].cells
      return Int(
        (cells.carried + cells.mixed + cells.transformed + cells.notANumber).rounded())
    }
    return allCells(at: index)
  }

  /// The number of cells that there is room for.
  private func allCells(at index: Int) -> Int {
    blocks.indices.contains(index) ? blocks[index].features * blocks[index].positionCount : 0
  }

  /// A number of a layer's cells: where units are maps, as a share of all.
  func cellText(_ count: Double, at index: Int) -> String {
    guard hasMaps else { return NumberFormat.fixed(count, 1) }
    let share = count / Double(max(1, cells(at: index)))
    // All of them takes no digit more than a part, so that columns stay apart.
    return NumberFormat.percent(share, share < 0.9995 ? 1 : 0)
  }

  /// Whether the map under the cursor is shown in the place of the view.
  package var showsMap: Bool {
    display.isZoomed && display.view.showsUnits && extents(at: selection.block) != nil
  }

  /// Whether what a layer is given has the extents of what it returns.
  func keepsExtents(at index: Int) -> Bool {
    guard blocks.indices.contains(index), let model else { return false }
    guard let shapes = model.architecture?.shapes else {
      return blocks[index].signals.contains(.blockInput)
    }
    let number = blocks[index].number
    return shapes[number] == shapes[number + 1]
  }

  /// The position that is looked at in the maps of the cursor's layer; the middle before one is chosen.
  package var mapPosition: MapPosition {
    guard let (rows, columns) = extents(at: selection.block) else {
      return MapPosition(row: 0, column: 0)
    }
    let isSequence = isSequence(at: selection.block)
    guard let chosen = selection.position else {
      // A text is read up to its end.
      return MapPosition(
        row: isSequence ? min(selection.unit, rows - 1) : rows / 2,
        column: model?.readsText ?? false ? columns - 1 : columns / 2)
    }
    if isSequence {
      return MapPosition(
        row: min(max(0, selection.unit), rows - 1),
        column: min(max(0, chosen.column), columns - 1))
    }
    return MapPosition(
      row: min(max(0, chosen.row), rows - 1), column: min(max(0, chosen.column), columns - 1))
  }

  /// The values of a picture of the map under the cursor; `[rows × columns]`.
  func map(_ panel: MapPanel) -> Shown<[Float]> {
    let (index, unit) = (selection.block, selection.unit)
    guard let signal = panel.signal else { return unitHistogram.map(\.positionMeans) }
    // The pictures of a sequence are its signals, whichever is looked at elsewhere.
    let shown = isSequence(at: index) ? computedSample : sample
    return shown.map { record in
      let layers = ofShownBlocks(record.trace.layers)
      guard layers.indices.contains(index), unit < layers[index].units
      else { return [] }
      let layer = layers[index]
      // Of a sequence, all units one after the other, each with its steps.
      return isSequence(at: index)
        ? (0..<layer.units).flatMap { layer.map(signal, unit: $0) } : layer.map(signal, unit: unit)
    }
  }

  /// Layers by their numbers, such as `layers 2–3`; named by their indices.
  func layerWords(_ range: Range<Int>) -> String {
    let (first, last) = (gatedLayers[range.lowerBound], gatedLayers[range.upperBound - 1])
    if first == last, let step = block(at: range.lowerBound)?.microStep {
      return "rhn \(first), \(counted(step.count, "micro-step"))"
    }
    return first == last ? "layer \(first)" : "layers \(first)–\(last)"
  }

  /// The layers of each stage, by their indices: those of one shape that follow each other.
  ///
  /// One stage alone needs no mark, and there is none then.
  package var stages: [Range<Int>] {
    let stages = ranges(ofRuns: blocks.map(\.run))
    return stages.count > 1 ? stages : []
  }
}
