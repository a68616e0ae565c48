/// The memory of one thread's passes that need no more than the end result.
///
/// Two places that outputs move between and one cache serve all layers, so that a pass stays within the
/// processor's own caches.
final class TailMemory {
  private let memory: FloatBuffer
  private let rightMemory: AlignedBuffer<UInt8>
  private let capacity: Int
  private let widest: Int
  private let lesionedStart: Int
  private let cacheStart: Int
  private let probabilitiesStart: Int
  private let lossesStart: Int
  private let classes: Int

  init(_ stack: LayerStack, capacity: Int) {
    precondition(capacity > 0, "a pass has room for an example")
    self.capacity = capacity
    classes = stack.classes
    widest = stack.layers.map(\.output.count).max() ?? 1
    lesionedStart = 2 * widest * capacity
    cacheStart = lesionedStart + widest * capacity
    probabilitiesStart = cacheStart + (stack.layers.map(\.cachePerExample).max() ?? 0) * capacity
    lossesStart = probabilitiesStart + classes * capacity
    memory = FloatBuffer(count: lossesStart + capacity)
    rightMemory = AlignedBuffer(count: capacity)
  }

  /// One of the two places of outputs.
  func output(parity: Int, width: Int, examples: Int) -> FloatSlice {
    part((parity % 2) * widest * capacity, width, examples)
  }

  /// A place for the output of a layer that stands in for one of the network.
  func lesioned(width: Int, examples: Int) -> FloatSlice { part(lesionedStart, width, examples) }

  func cache(width: Int, examples: Int) -> FloatSlice { part(cacheStart, width, examples) }

  func probabilities(examples: Int) -> FloatSlice { part(probabilitiesStart, classes, examples) }

  func losses(examples: Int) -> FloatSlice { part(lossesStart, 1, examples) }

  func right(examples: Int) -> BufferSlice<UInt8> { rightMemory[0..<examples] }

  private func part(_ start: Int, _ width: Int, _ examples: Int) -> FloatSlice {
    precondition(examples <= capacity, "a pass has at most its capacity of examples")
    return memory[start..<start + width * examples]
  }
}

extension LayerStack {
  /// Runs the layers from one on, and the output, keeping nothing but the end result.
  ///
  /// `input` is the input of layer `first`, `labels` are the true classes, and `turned` is what
  /// ``turnedWeights(_:)`` returned for the parameters.
  ///
  /// - Returns: The losses, and 1 for each sample that is classified rightly, else 0; `[examples]`.
  func run(
    from first: Int, _ input: FloatSlice, labels: ArraySlice<UInt8>, parameters: FloatSlice,
    turned: [TurnedMatrix?], in memory: TailMemory
  ) -> (losses: FloatSlice, right: BufferSlice<UInt8>) {
    let examples = labels.count
    var current = input
    for index in first..<layers.count {
      let layer = layers[index]
      let output = memory.output(parity: index, width: layer.output.count, examples: examples)
      layer.forward(
        LayerMemory(
          examples: examples, parameters: parameters[layer.parameters], input: current,
          output: output, cache: memory.cache(width: layer.cachePerExample, examples: examples),
          turned: turned[index]))
      current = output
    }
    let logits = memory.probabilities(examples: examples)
    computeLogits(of: current, examples: examples, parameters: parameters, into: logits)
    let losses = memory.losses(examples: examples)
    let right = memory.right(examples: examples)
    _ = softmax(logits, classes: classes, labels: labels, losses: losses, right: right)
    return (losses, right)
  }
}
