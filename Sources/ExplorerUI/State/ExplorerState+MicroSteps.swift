import HighwayNetworks

/// The micro-steps of recurrent highway layers, which stand in the places of layers.
extension ExplorerState {
  /// Whether there are any.
  var hasMicroSteps: Bool { blocks.contains { $0.microStep != nil } }

  /// What a row of a heatmap of layers is.
  var rowWord: String {
    guard hasMicroSteps else { return "layer" }
    return Set(gatedLayers).count == 1 ? "micro-step" : "row"
  }

  /// What the rows are numbered by: layers as in the checkpoint; micro-steps, and all beside them, from 1.
  var rowNumbers: [Int] { hasMicroSteps ? Array(1..<blocks.count + 1) : gatedLayers }

  /// A layer by its index, such as `layer 3`, or `rhn 1, micro-step 3 of 5`.
  package func layerName(_ index: Int) -> String {
    guard let block = block(at: index) else { return "layer 0" }
    guard let step = block.microStep else { return "layer \(block.number)" }
    return "rhn \(block.number), micro-step \(step.number + 1) of \(step.count)"
  }

  /// The layer under the cursor.
  var cursorLayerName: String { layerName(selection.block) }

  /// A layer in few columns, such as `layer 3` or `micro-step 3`.
  func shortLayerName(_ index: Int) -> String {
    block(at: index)?.microStep.map { "micro-step \($0.number + 1)" } ?? layerName(index)
  }

  /// A layer as people type it, such as `3`, or `1.3` for a micro-step.
  func layerWord(_ index: Int) -> String {
    guard let block = block(at: index) else { return "0" }
    return "\(block.number)" + (block.microStep.map { ".\($0.number + 1)" } ?? "")
  }

  /// What holds a layer, or a micro-step, by its index.
  func layerTarget(_ index: Int) -> GateClamps.Target {
    guard let block = block(at: index) else { return GateClamps.Target(layer: 0) }
    return GateClamps.Target(
      layer: block.number, units: block.microStep == nil ? nil : block.units)
  }

  /// What holds a unit of a layer that is named by its index.
  func unitTarget(_ index: Int, _ unit: Int) -> GateClamps.Target {
    guard let block = block(at: index) else { return GateClamps.Target(layer: 0, unit: unit) }
    return GateClamps.Target(layer: block.number, unit: block.firstUnit + unit)
  }

  /// What T of a unit is held at, of a layer by its index; nil where it is free.
  func heldValue(_ index: Int, _ unit: Int) -> Float? {
    block(at: index).flatMap { clamps.value(layer: $0.number, unit: $0.firstUnit + unit) }
  }

  /// The index of the layer, or micro-step, that a target is in; nil where it is not shown.
  func blockIndex(of target: GateClamps.Target) -> Int? {
    blocks.firstIndex {
      $0.number == target.layer
        && ($0.microStep == nil || target.units.map($0.units.overlaps) ?? true)
    }
  }

  /// A place that is held as people type it, such as `12`, `12:3` or `1.3:7`.
  func words(_ target: GateClamps.Target) -> String {
    guard let index = blockIndex(of: target), let units = target.units,
      blocks[index].microStep != nil
    else { return target.words }
    if units == blocks[index].units { return layerWord(index) }
    return target.unit.map { "\(layerWord(index)):\($0 - blocks[index].firstUnit)" } ?? target.words
  }

  /// What it is besides, such as `layer 12`, `unit 12:3` or `rhn 1, micro-step 3 of 5`.
  func title(_ target: GateClamps.Target) -> String {
    guard let units = target.units else { return "layer \(target.layer)" }
    if let index = blockIndex(of: target), blocks[index].microStep != nil,
      units == blocks[index].units
    {
      return layerName(index)
    }
    return "\(units.count == 1 ? "unit" : "units") \(words(target))"
  }

  /// Whether the layer under the cursor is the micro-step at which the input enters, so that T at 0 leaves it out.
  var leavesInputOutAtZero: Bool { block(at: selection.block)?.microStep?.number == 0 }

  /// An answer with each micro-step in the place of a layer, as everything here takes it.
  func byMicroSteps(_ answer: Answer) -> Answer {
    guard let whole = model?.architecture?.blocks, hasMicroStepsAnywhere else { return answer }
    switch answer {
    case .statistics(let statistics): return .statistics(statistics.byMicroSteps)
    case .sample(var record):
      record.trace = record.trace.byMicroSteps(of: whole)
      return .sample(record)
    case .lesions(let sweep): return .lesions(sweep.byMicroSteps)
    case .gateBiases(let biases): return .gateBiases(whole.byMicroSteps(biases))
    case .walk, .unit, .verdicts, .runGates: return answer
    }
  }

  private var hasMicroStepsAnywhere: Bool {
    model?.blocks.contains { $0.microStep != nil } ?? false
  }
}
