private import Synchronization

/// How well a network classifies a set of examples.
public struct Evaluation: Hashable, Sendable {
  /// The mean softmax cross-entropy, in nats; 0 where there are no examples.
  public let loss: Double
  /// The fraction of examples classified rightly; 0 where there are none.
  public let accuracy: Double
}

extension Network {
  /// The number of examples that go through the network at once where it only runs forward.
  static let inferenceBatch = 200

  /// Runs the network over the first examples of a split.
  ///
  /// The result does not depend on the number of threads.
  ///
  /// - Precondition: The images have as many values as the network's input, and each label is a class.
  public func evaluate(
    _ split: DataSet.Split, shape: Shape, normalization: Normalization, samples: Int? = nil,
    threads: Int = processorCount()
  ) -> Evaluation {
    let buffer = FloatBuffer(count: parameters.count)
    buffer.all.assign(parameters)
    return LayerStack(architecture).evaluate(
      buffer.all, BatchReader(split, shape: shape, normalization: normalization),
      samples: min(samples ?? split.count, split.count), threads: threads)
  }
}

extension LayerStack {
  func evaluate(
    _ parameters: FloatSlice, _ reader: BatchReader, samples: Int, threads: Int
  ) -> Evaluation {
    guard samples > 0 else { return Evaluation(loss: 0, accuracy: 0) }
    let size = Network.inferenceBatch
    let batches = (samples + size - 1) / size
    let turned = turnedWeights(parameters)
    let results = Mutex([(loss: Double, right: Int)](repeating: (0, 0), count: batches))
    inParallel(min(threads, batches)) { thread, team in
      let workspace = Workspace(self, capacity: min(size, samples), forTraining: false)
      for batch in stride(from: thread, to: batches, by: team.count) {
        reader.read(batch * size..<min((batch + 1) * size, samples), into: workspace)
        let right = forward(parameters, turned: turned, in: workspace)
        let loss = workspace.losses.array.reduce(0) { $0 + Double($1) }
        results.withLock { $0[batch] = (loss, right) }
      }
    }
    let all = results.withLock { $0 }
    return Evaluation(
      loss: all.reduce(0) { $0 + $1.loss } / Double(samples),
      accuracy: Double(all.reduce(0) { $0 + $1.right }) / Double(samples))
  }
}
