/// What someone sets of a network of one plain layer and highway layers of equal width; input and classes
/// come from the data.
package struct NetworkSettings: Hashable, Sendable {
  /// How the highway layers are gated.
  package var gating: Gating
  /// The number of layers: one plain layer and `depth` − 1 highway layers.
  package var depth: Int
  /// The number of units of each layer.
  package var units: Int
  /// The activation of all layers.
  package var activation: Activation
  /// The transform gates' initial bias; without meaning where no gate is learned.
  package var gateBias: Float

  /// What is set where nothing else is asked for.
  package static let standard = NetworkSettings(
    gating: .coupled, depth: 50, units: 50, activation: .tanh, gateBias: -2)

  /// Takes settings, each of them checked by its ``Setting``.
  package init(
    gating: Gating, depth: Int, units: Int, activation: Activation, gateBias: Float
  ) {
    self.gating = gating
    self.depth = depth
    self.units = units
    self.activation = activation
    self.gateBias = gateBias
  }

  /// The number of parameters for data of so many input values and classes, without making the network.
  ///
  /// - Throws: ``SettingError`` where there are more than ``Architecture/maximumParameters``, as for a
  ///   network from a file.
  package func parameterCount(inputs: Int, classes: Int) throws(SettingError) -> Int {
    guard
      let count = Architecture.parameterCount(
        inputs: inputs, classes: classes, depth: depth, units: units, gating: gating)
    else {
      throw SettingError(
        name: "depth", expected: "at most \(Architecture.maximumParameters) parameters",
        found: "more with \(depth) layers of \(units) units")
    }
    return count
  }

  /// The network's architecture.
  ///
  /// - Throws: What ``parameterCount(inputs:classes:)`` throws.
  package func architecture(inputs: Int, classes: Int) throws(SettingError) -> Architecture {
    _ = try parameterCount(inputs: inputs, classes: classes)
    return Architecture(
      input: Shape(features: inputs), classes: classes, depth: depth, units: units,
      activation: activation, gating: gating, gateBias: gateBias)
  }
}
