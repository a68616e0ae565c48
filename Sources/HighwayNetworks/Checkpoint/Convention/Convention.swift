/// How a program names and lays out the tensors of a stack of highway layers.
///
/// A further convention is a further file with one value, and a line in ``all``.
struct Convention: Sendable {
  /// The order of a weight's extents.
  enum Orientation: Sendable {
    /// `[outputs, inputs]`, as PyTorch and Chainer have it.
    case outputsFirst
    /// `[inputs, outputs]`, as TensorFlow, Keras and Lasagne have it.
    case inputsFirst
  }

  /// What `--convention` takes.
  let name: String
  /// Whose files are laid out so.
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

  /// Every convention, the more particular before the more general.
  static let all: [Convention] = [
    allenNLP, fairseq, bilm, keras, headsHT, tacotron, waveRNN, chainer, cs224n, jojonki, espnet,
    transformGate, charLM, lasagne,
  ]

  /// The convention of a name.
  ///
  /// - Throws: ``ConventionError/unknownConvention(name:known:)``.
  static func named(_ name: String) throws(ConventionError) -> Convention {
    guard let found = all.first(where: { $0.name == name }) else {
      throw .unknownConvention(name: name, known: all.map(\.name))
    }
    return found
  }
}

/// What a gate multiplies: `y = H·g + x·(1 − g)`, or `y = H·(1 − g) + x·g`.
public enum GateMeaning: String, CaseIterable, Sendable {
  /// The block state H: the gate is T.
  case transform
  /// The input x: the gate is C, and T is the gate of the negated map, as `1 − σ(z) = σ(−z)`.
  case carry
}
