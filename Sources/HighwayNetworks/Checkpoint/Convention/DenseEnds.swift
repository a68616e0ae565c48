import TensorFiles

/// The dense layers before and behind a stack, where the file holds nothing else.
struct DenseEnds: Sendable {
  /// One dense layer.
  struct Layer: Sendable {
    let weight: StoredTensor
    let bias: StoredTensor?
    let inputs: Int
    let outputs: Int
  }

  /// The layer that changes the input's width to the stack's.
  private(set) var input: Layer?
  /// The layer with a score for each class.
  private(set) var output: Layer?

  /// Neither.
  static let none = DenseEnds()

  private init() {}

  /// Looks for the ends of a stack among the tensors that are not the stack's.
  ///
  /// They count only where every other tensor is theirs and none could be either: in a larger network nobody knows
  /// what stands between.
  init(of stack: FoundStack, in arrays: NamedArrays) {
    let rest = arrays.entries.filter { !stack.used.contains($0.name) && !$0.tensor.shape.isEmpty }
    let weights = rest.filter { $0.tensor.shape.count == 2 }
    var biases = Set(rest.filter { $0.tensor.shape.count == 1 }.map(\.name))
    guard rest.count == weights.count + biases.count, weights.count <= 2 else { return }
    var input: Layer?
    var output: Layer?
    for entry in weights {
      let shape = entry.tensor.shape
      let isOutputsFirst = stack.convention.orientation == .outputsFirst
      let (outputs, inputs) = isOutputsFirst ? (shape[0], shape[1]) : (shape[1], shape[0])
      guard inputs > 0, outputs > 0, inputs != outputs else { return }
      let name = Self.biasNames(entry.name).first { biases.contains($0) }
      let bias = name.flatMap { arrays[$0] }
      guard bias.map({ $0.shape == [outputs] }) ?? true else { return }
      if let name { biases.remove(name) }
      let layer = Layer(weight: entry.tensor, bias: bias, inputs: inputs, outputs: outputs)
      if outputs == stack.width, input == nil {
        input = layer
      } else if inputs == stack.width, output == nil {
        output = layer
      } else {
        return
      }
    }
    guard biases.isEmpty else { return }
    self.input = input
    self.output = output
  }

  /// What the bias of a weight may be called.
  private static func biasNames(_ weight: String) -> [String] {
    for (end, bias) in [
      ("weight", "bias"), ("kernel", "bias"), ("_W", "_b"), (".W", ".b"), ("matrix", "bias"),
    ] where weight.hasSuffix(end) {
      return [weight.dropLast(end.count) + bias]
    }
    // Arrays without names: the bias is the next.
    let digits = weight.reversed().prefix { $0.isASCII && $0.isNumber }.count
    guard digits < 6, let number = Int(weight.suffix(digits)) else { return [] }
    return [weight.dropLast(digits) + String(number + 1)]
  }
}
