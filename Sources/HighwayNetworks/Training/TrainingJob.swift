/// One part of a mini-batch: its memory, its gradient and its result.
///
/// One thread at a time works on a shard; between threads a barrier passes it on.
final class Shard: @unchecked Sendable {
  let workspace: Workspace
  let gradient: FloatBuffer
  /// The sum of the losses of the part's examples.
  private(set) var loss = 0.0
  /// The number of the part's examples that are right.
  private(set) var right = 0

  private let stack: LayerStack
  private let parameters: FloatSlice
  /// What the layers work on, for as many examples as the last part had.
  private var memories: [LayerMemory] = []

  init(_ stack: LayerStack, _ parameters: FloatSlice, capacity: Int) {
    self.stack = stack
    self.parameters = parameters
    workspace = Workspace(stack, capacity: capacity, for: .training)
    gradient = FloatBuffer(count: stack.parameterCount)
  }

  /// Computes losses and the gradient of `scale` times their sum.
  func run(_ examples: ArraySlice<Int>, _ reader: BatchReader, scale: Float) {
    let before = workspace.examples
    reader.read(examples, into: workspace)
    if workspace.examples != before {
      memories = stack.memories(parameters, in: workspace)
    }
    stack.forward(memories)
    right = stack.objective.measure(workspace)
    let losses = workspace.losses
    var sum = 0.0
    for example in 0..<losses.count { sum += Double(losses[example]) }
    loss = sum
    stack.backward(memories, in: workspace, scale: scale, parameterGradient: gradient.all)
  }
}

/// What all steps of an epoch share.
struct TrainingJob: Sendable {
  private let reader: BatchReader
  private let shards: [Shard]
  let parameters: FloatSlice
  private let moments: [FloatSlice]
  private let gradients: [FloatSlice]
  private let optimizer: any Optimizer
  private let clipNorm: Float?
  private let learningRate: Float
  /// Σ g² of each part of the whole gradient, where it is clipped.
  private let squares: AlignedBuffer<Double>

  init(
    stack: LayerStack, reader: BatchReader, shards: [Shard], parameters: FloatSlice,
    moments: FloatSlice, hyperparameters: Hyperparameters, learningRate: Float
  ) {
    self.reader = reader
    self.shards = shards
    self.parameters = parameters
    let count = parameters.count
    self.moments = (0..<hyperparameters.optimizer.momentCount).map {
      moments[$0 * count..<($0 + 1) * count]
    }
    gradients = shards.map(\.gradient.all)
    optimizer = hyperparameters.makeOptimizer()
    clipNorm = hyperparameters.clipNorm
    self.learningRate = learningRate
    squares = AlignedBuffer(
      count: hyperparameters.clipNorm == nil ? 0 : GradientNorm.parts(count))
  }

  /// Computes the gradients of those shards of a batch that belong to a thread.
  func computeGradients(_ batch: ArraySlice<Int>, thread: Int, team: Team) {
    for index in stride(from: thread, to: shards.count, by: team.count) {
      let part = Shards.range(index, of: shards.count, batch: batch.count)
      shards[index].run(
        batch[batch.startIndex + part.lowerBound..<batch.startIndex + part.upperBound], reader,
        scale: 1 / Float(batch.count))
    }
  }

  /// The sum of the batch's losses and the number of its examples that are right.
  func result() -> (loss: Double, right: Int) {
    var loss = 0.0
    var right = 0
    for shard in shards {
      loss += shard.loss
      right += shard.right
    }
    return (loss, right)
  }

  /// Measures those parts of the whole gradient that belong to a thread.
  ///
  /// - Returns: Whether the gradient is clipped, so that all threads have to wait for each other.
  func measureGradient(thread: Int, team: Team) -> Bool {
    guard clipNorm != nil else { return false }
    for part in stride(from: thread, to: squares.count, by: team.count) {
      squares.all[part] = GradientNorm.squared(gradients, part: part, count: parameters.count)
    }
    return true
  }

  /// Moves that range of the parameters that belongs to a thread.
  func descend(step: Int, thread: Int, team: Team) {
    var scale: Float = 1
    if let clipNorm {
      // Every thread adds the same parts in the same order.
      let norm = squares.all.array.reduce(0, +).squareRoot()
      if norm > Double(clipNorm) { scale = Float(Double(clipNorm) / norm) }
    }
    optimizer.descend(
      parameters, moments: moments, gradients: gradients,
      range: team.share(of: parameters.count, thread: thread), scale: scale, rate: learningRate,
      step: step)
  }
}
