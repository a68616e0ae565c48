/// The memory of one thread's passes through a network.
final class Workspace {
  /// What a workspace is for.
  enum Purpose {
    /// Every layer's output and cache keep their place, and there is room for gradients.
    case training
    /// Every layer's output and cache keep their place: signals are read after a pass.
    case trace
    /// Every layer's output keeps its place, and one cache serves all layers, so that it stays within the
    /// processor's own caches: gates are read before the next layer runs.
    case statistics
    /// Two places that outputs move between and one cache serve all layers, so that a pass stays within
    /// the processor's own caches: only the end result remains.
    case result
  }

  /// Where a layer's values begin, and how many it has per example.
  private typealias Place = (start: Int, width: Int)

  /// The largest number of examples of one pass.
  let capacity: Int
  /// The number of examples of the current pass, at most ``capacity``.
  private(set) var examples = 0
  /// The labels of the current pass, −1 behind the end of a sequence; `[examples × targets]`, or nothing.
  private(set) var labels: ArraySlice<Int32> = []

  /// The step of training that passes belong to; nil where the workspace is for evaluation.
  let pass: TrainingPass?

  private let memory: FloatBuffer
  private let rightMemory: AlignedBuffer<UInt8>
  /// The input, then each layer's output.
  private let activations: [Place]
  private let caches: [Place]
  /// The cells beside each layer's output.
  private let cellPlaces: [Place]
  /// The state that each layer begins with, and the one that it leaves; nothing where examples begin by themselves.
  private let states: [(start: [Place], end: [Place])]
  /// The number of steps of each example, where they are sequences.
  private let lengthMemory: AlignedBuffer<Int32>?
  private let steps: Int
  private let targets: Int
  private let lossesStart: Int
  private let gradientStart: Int
  private let widest: Int
  private let cellGradientStart: Int
  private let mostCells: Int

  /// Creates the memory for passes of up to `capacity` examples.
  init(_ stack: LayerStack, capacity: Int, for purpose: Purpose) {
    precondition(capacity > 0, "a pass has room for an example")
    self.capacity = capacity
    pass = purpose == .training ? TrainingPass() : nil
    var end = 0
    func reserve(_ perExample: Int) -> Int {
      defer { end += (perExample * capacity + 15) / 16 * 16 }  // keeps each part on a cache line
      return end
    }
    let widest = stack.layers.map(\.output.count).max() ?? 1
    let cells = stack.layers.map { $0.output.cells * $0.output.positionCount }
    mostCells = cells.max() ?? 0
    steps = stack.input.positionCount
    targets = stack.objective.targets
    lengthMemory = stack.input.isSequence ? AlignedBuffer(count: capacity) : nil
    var cellPlaces: [Place] = []
    var activations: [Place] = [(reserve(stack.input.count), stack.input.count)]
    var caches: [Place] = []
    if purpose == .result {
      let outputs = [reserve(widest), reserve(widest)]
      let cache = reserve(Self.widestCache(stack))
      for (index, layer) in stack.layers.enumerated() {
        caches.append((cache, layer.cachePerExample))
        activations.append((outputs[index % 2], layer.output.count))
      }
      let places = [reserve(mostCells), reserve(mostCells)]
      cellPlaces = cells.enumerated().map { (places[$0 % 2], $1) }
    } else {
      let shared = purpose == .statistics ? reserve(Self.widestCache(stack)) : nil
      for layer in stack.layers {
        caches.append((shared ?? reserve(layer.cachePerExample), layer.cachePerExample))
        activations.append((reserve(layer.output.count), layer.output.count))
      }
      cellPlaces = cells.map { (reserve($0), $0) }
    }
    self.cellPlaces = cellPlaces
    states =
      stack.carriesState
      ? stack.layers.map(\.stateWidths).map { widths in
        (widths.map { (reserve($0), $0) }, widths.map { (reserve($0), $0) })
      } : []
    lossesStart = reserve(targets)
    cellGradientStart = purpose == .training ? reserve(2 * mostCells) : -1
    gradientStart = purpose == .training ? reserve(2 * widest) : -1
    self.widest = widest
    self.activations = activations
    self.caches = caches
    memory = FloatBuffer(count: end)
    rightMemory = AlignedBuffer(count: capacity * targets)
  }

  /// The number of values that passes for statistics keep of each example.
  static func valuesPerExample(_ stack: LayerStack) -> Int {
    stack.layers.reduce(stack.input.count + widestCache(stack)) {
      $0 + $1.output.count + $1.output.cells * $1.output.positionCount
    }
  }

  private static func widestCache(_ stack: LayerStack) -> Int {
    stack.layers.map(\.cachePerExample).max() ?? 0
  }

