/// One part of a mini-batch: its memory, its gradient and its result.
///
/// One thread at a time works on a shard; between threads a barrier passes it on.
final class Shard: @unchecked Sendable {
  let workspace: Workspace
  let gradient: FloatBuffer
  /// The sum of the losses of the part's examples.
  var loss = 0.0
  /// The number of the part's examples that were classified rightly.
  var right = 0

  init(_ stack: LayerStack, capacity: Int) {
    workspace = Workspace(stack, capacity: capacity, forTraining: true)
    gradient = FloatBuffer(count: stack.parameterCount)
  }
}

/// What all steps of an epoch share.
struct TrainingJob: Sendable {
  let stack: LayerStack
  let reader: BatchReader
  let shards: [Shard]
  let parameters: FloatSlice
  let moments: FloatSlice
  let hyperparameters: Hyperparameters
  let learningRate: Float

  /// Computes the gradients of those shards of a batch that belong to a thread.
  func computeGradients(_ batch: ArraySlice<Int>, thread: Int, team: Team) {
    for index in stride(from: thread, to: shards.count, by: team.count) {
      let shard = shards[index]
      let part = Shards.range(index, of: shards.count, batch: batch.count)
      reader.read(
        batch[batch.startIndex + part.lowerBound..<batch.startIndex + part.upperBound],
        into: shard.workspace)
      shard.right = stack.forward(parameters, in: shard.workspace)
      let losses = shard.workspace.losses
      var sum = 0.0
      for example in 0..<losses.count { sum += Double(losses[example]) }
      shard.loss = sum
      stack.backward(
        parameters, in: shard.workspace, scale: 1 / Float(batch.count),
        parameterGradient: shard.gradient.all)
    }
  }

  /// The sum of the batch's losses and the number of its examples classified rightly.
  func result() -> (loss: Double, right: Int) {
    var loss = 0.0
    var right = 0
    for shard in shards {
      loss += shard.loss
      right += shard.right
    }
    return (loss, right)
  }

  /// Moves that range of the parameters that belongs to a thread.
  func descend(thread: Int, team: Team) {
    HighwayNetworks.descend(
      parameters: parameters, moments: moments,
      gradients: shards.map(\.gradient.all),
      range: team.share(of: parameters.count, thread: thread), learningRate: learningRate,
      hyperparameters: hyperparameters)
  }
}
