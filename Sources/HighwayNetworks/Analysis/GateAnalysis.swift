private import Synchronization

extension Network {
  /// Runs the network over the first examples of a split and says what its gates did.
  ///
  /// One pass over the data; memory does not grow with the number of examples, and the result does not
  /// depend on the number of threads. `samples` says how many examples to take; nil takes all.
  ///
  /// - Precondition: The images have as many values as the network's input, and each label is a class.
  public func gateStatistics(
    _ split: DataSet.Split, shape: Shape, normalization: Normalization,
    thresholds: Thresholds = Thresholds(), clamps: GateClamps = GateClamps(), samples: Int? = nil,
    threads: Int = processorCount()
  ) -> GateStatistics {
    let found = gateStatistics(
      split, shape: shape, normalization: normalization, thresholds: thresholds, clamps: clamps,
      samples: samples, threads: threads
    ) { true }
    guard let found else { preconditionFailure("nothing ended the pass") }
    return found
  }

  /// Runs the network over the first examples of a split and says what its gates did, as long as that is
  /// wanted.
  ///
  /// `continues` is called now and then, and false ends the work; the result is nil then.
  ///
  /// - Precondition: As without `continues`.
  public func gateStatistics(
    _ split: DataSet.Split, shape: Shape, normalization: Normalization,
    thresholds: Thresholds = Thresholds(), clamps: GateClamps = GateClamps(), samples: Int? = nil,
    threads: Int = processorCount(), continues: () -> Bool
  ) -> GateStatistics? {
    let stack = LayerStack(architecture, holding: clamps)
    let parameters = FloatBuffer(count: self.parameters.count)
    parameters.all.assign(self.parameters)
    let reader = BatchReader(split, shape: shape, normalization: normalization)
    let samples = min(samples ?? split.count, split.count)
    let size = Network.inferenceBatch
    let batches = (samples + size - 1) / size
    let turned = stack.turnedWeights(parameters.all)
    let shift = stack.firstGates(parameters.all, reader, samples: samples)
    // Batches are dealt to a fixed number of accumulators, whose sums are added in their order.
    let shards = max(1, min(Shards.limit, batches))
    let sums = Mutex(
      [GateSums?](repeating: nil, count: shards))
    let stopped = Atomic(false)
    withoutActuallyEscaping(continues) { continues in
      let continues = CallersOwn(continues)
      inParallel(min(max(1, threads), shards)) { thread, team in
        let workspace = Workspace(stack, capacity: size, forTraining: false)
        for shard in stride(from: thread, to: shards, by: team.count) {
          var own = GateSums(stack, shift: shift, thresholds: thresholds)
          for batch in stride(from: shard, to: batches, by: shards) {
            if stopped.load(ordering: .relaxed) { return }
            reader.read(batch * size..<min((batch + 1) * size, samples), into: workspace)
            let right = stack.forward(parameters.all, turned: turned, in: workspace)
            own.add(workspace, right: right)
            if thread == 0 && !continues.value() { stopped.store(true, ordering: .relaxed) }
          }
          sums.withLock { $0[shard] = own }
        }
      }
    }
    if stopped.load(ordering: .relaxed) { return nil }
    var total = GateSums(stack, shift: shift, thresholds: thresholds)
    for case let part? in sums.withLock({ $0 }) { total.add(part) }
    return total.statistics(of: self)
  }

  /// Runs the network over one example and says what each highway layer did.
  ///
  /// - Precondition: The images have as many values as the network's input, and `sample` is one of the
  ///   split's.
  public func trace(
    _ sample: Int, of split: DataSet.Split, shape: Shape, normalization: Normalization,
    clamps: GateClamps = GateClamps()
  ) -> SampleTrace {
    SampleTracer(self, clamps: clamps).trace(
      sample, of: split, shape: shape, normalization: normalization)
  }
}

extension LayerStack {
  /// T of the first example in every highway layer, one after the other: what the sums of T are taken
  /// about.
  fileprivate func firstGates(
    _ parameters: FloatSlice, _ reader: BatchReader, samples: Int
  ) -> [[Float]] {
    useOneThreadPerProduct()
    let workspace = Workspace(self, capacity: 1, forTraining: false)
    reader.read(0..<min(1, samples), into: workspace)
    if samples > 0 { _ = forward(parameters, in: workspace) }
    return layers.indices.compactMap { index in
      guard let layer = layers[index] as? HighwayLayer else { return nil }
      guard samples > 0 else { return [Float](repeating: 0, count: layer.units) }
      return GateValues(layer, cache: workspace.cache(of: index), examples: 1).transformGate
    }
  }
}
