import TensorFiles

/// A network that is known by its names and that no layers of Tollgate's compute.
struct UnreadNetwork: FoundNetwork {
  let name: String
  let conventionName: String
  let text: String
  let used: Set<String>
  /// What it is, and what to do about it.
  let reason: String

  var kind: NetworkKind { .unread }

  func plan(_ choice: StackChoice, in arrays: NamedArrays) throws(CheckpointError) -> NetworkPlan {
    throw .convention(path: arrays.file.path, .notRead(name: name, reason: reason))
  }
}

/// Names of tensors that tell of gates with another formula than `y = H ∘ T + x ∘ C`.
struct UnreadConvention: Convention {
  let name: String
  let programs: String
  /// The weights that each layer has; see ``StackPattern``.
  let weights: [String]
  /// What the layers compute.
  let reason: String

  /// What to do about such layers.
  static let advice =
    "such layers are not read, but tollgate recorder records their gates while a program runs them"

  /// Layers that carry a linear map of x.
  static let learnedCarry = UnreadConvention(
    name: "learned-carry", programs: "variational autoencoders in PyTorch",
    weights: ["nonlinear.{k}.weight", "linear.{k}.weight", "gate.{k}.weight"],
    reason: "highway layers that carry a linear map of x, not x")

  /// Stanza's `HighwayLSTM`.
  static let highwayLSTM = UnreadConvention(
    name: "highway-lstm", programs: "Stanza",
    weights: ["highway.{k}.weight", "gate.{k}.weight"],
    reason: "a HighwayLSTM, whose gate adds a map of x to the LSTM and takes nothing from it")

  /// AllenNLP's cells of ELMo.
  static let elmoLSTM = UnreadConvention(
    name: "elmo-lstm", programs: "AllenNLP's ELMo",
    weights: [
      "{k}.input_linearity.weight", "{k}.state_linearity.weight", "{k}.state_projection.weight",
    ],
    reason: elmoReason)

  /// TensorFlow's cells of ELMo.
  static let bilmLSTM = UnreadConvention(
    name: "bilm-lstm", programs: "bilm",
    weights: ["cell_{k}.lstm_cell.kernel", "cell_{k}.lstm_cell.projection.kernel"],
    reason: elmoReason)

  private static let elmoReason =
    "LSTM cells that are clipped, and so are their projections, at values that the file does not hold"

  /// The `LSTM` of Keras 1.
  static let keras1LSTM = UnreadConvention(
    name: "keras-1-lstm", programs: "Keras 1",
    weights: ["{k}_W_i", "{k}_U_i", "{k}_W_c", "{k}_U_c"],
    reason: "LSTM cells of Keras 1, whose gates are hard_sigmoid unless a program said otherwise")

  /// AllenNLP's `AugmentedLSTMCell`.
  static let augmentedLSTM = UnreadConvention(
    name: "augmented-lstm", programs: "AllenNLP",
    weights: ["{k}.input_linearity.weight", "{k}.state_linearity.weight"],
    reason: "LSTM cells with a highway gate between their output and a linear map of x")

  func networks(
    in arrays: NamedArrays, isSaid: Bool
  ) throws(ReadError) -> [any FoundNetwork] {
    var names: [String] = []
    var found: [String: (layers: Int, used: Set<String>)] = [:]
    for entry in arrays.entries {
      guard let match = PatternMatch(entry.name, weights[0]) else { continue }
      let own = weights.map(match.name)
      guard own.allSatisfy({ arrays[$0]?.shape.count == 2 }) else { continue }
      let short = NamedArrays.shortened(match.prefix)
      let name = short.isEmpty ? self.name : short
      if found[name] == nil { names.append(name) }
      found[name, default: (0, [])].layers += 1
      found[name, default: (0, [])].used.formUnion(own)
    }
    return names.compactMap { name in
      guard let layers = found[name] else { return nil }
      return UnreadNetwork(
        name: name, conventionName: self.name,
        text: "\(layers.layers) layer\(layers.layers == 1 ? "" : "s"), not read",
        used: layers.used,
        reason: reason + "; " + Self.advice)
    }
  }
}
