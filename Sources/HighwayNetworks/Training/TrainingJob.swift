/// One part of a mini-batch: its memory, its gradient and its result.
///
/// One thread at a time works on a shard; between threads a barrier passes it on.
final class Shard: @unchecked Sendable {
  /// Made when the shard first runs: of the shards of other ranks there is the gradient alone.
  private lazy var workspace = Workspace(stack, capacity: capacity, for: .training)
  let gradient: FloatBuffer
  /// The sum of the losses of the part's examples.
  private(set) var loss = 0.0
  /// The number of the part's examples that are right.
  private(set) var right = 0

  private let stack: LayerStack
  private let parameters: FloatSlice
  private let capacity: Int
  /// The step that ran last: one that was halted runs again.
  private var lastStep = -1
  /// What the layers work on, for as many examples as the last part had.
  private var memories: [LayerMemory] = []

  init(_ stack: LayerStack, _ parameters: FloatSlice, capacity: Int) {
    self.stack = stack
    self.parameters = parameters
    self.capacity = capacity
    gradient = FloatBuffer(count: stack.parameterCount)
  }

  /// Computes losses and the gradient of their sum times `scale`, of those examples of a mini-batch from one on; `key`
  /// fixes the step's random numbers.
  func run(
    _ examples: ArraySlice<Int>, from first: Int, ofBatch size: Int, scale: Float,
    _ reader: BatchReader, _ settings: Hyperparameters, key: UInt64, step: Int, continuing: Bool
  ) {
    if continuing, step == lastStep { workspace.takeBack() }
    lastStep = step
    let before = workspace.examples
    reader.read(examples, into: workspace, key: key, continuing: continuing)
    if let pass = workspace.pass {
      pass.share = Float(examples.count) / Float(size)
      pass.firstExample = first
      pass.key = key
      pass.wordDropout = settings.wordDropout
      pass.divergenceScale = scale * settings.klWeight(step: step)
    }
    if workspace.examples != before {
      memories = stack.memories(parameters, in: workspace)
    }
    stack.forward(memories)
    right = stack.objective.measure(workspace, scale: scale)
    let losses = workspace.losses
    var sum = 0.0
    for target in 0..<losses.count { sum += Double(losses[target]) }
    loss = sum
    stack.backward(memories, in: workspace, scale: nil, parameterGradient: gradient.all)
  }

  /// Takes on the result that the shard has on another rank, where the gradient comes from too.
  func take(loss: Double, right: Int) {
    self.loss = loss
    self.right = right
  }
}

/// What all steps of an epoch share.
struct TrainingJob: Sendable {
  let reader: BatchReader
  private let shards: [Shard]
  let parameters: FloatSlice
  private let moments: [FloatSlice]
  private let gradients: [FloatSlice]
  private let descent: Descent
  private let hyperparameters: Hyperparameters
  private let seed: UInt64
  private let learningRate: Float
  /// Σ g² of each part of the whole gradient, where it is clipped.
  private let squares: AlignedBuffer<Double>
  private let division: RankDivision
  /// A row for each rank: whether it is to stop, then the loss and the number of right examples of its shards.
  private let reports: AlignedBuffer<Double>
  private let gradientMessages: [Message]
  private let squareMessages: [Message]
  private let parameterMessages: [Message]

  init(
    reader: BatchReader, shards: [Shard], division: RankDivision, descent: Descent,
    parameters: FloatSlice, moments: FloatSlice, hyperparameters: Hyperparameters,
    learningRate: Float
  ) {
    self.reader = reader
    self.division = division
    self.shards = shards
    self.parameters = parameters
    let count = parameters.count
    self.moments = (0..<hyperparameters.optimizer.momentCount).map {
      moments[$0 * count..<($0 + 1) * count]
    }
    gradients = shards.map(\.gradient.all)
    self.descent = descent
    seed = hyperparameters.seed
    self.hyperparameters = hyperparameters
    self.learningRate = learningRate
    squares = AlignedBuffer(
      count: hyperparameters.clipNorm == nil ? 0 : descent.parts.count)
    reports = AlignedBuffer(count: division.ranks.count * (1 + 2 * Shards.limit))
    gradientMessages = division.messages(gradients: gradients, reports: reports.all)
    squareMessages = division.ranks.gathering(squares.all, division.parts)
    parameterMessages = division.ranks.gathering(parameters, division.slices)
  }

