/// What is read of a gated layer after each pass over one example, whose memory stays the same.
struct TracePlan: Sendable {
  let layer: Int
  let shape: Shape
  /// The number of steps of the example, where it is a sequence.
  private let lengths: BufferSlice<Int32>?
  let signals: [Signal]
  /// The index of the signal that is 1 − T, if one is; it has no values of its own.
  let complement: Int?
  /// Where the values of the other signals lie, and how far their rows are apart.
  private let sources: [(rows: FloatSlice, stride: Int)]

  init(_ gated: any GatedLayer, layer: Int, _ memory: LayerMemory) {
    self.layer = layer
    shape = gated.output
    // Of a layer of maps the input is shown too; where it has other extents, nothing can be set beside it.
    let showsInput =
      gated.keepsShape && !shape.isVector && shape.units == shape.features
    lengths = shape.isSequence ? memory.lengths : nil
    signals = gated.signals + (showsInput ? [.blockInput] : [])
    var complement: Int?
    var sources: [(rows: FloatSlice, stride: Int)] = []
    for index in gated.signals.indices {
      switch gated.values(ofSignal: index, in: memory) {
      case .rows(let rows, let stride): sources.append((rows, stride))
      case .constant(let row): sources.append((row, 0))
      case .complement: complement = index
      }
    }
    if showsInput { sources.append((memory.input, shape.features)) }
    self.complement = complement
    self.sources = sources
  }

  /// The number of positions: those of the shape, or the steps that the example has.
  var positions: Int { lengths.map { Int($0[0]) } ?? shape.positionCount }

  /// The number of values that are kept.
  var valueCount: Int { sources.count * positions * shape.units }

  /// Appends the values of the signals.
  func append(to values: inout [Float]) {
    let sources = sources.span
    for index in sources.indices {
      sources[index].rows.append(
        rows: positions, of: shape.units, stride: sources[index].stride, to: &values)
    }
  }
}
