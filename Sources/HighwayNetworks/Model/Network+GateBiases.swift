extension Network {
  /// The transform-gate biases of each highway layer, `[units]`; nil where the gating has none.
  public var gateBiases: [[Float]?] {
    let byName = Dictionary(uniqueKeysWithValues: layout.tensors.map { ($0.name, $0.range) })
    return architecture.gatedLayers.map { layer in
      byName["layers.\(layer).gate.bias"].map { Array(parameters[$0]) }
    }
  }
}
