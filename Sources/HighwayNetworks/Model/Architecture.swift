/// What a network is made of: its input, its layers, and a linear softmax output.
public struct Architecture: Hashable, Sendable {
  /// One layer, with runs of equal layers unrolled.
  public enum Layer: Hashable, Sendable {
    /// `y = act(x·Wᵀ + b)`: a plain layer, which may change the width.
    case dense(units: Int, activation: Activation)
    /// A highway layer; it keeps the width. `gateBias` is the initial transform-gate bias, kept so
    /// that drift can be shown, and the negative of a carry gate's own; nil where no gate is learned or
    /// it is not known.
    case highway(units: Int, activation: Activation, gating: Gating, gateBias: Float?)

    /// The number of units of the layer's output.
    public var units: Int {
      switch self {
      case .dense(let units, _), .highway(let units, _, _, _): units
      }
    }
  }

  /// The shape of one input, such as `[784]` or `[channels, height, width]`.
  public let input: Shape

  /// The number of classes.
  public let classes: Int

  /// The layers between input and output, from 0 as in the checkpoint's tensor names.
  public let layers: [Layer]

  /// Creates an architecture.
  ///
  /// - Precondition: Widths and classes are positive and each highway layer has the width of its
  ///   input. Descriptions from files are checked by ``init(json:)`` first.
  public init(input: Shape, classes: Int, layers: [Layer]) {
    precondition(classes > 0, "a network has at least one class")
    var width = input.count
    for layer in layers {
      precondition(layer.units > 0, "a layer has at least one unit")
      if case .highway(let units, _, _, _) = layer {
        precondition(units == width, "a highway layer keeps the width")
      }
      width = layer.units
    }
    self.input = input
    self.classes = classes
    self.layers = layers
  }

  /// The numbers of the highway layers.
  public var gatedLayers: [Int] {
    layers.indices.filter { if case .highway = layers[$0] { true } else { false } }
  }
}
