import TensorFiles

extension Recording {
  /// The most values that are shown of one sample.
  private static let mostValues = 1 << 26

  /// What one sample did at every block: of what was not recorded, NaN.
  ///
  /// - Precondition: The sample is one of the recording's.
  /// - Throws: ``RecordingError`` where it cannot be read.
  package func trace(_ sample: Int) throws(RecordingError) -> SampleTrace {
    precondition((0..<samples).contains(sample), "the sample is one of the recording's")
    let values = described.reduce(0) {
      $0 + $1.units * $1.positionCount * ($1.signals.count + Self.shown.count)
    }
    guard values <= Self.mostValues else {
      throw .tooMany(
        path: paths[0], what: "values of one sample", limit: Self.mostValues, found: values)
    }
    var layers: [SampleTrace.Layer] = []
    for block in described.indices { layers.append(try layer(block, of: sample)) }
    return SampleTrace(layers: layers, probabilities: [], loss: nil)
  }

  /// What is shown of every layer, whether it was recorded or not.
  private static let shown: [Signal] = [.blockState, .transformGate, .carryGate, .blockOutput]

  private func layer(_ block: Int, of sample: Int) throws(RecordingError) -> SampleTrace.Layer {
    let described = described[block]
    let (part, place) = place(of: sample)
    let rows = place * described.positionCount..<(place + 1) * described.positionCount
    let counting = rowsThatCount(sample: sample, block: block)
    var signals: [(signal: Signal, values: [Float])] = []
    for (index, recorded) in described.signals.enumerated() {
      let found = try part.rows(rows, ofSignal: index, block: block)
      let isConstant = part.isConstant(block: block, signal: index)
      var values = isConstant ? repeated(found, described.positionCount) : found
      for behind in counting * described.units..<values.count { values[behind] = .nan }
      signals.append((recorded.signal, values))
    }
    let count = described.units * described.positionCount
    if described.hasComplement,
      let gate = signals.first(where: { $0.signal == described.gates.first?.signal })
    {
      signals.append((.carryGate, gate.values.map { 1 - $0 }))
    }
    for signal in Self.shown where !signals.contains(where: { $0.signal == signal }) {
      let constant: Float =
        switch (signal, described.gating) {
        case (.transformGate, let gating?) where !gating.learnsTransformGate: gating.constantT
        case (.carryGate, let gating?) where !gating.learnsCarryGate: gating.constantC
        default: .nan
        }
      signals.append((signal, [Float](repeating: constant, count: count)))
    }
    return SampleTrace.Layer(
      layer: block, units: described.units, signals: signals, counting: counting)
  }

  private func repeated(_ row: [Float], _ count: Int) -> [Float] {
    Array(repeatElement(row, count: count).joined())
  }

  /// Sorts a gate of one unit by class and value.
  ///
  /// - Precondition: The block has the gate, and the unit is one of its.
  /// - Returns: The histogram, or nil where `continues` ended the pass.
  /// - Throws: ``RecordingError`` where a file cannot be read.
  package func histogram(
    block: Int, unit: Int, of signal: Signal, first count: Int? = nil,
    continues: Inference.Continues = { _ in true }
  ) throws(RecordingError) -> UnitHistogram? {
    let described = described[block]
    guard let gate = described.gates.first(where: { $0.signal == signal }) else {
      preconditionFailure("the block has the gate")
    }
    precondition((0..<described.units).contains(unit), "the unit is one of the block's")
    let end = min(max(0, count ?? samples), samples)
    let groups = SampleGroups(labels, first: end, groups: labels.map { _ in classes })
    let all = groups.count + (groups.hasUngrouped ? 1 : 0)
    var sums = UnitSums(groups: all, positions: described.positionCount)
    var byClass = [Int](repeating: 0, count: all)
    for sample in 0..<end {
      let group = Int(groups.of(Batch(sample..<sample + 1)).first ?? 0)
      byClass[group] += 1
      let counting = rowsThatCount(sample: sample, block: block)
      let most = max(1, Self.valuesAtOnce / described.units)
      for start in stride(from: 0, to: counting, by: most) {
        let rows = start..<min(start + most, counting)
        for (position, value) in zip(rows, try column(gate, block, unit, sample, rows)) {
          sums.add(value, group: group, position: position)
        }
      }
      if sample % 64 == 0, !continues(Double(sample) / Double(end)) { return nil }
    }
    return sums.histogram(
      layer: block, unit: unit, samplesByClass: Array(byClass.prefix(groups.count)),
      range: gate.range)
  }

  /// A gate of one unit at some positions of a sample, as shares of its range.
  private func column(
    _ gate: RecordedBlock.Gate, _ block: Int, _ unit: Int, _ sample: Int, _ positions: Range<Int>
  ) throws(RecordingError) -> [Float] {
    switch gate.source {
    case .constant(let value): return [Float](repeating: value, count: positions.count)
    case .recorded(let signal):
      let (part, place) = place(of: sample)
      let units = described[block].units
      let start = place * described[block].positionCount + positions.lowerBound
      let rows = try part.rows(start..<start + positions.count, ofSignal: signal, block: block)
      let isConstant = part.isConstant(block: block, signal: signal)
      return Self.scaled(
        positions.indices.map {
          rows[isConstant ? unit : ($0 - positions.lowerBound) * units + unit]
        },
        from: gate.range)
    }
  }
}
