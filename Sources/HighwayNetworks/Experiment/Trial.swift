/// One setting of an experiment: what is trained, and the name of the run that records it.
public struct Trial: Hashable, Sendable {
  /// How the highway layers combine block state and input.
  public var gating: Gating
  /// The number of layers: one plain layer and `depth` − 1 highway layers.
  public var depth: Int
  /// The number of units of each layer.
  public var units: Int
  /// The non-linearity of all layers.
  public var activation: Activation
  /// The initial transform-gate bias, and the negative of a carry gate's own; 0 where no gate is learned.
  public var gateBias: Float
  /// How the network is trained.
  public var hyperparameters: Hyperparameters

  /// Creates a trial.
  ///
  /// - Precondition: Depth and units are positive.
  public init(
    gating: Gating, depth: Int, units: Int, activation: Activation, gateBias: Float,
    hyperparameters: Hyperparameters
  ) {
    precondition(depth > 0 && units > 0, "a network's size")
    self.gating = gating
    self.depth = depth
    self.units = units
    self.activation = activation
    self.gateBias = gating.learnsGates ? gateBias : 0
    self.hyperparameters = hyperparameters
  }

  /// The name of the run's directory, such as `coupled-d50-u50-tanh-lr0.1-m0.9-b-2-s1`.
  ///
  /// Trials of one experiment that differ have different names.
  public var name: String {
    var parts = [gating.name, "d\(depth)", "u\(units)", activation.rawValue]
    if case .frozen(let p) = gating { parts[0] += "\(p)" }
    parts.append("lr\(hyperparameters.learningRate)")
    if case .exponential(let factor) = hyperparameters.schedule { parts.append("x\(factor)") }
    parts.append("m\(hyperparameters.momentum)")
    if gating.learnsGates { parts.append("b\(gateBias)") }
    parts.append("s\(hyperparameters.seed)")
    return parts.joined(separator: "-")
  }

  /// The network that is trained on images of a shape.
  public func architecture(input: Shape, classes: Int) -> Architecture {
    Architecture(
      input: input, classes: classes, depth: depth, units: units, activation: activation,
      gating: gating, gateBias: gateBias)
  }
}
