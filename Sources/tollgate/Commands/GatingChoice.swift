import ArgumentParser
import HighwayNetworks

/// A gating as the command line names it.
struct GatingChoice: ExpressibleByArgument, Sendable {
  let gating: Gating

  private static let simple: [Gating] = [
    .coupled, .full, .transformOnly, .carryOnly, .residual, .plain,
  ]

  /// What a gating may be written as.
  static var choices: String {
    simple.map(\.name).joined(separator: ", ") + " or frozen=P with P in [0, 1]"
  }

  init(_ gating: Gating) { self.gating = gating }

  /// Reads a gating's name; `frozen` alone is a coin's toss, P = 0.5.
  init?(argument: String) {
    let parts = argument.split(separator: "=", omittingEmptySubsequences: false)
    if let found = Self.simple.first(where: { $0.name == argument }) {
      gating = found
    } else if parts.first == "frozen", parts.count <= 2,
      let p = parts.count == 1 ? 0.5 : Float(parts[1]), (0...1).contains(p)
    {
      gating = .frozen(p: p)
    } else {
      return nil
    }
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

extension Gating {
  /// The gating as ``GatingChoice`` reads it.
  var argument: String {
    if case .frozen(let p) = self { "frozen=\(p)" } else { name }
  }
}
