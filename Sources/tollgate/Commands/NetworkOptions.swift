import ArgumentParser
import HighwayNetworks

/// What the network is made of: one plain layer, then layers of one kind, then the softmax output.
struct NetworkOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: "The number of layers: one plain layer and depth − 1 highway layers.")
  var depth = NetworkSettings.standard.depth

  @Option(parsing: .unconditional, help: "The number of units of each layer.")
  var units = NetworkSettings.standard.units

  @Option(
    help: ArgumentHelp(
      """
      coupled, full, transform-only, carry-only, residual, plain, or frozen=P with a constant P \
      in [0, 1].
      """, valueName: "gating"))
  var gating = NetworkSettings.standard.gating.argument

  @Option(help: "relu, tanh, sigmoid or linear.")
  var activation = NetworkSettings.standard.activation.rawValue

  @Option(
    parsing: .unconditional,
    help: """
      The transform gates' initial bias; negative carries. Carry gates of their own start at its \
      negative.
      """)
  var gateBias = NetworkSettings.standard.gateBias

  func architecture(for set: DataSet) throws -> Architecture {
    try NetworkSettings(
      gating: Setting.gating.read(gating), depth: Setting.depth.checked(depth),
      units: Setting.units.checked(units), activation: Setting.activation.read(activation),
      gateBias: Setting.gateBias.checked(gateBias)
    ).architecture(inputs: set.shape.count, classes: set.classNames.count)
  }
}