  /// Computes the gradients of those shards of a step's batch that belong to a thread.
  ///
  /// Segments of a text continue those of the step before, but at the beginning of an epoch.
  func computeGradients(
    _ batch: ArraySlice<Int>, step: Int, continuing: Bool, thread: Int, team: Team
  ) {
    var key = RandomKey(seed)
    key.mix(UInt64(step))
    let divisor = hyperparameters.sumsSteps ? batch.count : reader.targets(of: batch)
    let own = division.ownShards
    for index in stride(from: own.lowerBound + thread, to: own.upperBound, by: team.count) {
      let part = Shards.range(index, of: shards.count, batch: batch.count)
      shards[index].run(
        batch[batch.startIndex + part.lowerBound..<batch.startIndex + part.upperBound],
        from: part.lowerBound, ofBatch: batch.count, scale: 1 / Float(max(1, divisor)), reader,
        hyperparameters, key: key.value, step: step, continuing: continuing)
    }
  }

  /// Whether other ranks take part, so that threads have to wait for what thread 0 exchanges with them.
  var isShared: Bool { division.ranks.count > 1 }

  /// Gives every rank its slice of the gradients, and the results of all shards.
  ///
  /// - Parameter isStopping: Whether this rank is to stop.
  /// - Returns: Whether any rank is.
  func exchangeGradients(isStopping: Bool) -> Bool {
    let width = reports.count / division.ranks.count
    let own = division.ranks.rank * width
    reports.all[own] = isStopping ? 1 : 0
    for (place, shard) in division.ownShards.enumerated() {
      reports.all[own + 1 + 2 * place] = shards[shard].loss
      reports.all[own + 2 + 2 * place] = Double(shards[shard].right)
    }
    division.ranks.exchange(gradientMessages)
    var stops = false
    for (rank, others) in division.shards.enumerated() {
      let row = reports.all[rank * width..<(rank + 1) * width]
      stops = stops || row[0] != 0
      for (place, shard) in others.enumerated() where rank != division.ranks.rank {
        shards[shard].take(loss: row[1 + 2 * place], right: Int(row[2 + 2 * place]))
      }
    }
    return stops
  }

  /// Gives every rank the squares of all parts of the gradient.
  func exchangeSquares() { division.ranks.exchange(squareMessages) }

  /// Gives every rank all parameters, which each has moved in its slice.
  func exchangeParameters() { division.ranks.exchange(parameterMessages) }

  /// The sum of the batch's losses and the number of its targets that are right.
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
    guard hyperparameters.clipNorm != nil else { return false }
    let own = division.ownParts
    for part in stride(from: own.lowerBound + thread, to: own.upperBound, by: team.count) {
      squares.all[part] = GradientNorm.squared(
        gradients, part: descent.parts[part], count: parameters.count)
    }
    return true
  }

  /// Moves that range of this rank's parameters that belongs to a thread.
  func descend(step: Int, thread: Int, team: Team) {
    // Every thread adds the same parts in the same order.
    let scale = hyperparameters.scale(ofNorm: squares.all.array.reduce(0, +).squareRoot())
    let slice = division.ownSlice
    let own = team.share(of: slice.count, thread: thread)
    descent(
      parameters, moments: moments, gradients: gradients,
      range: slice.lowerBound + own.lowerBound..<slice.lowerBound + own.upperBound, scale: scale,
      rate: learningRate, step: step)
  }
}
