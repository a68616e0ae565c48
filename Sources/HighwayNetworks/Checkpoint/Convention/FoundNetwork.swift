import TensorFiles

/// A network, or a part of one, that was found among the tensors of another program's file.
protocol FoundNetwork: Sendable {
  /// What a person calls it by: `PATH#name`.
  var name: String { get }
  /// The name of the convention.
  var conventionName: String { get }
  /// What it is, which says which of several is opened where none is named.
  var kind: NetworkKind { get }
  /// Its layers in a few words, such as `2 of 16 units`.
  var text: String { get }
  /// The names of its tensors in the spelling of ``NamedArrays``.
  var used: Set<String> { get }

  /// How it becomes a network of Tollgate's.
  ///
  /// - Throws: ``CheckpointError`` where it cannot.
  func plan(_ choice: StackChoice, in arrays: NamedArrays) throws(CheckpointError) -> NetworkPlan
}

/// What a network in another program's file is, the kind that is opened first before the others.
enum NetworkKind: Int, Comparable, Sendable {
  /// A stack of highway layers.
  case highway
  /// A residual network.
  case residual
  /// Layers of recurrent cells.
  case recurrent
  /// Cells that read sequences from their end.
  case reverse
  /// What is known and has no place in Tollgate.
  case unread

  static func < (left: NetworkKind, right: NetworkKind) -> Bool { left.rawValue < right.rawValue }
}

extension [any FoundNetwork] {
  /// The network that a person named, or the only one of the first kind.
  ///
  /// - Throws: ``ConventionError`` where there is none of the name, or no name and several.
  func chosen(_ name: String?) throws(ConventionError) -> any FoundNetwork {
    guard let name else {
      let kind = map(\.kind).min()
      let first = filter { $0.kind == kind }
      guard let only = first.first, first.count == 1 || kind == .unread else {
        throw .severalStacks(names: map(\.name))
      }
      return only
    }
    if let exact = first(where: { $0.name == name }) { return exact }
    let matches = filter { $0.name.contains(name) }
    guard let match = matches.first, matches.count == 1 else {
      throw .unknownStack(name: name, known: map(\.name))
    }
    return match
  }
}
