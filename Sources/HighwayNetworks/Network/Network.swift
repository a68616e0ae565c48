/// A network: what it is made of, and its parameters.
public struct Network: Sendable {
  /// What the network is made of.
  public let architecture: Architecture

  /// Where each parameter tensor lies in ``parameters``.
  public let layout: ParameterLayout

  /// The parameters; `[layout.count]`.
  ///
  /// Weights of maps stand channels last.
  public var parameters: [Float] {
    didSet { precondition(parameters.count == layout.count, "the number of parameters is fixed") }
  }

  /// Creates a network whose parameters are all zero.
  public init(_ architecture: Architecture) {
    self.architecture = architecture
    layout = ParameterLayout(architecture)
    parameters = [Float](repeating: 0, count: layout.count)
  }

  /// Creates a network.
  ///
  /// - Precondition: `parameters.count` is the layout's count.
  public init(_ architecture: Architecture, parameters: [Float]) {
    self.init(architecture) { _ in parameters }
  }

  /// Creates a network of parameters that are found by their layout.
  ///
  /// - Precondition: As many parameters are returned as the layout has.
  package init<Failure: Error>(
    _ architecture: Architecture, parameters: (ParameterLayout) throws(Failure) -> [Float]
  ) throws(Failure) {
    self.architecture = architecture
    layout = ParameterLayout(architecture)
    self.parameters = try parameters(layout)
    precondition(self.parameters.count == layout.count, "one value for each parameter")
  }

  /// The same network with room for data of another length or extent; see ``Architecture/fitted(to:)``.
  public func fitted(to data: Shape) -> Network {
    let fitted = architecture.fitted(to: data)
    return fitted == architecture ? self : Network(fitted, parameters: parameters)
  }

  /// The transform-gate biases of a layer, `[units]`, those of its micro-steps after each other; nil where it has none.
  public func gateBias(ofLayer layer: Int) -> [Float]? {
    if let bias = layout.tensor("gate.bias", ofLayer: layer) {
      return Array(parameters[bias.range])
    }
    var biases: [Float] = []
    for step in 0..<architecture.shapes[layer + 1].microSteps {
      guard let bias = layout.tensor("steps.\(step).gate.bias", ofLayer: layer) else { return nil }
      biases += parameters[bias.range]
    }
    return biases.isEmpty ? nil : biases
  }

  /// The transform-gate biases of each gated layer, `[units]`; nil where the gating has none.
  public var gateBiases: [[Float]?] {
    architecture.gatedLayers.map { gateBias(ofLayer: $0) }
  }

  /// The mean of |γ| of the last norm in the branch of each gated layer; nil where its branch has no norm.
  ///
  /// A branch whose norm has a scale of 0 adds the same to every input.
  public var branchScales: [Double?] {
    architecture.gatedLayers.map { layer in
      var last: Double?
      for number in 1... {
        guard let scale = layout.tensor("bn\(number).weight", ofLayer: layer) else { break }
        let values = parameters[scale.range]
        last = values.reduce(0) { $0 + Double($1.magnitude) } / Double(values.count)
      }
      return last
    }
  }
}
