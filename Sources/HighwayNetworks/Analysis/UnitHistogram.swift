private import Synchronization

/// How often the transform gate of one unit took which value, for each class.
public struct UnitHistogram: Sendable {
  /// The layer's number, as in the checkpoint's tensor names.
  public let layer: Int
  /// The unit of that layer.
  public let unit: Int
  /// How many samples fall in each bin of T over [0, 1]; `[classes][LayerStatistics.histogramBins]`.
  public let counts: [[UInt32]]
  /// The mean of T over each class's samples, 0 for a class without samples; `[classes]`.
  public let means: [Double]
  /// The number of samples of each class; `[classes]`.
  public let samplesByClass: [Int]
}

extension Network {
  /// Runs the network up to one highway layer over the first examples of a split and sorts T of one unit
  /// by class and value.
  ///
  /// The result does not depend on the number of threads.
  ///
  /// - Precondition: `layer` is a highway layer and `unit` one of its units; the images have as many
  ///   values as the network's input, and each label is a class.
  public func unitHistogram(
    layer: Int, unit: Int, over split: DataSet.Split, shape: Shape, normalization: Normalization,
    clamps: GateClamps = GateClamps(), samples: Int? = nil, threads: Int = processorCount()
  ) -> UnitHistogram {
    let stack = LayerStack(architecture, holding: clamps)
    guard stack.layers.indices.contains(layer), let gated = stack.layers[layer] as? HighwayLayer
    else { preconditionFailure("the layer is a highway layer") }
    precondition((0..<gated.units).contains(unit), "the unit is one of the layer's")
    let parameters = FloatBuffer(count: self.parameters.count)
    parameters.all.assign(self.parameters)
    let reader = BatchReader(split, shape: shape, normalization: normalization)
    let samples = min(samples ?? split.count, split.count)
    let size = Network.inferenceBatch
    let batches = (samples + size - 1) / size
    let shards = max(1, min(Shards.limit, batches))
    let constant = gated.constantTransformGate[unit]
    let turned = stack.turnedWeights(parameters.all)
    // Added in the order of the shards, so that the sums of T do not depend on the threads.
    let parts = Mutex([UnitSums](repeating: UnitSums(classes: stack.classes), count: shards))
    inParallel(min(max(1, threads), shards)) { thread, team in
      let workspace = Workspace(stack, capacity: size, forTraining: false)
      for shard in stride(from: thread, to: shards, by: team.count) {
        var own = UnitSums(classes: stack.classes)
        for batch in stride(from: shard, to: batches, by: shards) {
          reader.read(batch * size..<min((batch + 1) * size, samples), into: workspace)
          stack.forward(through: layer, parameters.all, turned: turned, in: workspace)
          let values = GateValues(
            gated, cache: workspace.cache(of: layer), examples: workspace.examples)
          let gates = values.transformGates
          for (example, label) in workspace.labels.enumerated() {
            own.add(
              gates.map { $0.0[example * $0.stride + unit] } ?? constant, class: Int(label))
          }
        }
        parts.withLock { $0[shard] = own }
      }
    }
    var total = UnitSums(classes: stack.classes)
    for part in parts.withLock({ $0 }) { total.add(part) }
    return UnitHistogram(
      layer: layer, unit: unit, counts: total.counts,
      means: zip(total.sums, total.members).map { $1 > 0 ? $0 / Double($1) : 0 },
      samplesByClass: total.members)
  }
}

/// The running sums of one unit, by class.
private struct UnitSums {
  var counts: [[UInt32]]
  var sums: [Double]
  var members: [Int]

  init(classes: Int) {
    counts = Array(
      repeating: [UInt32](repeating: 0, count: LayerStatistics.histogramBins), count: classes)
    sums = [Double](repeating: 0, count: classes)
    members = [Int](repeating: 0, count: classes)
  }

  mutating func add(_ gate: Float, class label: Int) {
    let bins = LayerStatistics.histogramBins
    members[label] += 1
    sums[label] += Double(gate)
    // A gate that is not a number belongs to no bin.
    guard gate >= 0 else { return }
    counts[label][min(bins - 1, Int(min(gate, 1) * Float(bins)))] += 1
  }

  mutating func add(_ other: UnitSums) {
    for label in members.indices {
      members[label] += other.members[label]
      sums[label] += other.sums[label]
      for bin in counts[label].indices { counts[label][bin] += other.counts[label][bin] }
    }
  }
}
