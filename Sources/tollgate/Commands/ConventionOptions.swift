import ArgumentParser
import HighwayNetworks

/// How the checkpoint of another program is read, in place of what its names and biases suggest.
struct ConventionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How its tensors are named and laid out: \(StackChoice.conventions.joined(separator: ", ")).",
      valueName: "name"))
  var convention: String?

  @Option(
    help: ArgumentHelp(
      "What its gates multiply: the transform H or, as in AllenNLP, the carry x.",
      valueName: "transform|carry"))
  var gate: GateChoice?

  @Flag(help: "Take what the convention calls H for the gate, and the gate for H.")
  var swap = false

  @Option(
    name: .customLong("state-activation"),
    help: ArgumentHelp("The non-linearity of H, which its files do not tell.", valueName: "name"))
  var activation: ActivationChoice?

  /// What was said.
  var choice: StackChoice {
    StackChoice(
      convention: convention, gate: gate?.meaning, isSwapped: swap,
      activation: activation?.activation)
  }
}

/// What a gate multiplies, as the command line names it.
struct GateChoice: ExpressibleByArgument {
  static let allValueStrings = GateMeaning.allCases.map(\.rawValue)

  let meaning: GateMeaning

  init?(argument: String) {
    guard let meaning = GateMeaning(rawValue: argument) else { return nil }
    self.meaning = meaning
  }
}
