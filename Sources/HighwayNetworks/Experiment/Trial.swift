/// One setting of an experiment: what is trained, and the name of the run that records it.
public struct Trial: Hashable, Sendable {
  /// What is trained.
  public enum Network: Hashable, Sendable {
    /// Layers of one gating.
    case stack(Stack)
    /// A network of any layers, by its description.
    case described(Described)
  }

  /// One plain layer and highway layers of one gating.
  public struct Stack: Hashable, Sendable {
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

    /// Describes a stack.
    ///
    /// - Precondition: Depth and units are positive.
    public init(gating: Gating, depth: Int, units: Int, activation: Activation, gateBias: Float) {
      precondition(depth > 0 && units > 0, "a network's size")
      self.gating = gating
      self.depth = depth
      self.units = units
      self.activation = activation
      self.gateBias = gating.learnsGates ? gateBias : 0
    }

    /// The network for images of a shape.
    public func architecture(input: Shape, classes: Int) -> Architecture {
      Architecture(
        input: input, classes: classes, depth: depth, units: units, activation: activation,
        gating: gating, gateBias: gateBias)
    }
  }

  /// A network by its description.
  public struct Described: Hashable, Sendable {
    /// What the network is called in tables and in the names of runs.
    public let name: String
    /// The network.
    public let architecture: Architecture

    /// Names a network.
    public init(name: String, architecture: Architecture) {
      self.name = name
      self.architecture = architecture
    }
  }

  /// The network.
  public var network: Network
  /// How the network is trained.
  public var hyperparameters: Hyperparameters

  /// Creates a trial.
  public init(_ network: Network, hyperparameters: Hyperparameters) {
    self.network = network
    self.hyperparameters = hyperparameters
  }

  /// The stack that is trained; nil for another network.
  public var stack: Stack? { if case .stack(let stack) = network { stack } else { nil } }

  /// The number of layers.
  public var depth: Int {
    switch network {
    case .stack(let stack): stack.depth
    case .described(let described): described.architecture.layers.count
    }
  }

  /// The name of the run's directory, such as `coupled-d50-u50-tanh-lr0.1-m0.9-b-2-s1`.
  ///
  /// Trials of one experiment that differ have different names.
  public var name: String {
    var parts: [String]
    switch network {
    case .stack(let stack):
      parts = [stack.gating.name, "d\(stack.depth)", "u\(stack.units)", stack.activation.rawValue]
      if case .frozen(let p) = stack.gating { parts[0] += "\(p)" }
    case .described(let described): parts = [described.name]
    }
    parts.append("lr\(hyperparameters.learningRate)")
    if case .exponential(let factor) = hyperparameters.schedule { parts.append("x\(factor)") }
    parts.append("m\(hyperparameters.momentum)")
    if let stack, stack.gating.learnsGates { parts.append("b\(stack.gateBias)") }
    parts.append("s\(hyperparameters.seed)")
    return parts.joined(separator: "-")
  }
}
