/// What a pickle puts on its stack, as symbols: no class is looked up, nothing is called.
enum PickleValue: Hashable, Sendable {
  case none
  case bool(Bool)
  case integer(Int)
  case real(Double)
  case text(String)
  /// The name of something in a Python module, such as `torch.FloatStorage`; it stays a name.
  case global(String)
  /// A container or an object, by its number among the pickle's nodes.
  case node(Int)
}

/// A container or an object of a pickle.
///
/// Nodes refer to each other by number: a cycle among them costs nothing and is never followed twice.
struct PickleNode {
  enum Kind {
    case tuple
    case list
    /// A dictionary, ordered or not; keys and values alternate.
    case dictionary
    case storage(TorchStorage)
    case tensor(TorchTensor)
    /// Anything else, by the name of what would make it; it can hold no tensor.
    case opaque(String)
  }

  var kind: Kind
  var items: [PickleValue] = []
}
