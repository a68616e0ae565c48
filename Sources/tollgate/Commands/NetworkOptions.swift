import ArgumentParser
import HighwayNetworks

/// What the network is made of: one plain layer, then layers of one kind, then the softmax output.
struct NetworkOptions: ParsableArguments {
  @Option(help: "The number of layers: one plain layer and depth − 1 highway layers.")
  var depth = 50

  @Option(help: "The number of units of each layer.")
  var units = 50

  @Option(
    help: ArgumentHelp(
      """
      coupled, full, transform-only, carry-only, residual, plain, or frozen=P with a constant P \
      in [0, 1].
      """, valueName: "gating"))
  var gating = "coupled"

  @Option(help: "relu, tanh, sigmoid or linear.")
  var activation = "tanh"

  @Option(
    parsing: .unconditional,
    help: """
      The transform gates' initial bias; negative carries. Carry gates of their own start at its \
      negative.
      """)
  var gateBias: Float = -2

  func architecture(for set: DataSet) throws -> Architecture {
    guard (1...100_000).contains(depth) else {
      throw Failure.usage("--depth: expected 1 to 100000, found \(depth)")
    }
    guard (1...100_000).contains(units) else {
      throw Failure.usage("--units: expected 1 to 100000, found \(units)")
    }
    guard gateBias.isFinite else {
      throw Failure.usage("--gate-bias: expected a number, found \(gateBias)")
    }
    guard let activation = Activation(rawValue: activation) else {
      throw Failure.usage(
        "--activation: expected \(Activation.allCases.map(\.rawValue).joined(separator: ", ")), "
          + "found \(activation.excerpt)")
    }
    guard let choice = GatingChoice(argument: gating) else {
      throw Failure.usage("--gating: expected \(GatingChoice.choices), found \(gating.excerpt)")
    }
    return Architecture(
      input: Shape([set.shape.count]), classes: set.classNames.count, depth: depth, units: units,
      activation: activation, gating: choice.gating, gateBias: gateBias)
  }
}
