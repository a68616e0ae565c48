/// What one sample did at every highway layer: columns 3 and 4 of the highway paper's Figure 2.
public struct SampleTrace: Sendable {
  /// The values of one highway layer; arrays are `[units]`.
  public struct Layer: Sendable {
    /// The layer's number, as in the checkpoint's tensor names.
    public let layer: Int
    /// The block state H.
    public let blockState: [Float]
    /// The transform gate T.
    public let transformGate: [Float]
    /// The carry gate C.
    public let carryGate: [Float]
    /// The block output y.
    public let blockOutput: [Float]
  }

  /// One entry per highway layer, in the order of the network.
  public let layers: [Layer]

  /// The probability of each class; `[classes]`.
  public let probabilities: [Float]

  /// The softmax cross-entropy with respect to the sample's label, in nats.
  public let loss: Float
}
