public import TensorFiles

/// Why a checkpoint of another program cannot be opened as a network.
public enum ConventionError: Error, Hashable, Sendable {
  /// No highway layers of a known convention are among the tensors.
  case noStack(tensors: Int)
  /// There are several stacks, and none was named.
  case severalStacks(names: [String])
  /// There is no stack of the name, or more than one.
  case unknownStack(name: String, known: [String])
  /// There is no convention of the name.
  case unknownConvention(name: String, known: [String])
  /// The stack has more parameters than a network may have.
  case tooLarge(limit: Int)
  /// It is known what the network is, and Tollgate has no layers of the kind.
  case notRead(name: String, reason: String)
  /// What the tensors' shapes say makes no network.
  case misfit(name: String, DescriptionError)
  /// What was said of a gate does not go with a network whose gates have their places.
  case noGate(name: String)
}

extension ConventionError: CustomStringConvertible {
  /// What is wrong, and what to do about it.
  public var description: String {
    switch self {
    case .noStack(let tensors):
      "does not say what network it holds, and none of its \(tensors) tensors is a layer of a known "
        + "convention; tollgate inspect lists them, --architecture describes the network"
    case .severalStacks(let names):
      "holds \(names.count) stacks of layers; name one behind a #: " + Self.list(names)
    case .unknownStack(let name, let known):
      "expected a stack behind the #, found \"\(name.excerpt)\"; there are " + Self.list(known)
    case .unknownConvention(let name, let known):
      "expected one of the conventions \(known.joined(separator: ", ")), found \"\(name.excerpt)\""
    case .tooLarge(let limit): "a stack of more than \(limit) parameters is not read"
    case .notRead(let name, let reason): "\(name.excerpt): \(reason)"
    case .misfit(let name, let error):
      "\(name.excerpt): the shapes of its tensors make no network: \(error)"
    case .noGate(let name):
      "\(name.excerpt): has no highway gate; leave --gate, --swap and --state-activation out"
    }
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(12).map(\.excerpt).joined(separator: ", ")
      + (names.count > 12 ? " and \(names.count - 12) more" : "")
  }
}
