/// What happens to a network when its gated layers are lesioned, one at a time (Figure 4 of the highway
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
    /// The mean loss over the samples of each class, 0 where there are none; `[classes]`.
    public var classLoss: [Double] = []
  }

  /// The number of samples of each class; `[classes]`.
  public let samplesByClass: [Int]

  /// The network as it is.
  public let baseline: Outcome

  /// The numbers of the layers that were lesioned, and the outcome with T of that layer held at exactly 0.
  public let layers: [(layer: Int, outcome: Outcome)]

  /// The same with one micro-step of a recurrent highway layer alone, where a layer has several: with its T at 0 it
  /// passes the state on, and the first leaves the input out.
  public var microSteps: [(layer: Int, microStep: Int, outcome: Outcome)] = []

  /// The sweep with the lesions of some of the layers.
  package func ofLayers(_ numbers: Set<Int>) -> LesionSweep {
    LesionSweep(
      samplesByClass: samplesByClass, baseline: baseline,
      layers: layers.filter { numbers.contains($0.layer) },
      microSteps: microSteps.filter { numbers.contains($0.layer) })
  }

  /// A sweep of which other layers were lesioned later: the later outcome of each layer counts.
  package func renewed(by later: LesionSweep) -> LesionSweep {
    let new = Dictionary(later.layers.map { ($0.layer, $0.outcome) }) { $1 }
    return LesionSweep(
      samplesByClass: later.samplesByClass, baseline: later.baseline,
      layers: layers.map { (layer: $0.layer, outcome: new[$0.layer] ?? $0.outcome) },
      microSteps: microSteps.map { old in
        later.microSteps.last { $0.layer == old.layer && $0.microStep == old.microStep } ?? old
      })
  }
}

extension Inference {
  /// Holds T of gated layers at exactly 0, one layer at a time, without retraining.
  ///
  /// The layers below a lesion are computed once for all lesions. Gates that are held already stay so.
  ///
  /// - Parameters:
  ///   - samples: What to run over.
  ///   - lesioned: The numbers of the gated layers to lesion; nil takes all, none the baseline alone.
  ///   - threads: How many threads to use.
  ///   - continues: Is called now and then with the fraction that is done; false ends the sweep.
  /// - Returns: The sweep, or nil where `continues` ended it.
  /// - Precondition: The network has an output, the samples have labels, each one of its classes, and
  ///   `lesioned` names gated layers.
  public func lesions(
    of samples: Samples, lesioned: [Int]? = nil, threads: Int = processorCount(),
    continues: Continues
  ) -> LesionSweep? {
    guard let classes = architecture.classes else {
      preconditionFailure("lesions are measured by an output")
    }
    let lesions = Lesions(self, lesioned ?? stack.gated, among: ranks.count, of: samples)
    let groups = lesions.groups
    let parts = reduceAmongRanks(
      samples, .batches, groups: groups, threads: threads, continues: continues,
      begin: { [[Outcomes]]() },
      makeWorker: { LesionWorker(self) }, endWorker: { self.end($0.whole) },
      add: { sums, worker, reader, batch in
        lesions.run(reader, batch, worker, into: &sums)
      })
    guard let parts else { return nil }
    let labels = LabelGroups(samples, classes: classes)
    func outcome(group: Int, entry: Int) -> LesionSweep.Outcome {
      let own = stride(from: group, to: parts.count, by: groups)
      return Outcomes(joining: own.flatMap { parts[$0].map { $0[entry] } }).outcome(labels)
    }
    var members = [Int](repeating: 0, count: labels.count)
    for label in samples.split.labels(of: 0..<samples.count) where label >= 0 {
      members[labels[label]] += 1
    }
    let found = lesions.targets.enumerated().map { index, target in
      (target: target, outcome: outcome(group: index % groups, entry: 1 + index / groups))
    }
    return LesionSweep(
      samplesByClass: members, baseline: outcome(group: 0, entry: 0),
      layers: found.compactMap { $0.target.microStep == nil ? ($0.target.layer, $0.outcome) : nil },
      microSteps: found.compactMap { lesion in
        lesion.target.microStep.map { (lesion.target.layer, $0, lesion.outcome) }
      })
  }

  /// Holds T of gated layers at exactly 0, one layer at a time, without retraining.
  ///
  /// - Precondition: As for ``lesions(of:lesioned:threads:continues:)``.
  public func lesions(
    of samples: Samples, lesioned: [Int]? = nil, threads: Int = processorCount()
  ) -> LesionSweep {
    let sweep = lesions(of: samples, lesioned: lesioned, threads: threads) { _ in true }
    guard let sweep else { preconditionFailure("nothing ended the sweep") }
    return sweep
  }
}

/// Replacements for layers of a network, one at a time.
private struct Lesions: Sendable {
  let inference: Inference
  /// What to lesion: layers by their numbers, and behind each its micro-steps where it has several.
  let targets: [(layer: Int, microStep: Int?)]
  /// Each of them, lesioned.
  let closed: [any GatedLayer]
  /// The number of groups that the layers are divided into: of few samples there are fewer batches than ranks.
  let groups: Int

