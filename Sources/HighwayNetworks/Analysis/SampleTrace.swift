/// What one sample did at every highway layer: columns 3 and 4 of the highway paper's Figure 2.
public struct SampleTrace: Sendable {
  /// The values of one highway layer; arrays are `[units]`, and copied out of the trace.
  public struct Layer: Sendable {
    /// The layer's number, as in the checkpoint's tensor names.
    public let layer: Int
    /// The number of units.
    public let units: Int
    /// H, T, C unless it is coupled, and y of all layers, so that a trace allocates once.
    private let values: [Float]
    /// Where this layer's values begin.
    private let start: Int
    /// Whether C is 1 − T.
    private let isCoupled: Bool

    /// Takes the values of a layer out of those of all.
    init(_ layer: Int, units: Int, isCoupled: Bool, of values: [Float], from start: Int) {
      precondition(
        start + Self.valueCount(units: units, isCoupled: isCoupled) <= values.count,
        "the values lie in the trace")
      self.layer = layer
      self.units = units
      self.isCoupled = isCoupled
      self.values = values
      self.start = start
    }

    /// The number of values that are kept of a layer.
    static func valueCount(units: Int, isCoupled: Bool) -> Int { (isCoupled ? 3 : 4) * units }

    /// The block state H.
    public var blockState: [Float] { part(0) }
    /// The transform gate T.
    public var transformGate: [Float] { part(1) }
    /// The carry gate C.
    public var carryGate: [Float] { isCoupled ? part(1).map { 1 - $0 } : part(2) }
    /// The block output y.
    public var blockOutput: [Float] { part(isCoupled ? 2 : 3) }

    private func part(_ index: Int) -> [Float] {
      Array(values[start + index * units..<start + (index + 1) * units])
    }
  }

  /// One entry per highway layer, in the order of the network.
  public let layers: [Layer]

  /// The probability of each class; `[classes]`.
  public let probabilities: [Float]

  /// The softmax cross-entropy with respect to the sample's label, in nats.
  public let loss: Float
}
