package import HighwayNetworks
import TensorFiles

extension ExplorerState {
  /// The numbers of the highway layers, as in the checkpoint's tensor names.
  package var gatedLayers: [Int] { blocks.map(\.number) }

  /// The number of classes.
  package var classCount: Int { tokenGroups?.names.count ?? model?.classCount ?? 0 }

  /// The grouping of a text's tokens that is chosen; nil where samples are no text.
  package var tokenGroups: TokenGroups? {
    guard let groupings = model?.groupings, !groupings.isEmpty else { return nil }
    return groupings[min(max(0, selection.grouping), groupings.count - 1)]
  }

  /// Groups the tokens of a text otherwise.
  mutating func group(by grouping: Int) {
    selection.grouping = grouping
    (selection.label, selection.against) = (0, nil)
    if let groups = tokenGroups {
      message = Message(
        .notice, "tokens by \(groups.name): " + groups.names.joined(separator: ", "))
    }
  }

  /// The number of samples of the split that is chosen.
  package var sampleCount: Int { model?.samples(selection.split) ?? 0 }

  /// What the statistics were taken over, such as `1,000 test samples`; nil before they are there.
  package var samplesInWords: String? {
    statistics.value.map {
      "\(NumberFormat.count($0.samples)) \(splitName) samples"
    }
  }

  /// The width of the widest highway layer.
  package var widestUnits: Int { blocks.map(\.features).max() ?? 0 }

  /// The number of units of a highway layer, by its index among them; 0 beyond the last.
  package func units(at index: Int) -> Int { block(at: index)?.features ?? 0 }

  /// What a recording calls a block, by its index among those that are shown.
  func blockTitle(at index: Int) -> String { block(at: index)?.title.excerpt ?? "" }

  /// The gating of a highway layer, by its index among them.
  package func gating(at index: Int) -> Gating? { block(at: index)?.gating }

  /// The activation of a highway layer's block state, by its index among them.
  package func activation(at index: Int) -> Activation? { block(at: index)?.activation }

  /// The name of a class, or its number where it has none.
  package func className(_ label: Int) -> String {
    let names = tokenGroups?.names ?? model?.classNames ?? []
    return names.indices.contains(label) ? names[label] : String(label)
  }

  /// What belongs to the layers that are shown, of values for all layers with gates.
  func ofShownBlocks<Value>(_ values: [Value]) -> [Value] {
    let all = model?.blocks ?? []
    guard values.count == all.count, all.count != blocks.count else { return values }
    let numbers = Set(gatedLayers)
    return zip(all, values).filter { numbers.contains($0.0.number) }.map(\.1)
  }

  /// The gate bias that a unit started from, where it is known.
  package func initialGateBias(block index: Int, unit: Int) -> Float? {
    guard model?.isRecording == false else { return nil }
    let biases = ofShownBlocks(model?.initialGateBiases ?? [])
    if biases.indices.contains(index), let row = biases[index], row.indices.contains(unit) {
      return row[unit]
    }
    return block(at: index)?.gateBias
  }

  func block(at index: Int) -> Block? {
    blocks.indices.contains(index) ? blocks[index] : nil
  }

  /// Whether statistics have the form that this model's have.
  func fits(_ statistics: GateStatistics) -> Bool {
    let blocks = model?.blocks ?? []
    return statistics.layers.count == blocks.count
      && statistics.layers.indices.allSatisfy { index in
        let layer = statistics.layers[index]
        let units = blocks[index].features
        return [layer.meanT, layer.stdT, layer.minT, layer.maxT, layer.meanC, layer.classShare]
          .allSatisfy { $0.count == units }
          && layer.gateBias.map { $0.count == units } ?? true
          && layer.response.map { $0.mean.count == units && $0.std.count == units } ?? true
          && layer.carriedByUnit.count == units && layer.transformedByUnit.count == units
          && layer.histogram.count == units * LayerStatistics.histogramBins
          && layer.classMeanT.count == units * classCount
          && layer.cellsByClass.count == classCount
      }
  }

  /// Whether a sample's trace has the form that this model's have.
  func fits(_ trace: SampleTrace) -> Bool {
    let blocks = model?.blocks ?? []
    return trace.layers.count == blocks.count
      && zip(trace.layers, blocks).allSatisfy { $0.fits($1) }
  }
}