  init(_ inference: Inference, _ layers: [Int], among ranks: Int, of samples: Samples) {
    self.inference = inference
    let shapes = inference.architecture.shapes
    targets = layers.flatMap { layer -> [(layer: Int, microStep: Int?)] in
      let count = shapes[layer + 1].microSteps
      return [(layer, nil)] + (count > 1 ? (0..<count).map { (layer, $0) } : [])
    }
    let batches = max(1, inference.parts(of: samples, .batches))
    groups = ranks == 1 ? 1 : max(1, min(targets.count, (4 * ranks + batches - 1) / batches))
    closed = targets.map { layer, microStep in
      var clamps = inference.clamps
      let units = microStep.map { step in
        step * shapes[layer + 1].features..<(step + 1) * shapes[layer + 1].features
      }
      clamps.hold(GateClamps.Target(layer: layer, units: units), at: 0)
      return inference.stack.gatedLayer(layer, of: inference.architecture, holding: clamps)
    }
  }

  /// Adds the outcomes of one batch: of the network as it is, then of each lesion of the batch's group.
  func run(
    _ reader: BatchReader, _ batch: Batch, _ worker: LesionWorker, into sums: inout [[Outcomes]]
  ) {
    let whole = worker.whole
    inference.run(reader, batch, in: whole)
    var outcomes = [Outcomes(whole)]
    outcomes.reserveCapacity(closed.count / groups + 2)
    for entry in stride(from: batch.group, to: targets.count, by: groups) {
      let (index, layer) = (targets[entry].layer, closed[entry])
      worker.begin(lesion: entry, continuing: batch.isContinued)
      worker.run(layer, insteadOf: index)
      worker.end(lesion: entry)
      outcomes.append(Outcomes(worker.tail))
    }
    sums.append(outcomes)
  }
}

/// What a thread needs for lesions: a pass that keeps the input of every layer, and one that runs on from
/// a lesion and keeps nothing but the result.
private final class LesionWorker {
  let whole: Workspace
  let tail: Workspace
  private let inference: Inference
  private var memories: [LayerMemory] = []
  /// The state that each lesioned network has left, where it goes on.
  private var states: [Int: (examples: Int, values: [Float])] = [:]

  init(_ inference: Inference) {
    self.inference = inference
    whole = inference.workspace()
    tail = Workspace(inference.stack, capacity: inference.examplesAtOnce, for: .result)
  }

  /// Takes the examples that have just gone through the whole network, to go on with where the lesioned one ended.
  func begin(lesion: Int, continuing: Bool) {
    if continuing, let left = states[lesion] {
      tail.leave(left.values, examples: left.examples)
    }
    tail.begin(
      examples: whole.examples, labels: whole.labels,
      lengths: ArraySlice(whole.lengths?.array ?? []), continuing: continuing)
    if inference.stack.latent != nil { tail.input.assign(whole.input) }
    if memories.first?.examples != tail.examples {
      memories = inference.stack.memories(
        inference.parameters, prepared: inference.prepared, in: tail)
    }
  }

  /// Keeps what a lesioned network leaves.
  func end(lesion: Int) {
    if inference.stack.carriesState {
      states[lesion] = (tail.examples, tail.endStates)
    }
  }

  /// Runs the network from a layer on, with another layer in its place.
  func run(_ layer: any GatedLayer, insteadOf index: Int) {
    let input = whole.input(of: index)
    var next = index + 1
    if layer.returnsInputWhenClosed {
      // The layers behind it take the same input as the layer itself.
      if next < memories.count {
        inference.stack.layers[next].forward(memories[next].reading(input, cells: nil))
        next += 1
      }
    } else {
      layer.forward(
        memories[index].reading(input, cells: index > 0 ? whole.cells(of: index - 1) : nil))
    }
    inference.stack.forward(memories, next..<memories.count)
    _ = inference.stack.objective.measure(tail)
  }
}

extension LayerMemory {
  /// The same with another input, and other cells below where it takes them.
  fileprivate func reading(_ input: FloatSlice, cells: FloatSlice?) -> LayerMemory {
    var other = self
    other.input = input
    if other.lowerCells != nil { other.lowerCells = cells }
    return other
  }
}

extension Outcomes {
  /// The means over all samples and over those of each group.
  fileprivate func outcome(_ groups: LabelGroups) -> LesionSweep.Outcome {
    let sums = by(groups)
    let samples = Double(max(1, losses.count))
    return LesionSweep.Outcome(
      loss: sums.reduce(0) { $0 + $1.loss } / samples,
      error: Double(sums.reduce(0) { $0 + $1.wrong }) / samples,
      classError: sums.map { $0.samples > 0 ? Double($0.wrong) / Double($0.samples) : 0 },
      classLoss: sums.map { $0.samples > 0 ? $0.loss / Double($0.samples) : 0 })
  }
}
