package import HighwayNetworks

extension ExplorerState {
  /// The numbers of the highway layers, as in the checkpoint's tensor names.
  package var gatedLayers: [Int] { model?.architecture.gatedLayers ?? [] }

  /// The number of classes.
  package var classCount: Int { model?.architecture.classes ?? 0 }

  /// The number of samples of the split that is chosen.
  package var sampleCount: Int { model?.samples(selection.split) ?? 0 }

  /// The width of the widest highway layer.
  package var widestUnits: Int { gatedLayers.indices.map(units(at:)).max() ?? 0 }

  /// The number of units of a highway layer, by its index among them; 0 beyond the last.
  package func units(at index: Int) -> Int { layer(at: index)?.units ?? 0 }

  /// The gating of a highway layer, by its index among them.
  package func gating(at index: Int) -> Gating? {
    guard case .highway(_, _, let gating, _) = layer(at: index) else { return nil }
    return gating
  }

  /// The activation of a highway layer's block state, by its index among them.
  package func activation(at index: Int) -> Activation? {
    guard case .highway(_, let activation, _, _) = layer(at: index) else { return nil }
    return activation
  }

  /// The name of a class, or its number where it has none.
  package func className(_ label: Int) -> String {
    let names = model?.classNames ?? []
    return names.indices.contains(label) ? names[label] : String(label)
  }

  /// The gate bias that a unit started from, where it is known.
  package func initialGateBias(layer index: Int, unit: Int) -> Float? {
    if let biases = model?.initialGateBiases, biases.indices.contains(index),
      let row = biases[index], row.indices.contains(unit)
    {
      return row[unit]
    }
    guard case .highway(_, _, _, let gateBias) = layer(at: index) else { return nil }
    return gateBias
  }

  private func layer(at index: Int) -> Architecture.Layer? {
    let gated = gatedLayers
    guard let architecture = model?.architecture, gated.indices.contains(index) else { return nil }
    return architecture.layers[gated[index]]
  }

  /// Whether statistics have the form that this model's have.
  func fits(_ statistics: GateStatistics) -> Bool {
    statistics.layers.count == gatedLayers.count
      && statistics.layers.indices.allSatisfy { index in
        let layer = statistics.layers[index]
        let units = units(at: index)
        return [layer.meanT, layer.stdT, layer.minT, layer.maxT, layer.meanC, layer.classShare]
          .allSatisfy { $0.count == units }
          && layer.gateBias.map { $0.count == units } ?? true
          && layer.histogram.count == units * LayerStatistics.histogramBins
          && layer.classMeanT.count == units * classCount
          && layer.cellsByClass.count == classCount
      }
  }

  /// Whether a sample's trace has the form that this model's have.
  func fits(_ trace: SampleTrace) -> Bool {
    trace.layers.count == gatedLayers.count
      && trace.layers.indices.allSatisfy { index in
        let layer = trace.layers[index]
        let units = units(at: index)
        return [layer.blockState, layer.transformGate, layer.carryGate, layer.blockOutput]
          .allSatisfy { $0.count == units }
      }
  }
}
