private import Synchronization

extension Network {
  /// Runs the network over a split and says which of its examples it classifies wrongly.
  ///
  /// The result does not depend on the number of threads.
  ///
  /// - Parameters:
  ///   - split: The samples.
  ///   - shape: The shape of one image.
  ///   - normalization: How pixels become inputs.
  ///   - clamps: Gates that are held.
  ///   - threads: How many threads to use.
  ///   - continues: Is called now and then; false ends the work.
  /// - Returns: Whether each example is given another class than its label, `[examples]`, or nil where
  ///   `continues` ended the work.
  /// - Precondition: The images have as many values as the network's input, and each label is a class.
  public func misclassified(
    _ split: DataSet.Split, shape: Shape, normalization: Normalization,
    clamps: GateClamps = GateClamps(), threads: Int = processorCount(),
    continues: () -> Bool = { true }
  ) -> [Bool]? {
    let stack = LayerStack(architecture, holding: clamps)
    let parameters = FloatBuffer(count: self.parameters.count)
    parameters.all.assign(self.parameters)
    let reader = BatchReader(split, shape: shape, normalization: normalization)
    let size = Network.inferenceBatch
    let batches = (split.count + size - 1) / size
    let results = Mutex([Bool](repeating: false, count: split.count))
    let stopped = Atomic(false)
    withoutActuallyEscaping(continues) { continues in
      let continues = CallersOwn(continues)
      inParallel(min(max(1, threads), max(1, batches))) { thread, team in
        let workspace = Workspace(stack, capacity: size, forTraining: false)
        for batch in stride(from: thread, to: batches, by: team.count) {
          if stopped.load(ordering: .relaxed) { return }
          let range = batch * size..<min((batch + 1) * size, split.count)
          reader.read(range, into: workspace)
          _ = stack.forward(parameters.all, in: workspace)
          let right = workspace.right
          results.withLock {
            for example in range { $0[example] = right[example - range.lowerBound] == 0 }
          }
          if thread == 0 && !continues.value() { stopped.store(true, ordering: .relaxed) }
        }
      }
    }
    return stopped.load(ordering: .relaxed) ? nil : results.withLock { $0 }
  }
}
