/// How often the transform gate of one unit took which value, for each class.
public struct UnitHistogram: Sendable {
  /// The layer's number, as in the checkpoint's tensor names.
  public let layer: Int
  /// The unit of that layer.
  public let unit: Int
  /// How many samples and positions fall in each bin of T over [0, 1]; `[classes][SignalStatistics.histogramBins]`.
  public let counts: [[UInt32]]
  /// The mean of T over each class's samples, 0 for a class without samples; `[classes]`.
  public let means: [Double]
  /// The number of samples of each class; `[classes]`.
  public let samplesByClass: [Int]
  /// The mean of T over the samples at each position of a map; one value where there is one position.
  public internal(set) var positionMeans: [Float] = []
  /// The values that the gate can take, which the bins divide.
  public internal(set) var range: ClosedRange<Float> = 0...1
}

extension Inference {
  /// Runs the network up to one gated layer over samples and sorts T of one unit, or another signal, by class and
  /// value.
  ///
  /// - Precondition: `layer` is a gated layer, `unit` one of its units, and the signal one that it has values of;
  ///   labels, where there are any, are classes of the network.
  public func histogram(
    layer: Int, unit: Int, of gate: Signal = .transformGate, over samples: Samples,
    threads: Int = processorCount()
  ) -> UnitHistogram {
    let gated = stack.gatedLayer(layer)
    guard let signal = gated.signals.index(of: gate) else {
      preconditionFailure("the layer has the signal")
    }
    let range = gated.signals[signal].range
    precondition((0..<gated.output.units).contains(unit), "the unit is one of the layer's")
    let groups = SampleGroups(samples, classes: architecture.classes)
    let isWhole = groups.membersPerSample > 1 && !gated.output.isSequence
    let count = groups.count + (groups.hasUngrouped || isWhole ? 1 : 0)
    let rowsPerExample = gated.output.positionCount
    let stack = stack
    let parts = reduce(
      samples, .shards, threads: threads, continues: { _ in true },
      begin: { UnitSums(groups: count, positions: rowsPerExample) },
      makeWorker: { [examplesAtOnce] in
        Workspace(stack, capacity: examplesAtOnce, for: .result)
      },
      add: { [parameters, prepared] sums, workspace, reader, batch in
        reader.read(batch, into: workspace)
        let memories = stack.memories(parameters, prepared: prepared, in: workspace)
        stack.forward(memories, 0..<layer + 1)
        let values = gated.values(ofSignal: signal, in: memories[layer])
        let groupOf = isWhole ? groups.ofWholeSamples(groups.of(batch)) : groups.of(batch)
        let lengths = gated.output.isSequence ? workspace.lengths : nil
        let membersPerRow = groups.membersPerSample == 1 ? rowsPerExample : 1
        for group in groupOf { sums.samples[Int(group)] += 1 }
        for row in 0..<workspace.examples * rowsPerExample {
          if let lengths, row % rowsPerExample >= Int(lengths[row / rowsPerExample]) { continue }
          let gate =
            switch values {
            case .rows(let rows, let stride): rows[row * stride + unit]
            case .constant(let row): row[unit]
            case .complement: Float.nan
            }
          sums.add(
            (gate - range.lowerBound) / (range.upperBound - range.lowerBound),
            group: Int(groupOf[groupOf.startIndex + row / membersPerRow]),
            position: row % rowsPerExample)
        }
      })
    var total = UnitSums(groups: count, positions: rowsPerExample)
    for part in parts ?? [] { total.add(part) }
    return total.histogram(
      layer: layer, unit: unit, samplesByClass: Array(total.samples.prefix(groups.count)),
      range: range)
  }
}

/// The running sums of one unit, by group.
struct UnitSums: Sendable {
  var counts: [[UInt32]]
  var sums: [Double]
  var members: [Int]
  /// The number of samples, or of steps with a class of their own.
  var samples: [Int]
  /// By position, of all groups.
  var positions: [Double]
  /// How many rows there were of each position.
  private var positionRows: [Int]

  init(groups: Int, positions: Int) {
    counts = Array(
      repeating: [UInt32](repeating: 0, count: SignalStatistics.histogramBins), count: groups)
    sums = [Double](repeating: 0, count: groups)
    members = [Int](repeating: 0, count: groups)
    samples = members
    self.positions = [Double](repeating: 0, count: positions)
    positionRows = [Int](repeating: 0, count: positions)
  }

  /// What the sums say of the groups that have a name; they are of shares of a range.
  func histogram(
    layer: Int, unit: Int, samplesByClass: [Int], range: ClosedRange<Float> = 0...1
  ) -> UnitHistogram {
    let groups = samplesByClass.count
    let (low, width) = (Double(range.lowerBound), Double(range.upperBound - range.lowerBound))
    var histogram = UnitHistogram(
      layer: layer, unit: unit, counts: Array(counts.prefix(groups)),
      means: zip(sums, members).prefix(groups).map { $1 > 0 ? low + width * $0 / Double($1) : 0 },
      samplesByClass: samplesByClass,
      positionMeans: zip(positions, positionRows).map {
        Float(low + width * $0 / Double(max(1, $1)))
      })
    histogram.range = range
    return histogram
  }

  mutating func add(_ gate: Float, group: Int, position: Int) {
    let bins = SignalStatistics.histogramBins
    members[group] += 1
    sums[group] += Double(gate)
    positions[position] += Double(gate)
    positionRows[position] += 1
    // A gate that is not a number belongs to no bin.
    guard !gate.isNaN else { return }
    counts[group][min(bins - 1, Int(min(max(gate, 0), 1) * Float(bins)))] += 1
  }

  mutating func add(_ other: UnitSums) {
    for position in positions.indices {
      positions[position] += other.positions[position]
      positionRows[position] += other.positionRows[position]
    }
    for group in members.indices {
      members[group] += other.members[group]
      samples[group] += other.samples[group]
      sums[group] += other.sums[group]
      for bin in counts[group].indices { counts[group][bin] += other.counts[group][bin] }
    }
  }
}