  /// Sets the examples of the next pass; their inputs are to be written to ``input``.
  ///
  /// Sequences without lengths are as long as there is room for. Where they continue, each goes on with the state
  /// that the example in its place has left.
  func begin(
    examples: Int, labels: ArraySlice<Int32> = [], lengths: ArraySlice<Int32> = [],
    continuing: Bool = false
  ) {
    precondition(!continuing || examples <= self.examples, "examples go on that have ended")
    precondition(examples <= capacity, "a pass has at most its capacity of examples")
    precondition(
      labels.isEmpty || labels.count == examples * targets, "a label for each target, or none")
    precondition(
      lengths.isEmpty
        || lengths.count == examples && lengths.allSatisfy { 0 <= $0 && $0 <= steps },
      "a length for each example, or none")
    if let lengthMemory {
      lengthMemory[0..<examples].assign(
        lengths.isEmpty ? ArraySlice(repeating: Int32(steps), count: examples) : lengths)
    }
    self.examples = examples
    self.labels = labels
    enter(continuing: continuing)
  }

  /// Whether the examples have labels.
  var isLabelled: Bool { labels.count == examples * targets }

  /// How many targets have a label.
  var labelled: Int { targets == 1 ? labels.count : labels.count { $0 >= 0 } }

  /// The number of steps of each example, where they are sequences; `[examples]`.
  var lengths: BufferSlice<Int32>? { lengthMemory.map { $0[0..<examples] } }

  /// The state that a layer begins with; none where it has none.
  func startState(of layer: Int) -> [FloatSlice] {
    states.isEmpty ? [] : states[layer].start.map(part)
  }

  /// The state that a layer leaves; none where it has none.
  func endState(of layer: Int) -> [FloatSlice] {
    states.isEmpty ? [] : states[layer].end.map(part)
  }

  /// What all layers leave.
  var endStates: [Float] { states.indices.flatMap { endState(of: $0).flatMap(\.array) } }

  /// Replaces what all layers have left for so many examples, to go on from it.
  func leave(_ values: [Float], examples: Int) {
    precondition(examples <= capacity, "a pass has at most its capacity of examples")
    self.examples = examples
    var start = 0
    for slice in states.indices.flatMap({ endState(of: $0) }) {
      slice.assign(values[start..<start + slice.count])
      start += slice.count
    }
  }

  /// Takes back what the last pass has left, so that another over the same examples begins as it did.
  func takeBack() {
    for layer in states.indices {
      for (start, end) in zip(startState(of: layer), endState(of: layer)) { end.assign(start) }
    }
  }

  /// Begins with the state that the pass before left, or with none.
  private func enter(continuing: Bool) {
    for layer in states.indices {
      for (start, end) in zip(startState(of: layer), endState(of: layer)) {
        if continuing { start.assign(end) } else { start.fill(0) }
      }
    }
  }

  /// The input of the network; `[examples × positions, features]`.
  var input: FloatSlice { input(of: 0) }

  /// What the last layer returned, later the probabilities; `[examples, classes]` where there is an output.
  var output: FloatSlice { part(activations[activations.count - 1]) }

  /// The losses, 0 where there is no label; `[examples × targets]`.
  var losses: FloatSlice { part((lossesStart, targets)) }

  /// Whether each target is right, 1 or 0; `[examples × targets]`.
  var right: BufferSlice<UInt8> { rightMemory[0..<examples * targets] }

  /// The input of a layer.
  func input(of layer: Int) -> FloatSlice { part(activations[layer]) }

  /// The output of a layer.
  func output(of layer: Int) -> FloatSlice { part(activations[layer + 1]) }

  /// The cells beside the output of a layer; nil where it has none.
  func cells(of layer: Int) -> FloatSlice? {
    cellPlaces[layer].width > 0 ? part(cellPlaces[layer]) : nil
  }

  /// One of two places for the gradients of cells; nil where the workspace was not made for training.
  func cellGradient(of layer: Int) -> FloatSlice? {
    guard cellGradientStart >= 0 else { return nil }
    let start = cellGradientStart + (layer % 2) * mostCells * capacity
    return part((start, cellPlaces[layer].width))
  }

  /// What a layer keeps for its backward pass.
  func cache(of layer: Int) -> FloatSlice { part(caches[layer]) }

  /// One of two places that gradients move between on their way back.
  func gradient(of width: Int, parity: Int) -> FloatSlice {
    precondition(gradientStart >= 0, "the workspace was made for training")
    return part((gradientStart + (parity % 2) * widest * capacity, width))
  }

  private func part(_ place: Place) -> FloatSlice {
    memory[place.start..<place.start + place.width * examples]
  }
}
