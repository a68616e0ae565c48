/// The memory of one thread's passes through a network.
///
/// Every layer's output and cache has a place of its own: the backward pass and the statistics read them.
final class Workspace {
  /// The largest number of examples of one pass.
  let capacity: Int
  /// The number of examples of the current pass, at most ``capacity``.
  private(set) var examples = 0
  /// The labels of the current pass; `[examples]`.
  private(set) var labels: ArraySlice<UInt8> = []

  private let memory: FloatBuffer
  private let rightMemory: AlignedBuffer<UInt8>
  /// Where the input, then each layer's output, begin, and how many values each has per example.
  private let activations: [(start: Int, width: Int)]
  private let caches: [(start: Int, width: Int)]
  private let classes: Int
  private let probabilitiesStart: Int
  private let lossesStart: Int
  private let gradientStart: Int
  private let widest: Int

  /// Creates the memory for passes of up to `capacity` examples.
  ///
  /// Only with `forTraining` is there room for the gradients of a backward pass.
  init(_ stack: LayerStack, capacity: Int, forTraining: Bool) {
    precondition(capacity > 0, "a pass has room for an example")
    self.capacity = capacity
    var end = 0
    func reserve(_ perExample: Int) -> (start: Int, width: Int) {
      defer { end += (perExample * capacity + 15) / 16 * 16 }  // keeps each part on a cache line
      return (end, perExample)
    }
    var activations = [reserve(stack.input.count)]
    var caches: [(start: Int, width: Int)] = []
    for layer in stack.layers {
      caches.append(reserve(layer.cachePerExample))
      activations.append(reserve(layer.output.count))
    }
    classes = stack.classes
    probabilitiesStart = reserve(classes).start
    lossesStart = reserve(1).start
    widest = stack.layers.map(\.output.count).max() ?? 1
    gradientStart = forTraining ? reserve(2 * widest).start : -1
    self.activations = activations
    self.caches = caches
    memory = FloatBuffer(count: end)
    rightMemory = AlignedBuffer(count: capacity)
  }

  /// Sets the examples of the next pass; their inputs are to be written to ``input``.
  func begin(labels: ArraySlice<UInt8>) {
    precondition(labels.count <= capacity, "a pass has at most its capacity of examples")
    self.labels = labels
    examples = labels.count
  }

  /// The input of the network; `[examples] + input.extents`.
  var input: FloatSlice { input(of: 0) }

  /// What reaches the output; `[examples, features]`.
  var features: FloatSlice { part(activations[activations.count - 1]) }

  /// The logits, later the probabilities; `[examples, classes]`.
  var probabilities: FloatSlice { part((probabilitiesStart, classes)) }

  /// The losses; `[examples]`.
  var losses: FloatSlice { part((lossesStart, 1)) }

  /// Whether each example is classified rightly, 1 or 0; `[examples]`.
  var right: BufferSlice<UInt8> { rightMemory[0..<examples] }

  /// The input of a layer.
  func input(of layer: Int) -> FloatSlice { part(activations[layer]) }

  /// The output of a layer.
  func output(of layer: Int) -> FloatSlice { part(activations[layer + 1]) }

  /// What a layer keeps for its backward pass.
  func cache(of layer: Int) -> FloatSlice { part(caches[layer]) }

  /// One of two places that gradients move between on their way back.
  func gradient(of width: Int, parity: Int) -> FloatSlice {
    precondition(gradientStart >= 0, "the workspace was made for training")
    return part((gradientStart + (parity % 2) * widest * capacity, width))
  }

  private func part(_ place: (start: Int, width: Int)) -> FloatSlice {
    memory[place.start..<place.start + place.width * examples]
  }
}
