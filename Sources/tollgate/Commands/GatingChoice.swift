import ArgumentParser
import HighwayNetworks

/// A gating as the command line names it.
struct GatingChoice: ExpressibleByArgument, Sendable {
  let gating: Gating

  /// What a gating may be written as.
  static var choices: String { Setting.gating.expected }

  init(_ gating: Gating) { self.gating = gating }

  /// Reads a gating's name; `frozen` alone is a coin's toss, P = 0.5.
  init?(argument: String) {
    guard let gating = try? Setting.gating.read(argument) else { return nil }
    self.gating = gating
  }

  var defaultValueDescription: String { gating.argument }
}

/// An activation as the command line names it.
struct ActivationChoice: ExpressibleByArgument, Sendable {
  let activation: Activation

  init(_ activation: Activation) { self.activation = activation }

  init?(argument: String) {
    guard let activation = Activation(rawValue: argument) else { return nil }
    self.activation = activation
  }

  var defaultValueDescription: String { activation.rawValue }
}
