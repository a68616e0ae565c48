private import Synchronization

/// What happens to a network when its highway layers are lesioned, one at a time (Figure 4 of the highway
/// paper).
public struct LesionSweep: Sendable {
  /// How well a network classifies a set of samples.
  public struct Outcome: Hashable, Sendable {
    /// The mean softmax cross-entropy, in nats.
    public let loss: Double
    /// The fraction of samples classified wrongly.
    public let error: Double
    /// The same for the samples of each class, 0 where there are none; `[classes]`.
    public let classError: [Double]
  }

  /// The number of samples of each class; `[classes]`.
  public let samplesByClass: [Int]

  /// The network as it is.
  public let baseline: Outcome

  /// The numbers of the layers that were lesioned, and the outcome with T of that layer held at exactly 0.
  public let layers: [(layer: Int, outcome: Outcome)]
}

extension Network {
  /// Holds T of each highway layer at exactly 0, one layer at a time, without retraining.
  ///
  /// The layers below a lesion are computed once for all lesions. The result does not depend on the number
  /// of threads.
  ///
  /// - Parameters:
  ///   - split: The samples.
  ///   - shape: The shape of one image.
  ///   - normalization: How pixels become inputs.
  ///   - clamps: Gates that are held throughout.
  ///   - lesioned: The numbers of the highway layers to lesion; nil takes all, none the baseline alone.
  ///   - samples: How many samples to take; nil takes all.
  ///   - threads: How many threads to use.
  ///   - progress: Is called now and then with the fraction that is done; false ends the sweep.
  /// - Returns: The sweep, or nil where `progress` ended it.
  /// - Precondition: The images have as many values as the network's input, each label is a class, and
  ///   `lesioned` names highway layers.
  public func lesionSweep(
    _ split: DataSet.Split, shape: Shape, normalization: Normalization,
    clamps: GateClamps = GateClamps(), lesioned: [Int]? = nil, samples: Int? = nil,
    threads: Int = processorCount(),
    progress: (Double) -> Bool = { _ in true }
  ) -> LesionSweep? {
    let gated = lesioned ?? architecture.gatedLayers
    let sweep = LesionJob(
      stack: LayerStack(architecture, holding: clamps), gated: gated,
      lesions: gated.map { index in
        var clamps = clamps
        clamps.hold(GateClamps.Target(layer: index), at: 0)
        return LayerStack(architecture, holding: clamps).layers[index]
      })
    return sweep.run(
      parameters, BatchReader(split, shape: shape, normalization: normalization),
      samples: min(samples ?? split.count, split.count), threads: threads, progress: progress)
  }
}

/// The work of a sweep.
private struct LesionJob: Sendable {
  let stack: LayerStack
  /// The numbers of the highway layers to lesion.
  let gated: [Int]
  /// Each of them, lesioned.
  let lesions: [any Layer]

  /// Losses and errors of each class; one for each class.
  private typealias Sums = [(loss: Double, wrong: Int)]

  func run(
    _ values: [Float], _ reader: BatchReader, samples: Int, threads: Int,
    progress: (Double) -> Bool
  ) -> LesionSweep? {
    let size = Network.inferenceBatch
    let batches = (samples + size - 1) / size
    let parameters = FloatBuffer(count: values.count)
    parameters.all.assign(values)
    let turned = stack.turnedWeights(parameters.all)
    // One entry for the baseline and one for each lesion, for each batch: added in order at the end.
    let results = Mutex([[Sums]](repeating: [], count: batches))
    let done = Atomic(0)
    let stopped = Atomic(false)
    withoutActuallyEscaping(progress) { progress in
      let progress = CallersOwn(progress)
      inParallel(min(max(1, threads), max(1, batches))) { thread, team in
        let workspace = Workspace(stack, capacity: size, forTraining: false)
        let tail = TailMemory(stack, capacity: size)
        for batch in stride(from: thread, to: batches, by: team.count) {
          if stopped.load(ordering: .relaxed) { return }
          reader.read(batch * size..<min((batch + 1) * size, samples), into: workspace)
          let sums = sweep(parameters.all, turned, workspace, tail)
          results.withLock { $0[batch] = sums }
          let count = done.add(1, ordering: .relaxed).newValue
          if thread == 0 && !progress.value(Double(count) / Double(batches)) {
            stopped.store(true, ordering: .relaxed)
          }
        }
      }
    }
    if stopped.load(ordering: .relaxed) { return nil }
    let byBatch = results.withLock { $0 }
    var totals = [Sums](
      repeating: Sums(repeating: (0, 0), count: stack.classes), count: gated.count + 1)
    for sums in byBatch {
      for (entry, classes) in sums.enumerated() {
        for (label, sum) in classes.enumerated() {
          totals[entry][label].loss += sum.loss
          totals[entry][label].wrong += sum.wrong
        }
      }
    }
    var members = [Int](repeating: 0, count: stack.classes)
    for label in reader.split.labels.prefix(samples) { members[Int(label)] += 1 }
    let outcomes = totals.map { outcome($0, members: members) }
    return LesionSweep(
      samplesByClass: members, baseline: outcomes[0],
      layers: zip(gated, outcomes.dropFirst()).map { (layer: $0, outcome: $1) })
  }

  /// The sums of one batch: of the network as it is, then of each lesion.
  private func sweep(
    _ parameters: FloatSlice, _ turned: [TurnedMatrix?], _ workspace: Workspace,
    _ tail: TailMemory
  ) -> [Sums] {
    _ = stack.forward(parameters, turned: turned, in: workspace)
    let labels = workspace.labels
    var sums = [sum(workspace.losses, workspace.right, labels)]
    for (index, lesion) in zip(gated, lesions) {
      let input = workspace.input(of: index)
      let output: FloatSlice
      if let layer = lesion as? HighwayLayer, layer.returnsInputWhenClosed {
        output = input
      } else {
        output = tail.lesioned(width: lesion.output.count, examples: workspace.examples)
        lesion.forward(
          LayerMemory(
            examples: workspace.examples, parameters: parameters[lesion.parameters],
            input: input, output: output,
            cache: tail.cache(width: lesion.cachePerExample, examples: workspace.examples),
            turned: turned[index]))
      }
      let (losses, right) = stack.run(
        from: index + 1, output, labels: labels, parameters: parameters, turned: turned, in: tail)
      sums.append(sum(losses, right, labels))
    }
    return sums
  }

  private func sum(
    _ losses: FloatSlice, _ right: BufferSlice<UInt8>, _ labels: ArraySlice<UInt8>
  ) -> Sums {
    var sums = Sums(repeating: (0, 0), count: stack.classes)
    for (example, label) in labels.enumerated() {
      sums[Int(label)].loss += Double(losses[example])
      if right[example] == 0 { sums[Int(label)].wrong += 1 }
    }
    return sums
  }

  private func outcome(_ sums: Sums, members: [Int]) -> LesionSweep.Outcome {
    let samples = Double(max(1, members.reduce(0, +)))
    return LesionSweep.Outcome(
      loss: sums.reduce(0) { $0 + $1.loss } / samples,
      error: Double(sums.reduce(0) { $0 + $1.wrong }) / samples,
      classError: zip(sums, members).map { $1 > 0 ? Double($0.wrong) / Double($1) : 0 })
  }
}
