/// What is read of a gated layer after a pass over one example.
struct TracePlan: Sendable {
  let layer: Int
  let shape: Shape
  let signals: [Signal]
  let complement: Int?
  private let gated: any GatedLayer

  init(_ inference: Inference, layer: Int, _ memory: LayerMemory) {
    self.layer = layer
    gated = inference.stack.gatedLayer(layer)
    shape = gated.output
    signals = gated.signals
    let gated = gated
    complement = gated.signals.indices.first { index in
      if case .complement = gated.values(ofSignal: index, in: memory) { true } else { false }
    }
  }

  /// The number of values that are kept.
  var valueCount: Int { (signals.count - (complement == nil ? 0 : 1)) * shape.count }

  /// Appends the values of the signals.
  func append(_ memory: LayerMemory, to values: inout [Float]) {
    for index in signals.indices {
      switch gated.values(ofSignal: index, in: memory) {
      case .rows(let rows, let stride):
        for position in 0..<shape.positionCount {
          let start = position * stride
          rows[start..<start + shape.features].append(to: &values)
        }
      case .constant(let row):
        for _ in 0..<shape.positionCount { row.append(to: &values) }
      case .complement: break
      }
    }
  }
}
