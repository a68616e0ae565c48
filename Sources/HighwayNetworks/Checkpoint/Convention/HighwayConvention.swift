import TensorFiles

/// How a program names and lays out the tensors of a stack of highway layers.
struct HighwayConvention: Convention {
  /// The order of a weight's extents.
  enum Orientation: Sendable {
    /// `[outputs, inputs]`, as PyTorch and Chainer have it.
    case outputsFirst
    /// `[inputs, outputs]`, as TensorFlow, Keras and Lasagne have it.
    case inputsFirst
  }

  let name: String
  let programs: String
  /// What a file's tensors are called, the likelier first.
  let patterns: [StackPattern]
  /// The order of a weight's extents.
  var orientation = Orientation.outputsFirst
  /// What the gate multiplies.
  var gate = GateMeaning.transform
  /// The non-linearity of H, which files do not tell.
  var activation = Activation.relu
  /// Whether no other program names its tensors so.
  var isPeculiar = true
  /// What the names mislead to, where they do.
  var remark: String?

  func networks(
    in arrays: NamedArrays, isSaid: Bool
  ) throws(ReadError) -> [any FoundNetwork] {
    try StackFinder.stacks(in: arrays, of: self, isSaid: isSaid)
  }
}

/// What a gate multiplies: `y = H·g + x·(1 − g)`, or `y = H·(1 − g) + x·g`.
public enum GateMeaning: String, CaseIterable, Sendable {
  /// The block state H: the gate is T.
  case transform
  /// The input x: the gate is C, and T is the gate of the negated map, as `1 − σ(z) = σ(−z)`.
  case carry
}
