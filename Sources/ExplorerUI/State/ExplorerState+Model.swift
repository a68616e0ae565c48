package import HighwayNetworks

extension ExplorerState {
  /// A highway layer of the model that is open.
  struct HighwayLayer: Hashable {
    var number: Int
    var units: Int
    var activation: Activation
    var gating: Gating
    var gateBias: Float?
  }

  /// The highway layers of an architecture, in order.
  static func highwayLayers(_ architecture: Architecture) -> [HighwayLayer] {
    architecture.layers.enumerated().compactMap { number, layer in
      guard case .highway(let units, let activation, let gating, let gateBias) = layer else {
        return nil
      }
      return HighwayLayer(
        number: number, units: units, activation: activation, gating: gating, gateBias: gateBias)
    }
  }

  /// The numbers of the highway layers, as in the checkpoint's tensor names.
  package var gatedLayers: [Int] { highwayLayers.map(\.number) }

  /// The number of classes.
  package var classCount: Int { model?.architecture.classes ?? 0 }

  /// The number of samples of the split that is chosen.
  package var sampleCount: Int { model?.samples(selection.split) ?? 0 }

  /// What the statistics were taken over, such as `1,000 test samples`; nil before they are there.
  package var samplesInWords: String? {
    statistics.value.map {
      "\(NumberFormat.count($0.samples)) \(selection.split.rawValue) samples"
    }
  }

  /// The width of the widest highway layer.
  package var widestUnits: Int { highwayLayers.map(\.units).max() ?? 0 }

  /// The number of units of a highway layer, by its index among them; 0 beyond the last.
  package func units(at index: Int) -> Int { layer(at: index)?.units ?? 0 }

  /// The gating of a highway layer, by its index among them.
  package func gating(at index: Int) -> Gating? { layer(at: index)?.gating }

  /// The activation of a highway layer's block state, by its index among them.
  package func activation(at index: Int) -> Activation? { layer(at: index)?.activation }

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
    return layer(at: index)?.gateBias
  }

  private func layer(at index: Int) -> HighwayLayer? {
    highwayLayers.indices.contains(index) ? highwayLayers[index] : nil
  }

  /// Whether statistics have the form that this model's have.
  func fits(_ statistics: GateStatistics) -> Bool {
    statistics.layers.count == highwayLayers.count
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
    trace.layers.count == highwayLayers.count
      && trace.layers.indices.allSatisfy { trace.layers[$0].units == units(at: $0) }
  }
}
