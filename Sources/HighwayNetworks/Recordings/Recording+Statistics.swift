import TensorFiles

extension Recording {
  /// How many values of a batch one thread decodes at once.
  static let valuesAtOnce = 1 << 23

  /// Reads the recording once and says what its gates did, as a network's statistics do.
  ///
  /// Memory does not grow with the number of samples: a batch is decoded at a time, block by block.
  ///
  /// - Parameters:
  ///   - count: Takes the first so many samples at the most.
  ///   - thresholds: What counts as carried and as transformed; of a gate with another range than [0, 1] as shares
  ///     of its range.
  ///   - threads: How many threads to use; the result does not depend on it.
  ///   - continues: Is called now and then with the fraction that is done; false ends the pass.
  /// - Returns: The statistics, or nil where `continues` ended the pass.
  /// - Throws: ``RecordingError`` where a file cannot be read.
  package func statistics(
    first count: Int? = nil, thresholds: Thresholds = Thresholds(),
    threads: Int = processorCount(), continues: Inference.Continues = { _ in true }
  ) throws(RecordingError) -> GateStatistics? {
    let groups = SampleGroups(
      labels, first: min(count ?? samples, samples), groups: labels.map { _ in classes })
    let shifts = try firstRows()
    let batches = batches(first: count)
    let begin = { @Sendable [blocks] in
      RecordedSums(
        sums: StatisticsAccumulator(
          blocks, shifts: shifts, groups: groups.count, hasUngrouped: groups.hasUngrouped,
          thresholds: thresholds))
    }
    let parts = reduceBatches(
      batches.count, parts: max(1, min(Shards.limit, batches.count)), threads: threads,
      continues: continues, begin: begin, makeWorker: {},
      add: { sums, _, batch in self.add(batches[batch], groups, to: &sums) })
    guard let parts else { return nil }
    var total = parts.first ?? begin()
    for part in parts.dropFirst() { total.add(part) }
    if let failure = total.failure { throw failure }
    let found = total.sums.statistics(gateBiases: gateBiases)
    var layers: [LayerStatistics] = []
    for (number, layer) in found.layers.enumerated() { layers.append(try ranged(layer, number)) }
    return GateStatistics(
      layers: layers, samples: found.samples, samplesByClass: found.samplesByClass, loss: nil,
      accuracy: nil, thresholds: thresholds)
  }

  /// Consecutive samples, each batch of one file, that are worked on at once.
  private func batches(first count: Int?) -> [Range<Int>] {
    let values =
      described.map { $0.units * $0.positionCount * max(1, $0.signals.count) }.max() ?? 1
    let size = max(1, min(Inference.batchSize, Self.valuesAtOnce / max(1, values)))
    let end = min(max(0, count ?? samples), samples)
    guard starts[starts.count - 1] > 0 else { return [0..<min(1, end)] }
    return zip(starts, starts.dropFirst()).flatMap { start, next in
      stride(from: start, to: min(next, end), by: size).map { $0..<min($0 + size, next, end) }
    }
  }

  /// The first row of each gate, about which it is summed, in the gate's own range.
  private func firstRows() throws(RecordingError) -> [[[Float]]] {
    var shifts: [[[Float]]] = []
    let first = parts[0]
    for (number, block) in described.enumerated() {
      var own: [[Float]] = []
      for gate in block.gates {
        switch gate.source {
        case .constant(let value): own.append([Float](repeating: value, count: block.units))
        case .recorded(let signal):
          own.append(
            Self.scaled(try first.rows(0..<1, ofSignal: signal, block: number), from: gate.range))
        }
      }
      shifts.append(own)
    }
    return shifts
  }

  /// Values as shares of the range that they can take.
  static func scaled(_ values: [Float], from range: ClosedRange<Float>) -> [Float] {
    guard range != 0...1 else { return values }
    let width = range.upperBound - range.lowerBound
    return values.map { ($0 - range.lowerBound) / width }
  }

  /// Statistics of shares as those of the values, with the gates' own biases.
  private func ranged(
    _ layer: LayerStatistics, _ number: Int
  ) throws(RecordingError) -> LayerStatistics {
    var signals: [SignalStatistics] = []
    for (found, gate) in zip(layer.signals, described[number].gates) {
      var signal = found.spread(over: gate.range)
      if case .recorded(let index) = gate.source {
        signal.bias = try parts[0].bias(ofSignal: index, block: number)
      }
      signals.append(signal)
    }
    return layer.replacing(signals)
  }

  /// Adds a batch of consecutive samples.
  private func add(_ batch: Range<Int>, _ groups: SampleGroups, to sums: inout RecordedSums) {
    guard sums.failure == nil, !batch.isEmpty else { return }
    let groupOf = groups.of(Batch(batch))
    sums.sums.begin(groupOf: groupOf)
    do throws(RecordingError) {
      for run in ranges(ofRuns: blocks.map(\.run)) {
        for piece in pieces(of: batch, block: run.lowerBound) {
          try add(piece, Array(groupOf), run, to: &sums.sums)
        }
      }
    } catch {
      sums.failure = error
    }
  }

  /// The rows of a batch that are decoded at once: all, or of one large sample a part of its positions.
  private func pieces(of batch: Range<Int>, block: Int) -> [RecordedRows] {
    let positions = described[block].positionCount
    let signals = max(1, described[block].signals.count)
    let most = max(1, Self.valuesAtOnce / (described[block].units * signals))
    guard batch.count == 1, positions > most else {
      return [RecordedRows(samples: batch, positions: 0..<positions)]
    }
    return stride(from: 0, to: positions, by: most).map {
      RecordedRows(samples: batch, positions: $0..<min($0 + most, positions))
    }
  }

  /// Adds some rows of the blocks of a run, which have one shape.
  private func add(
    _ rows: RecordedRows, _ groupOf: [Int32], _ run: Range<Int>,
    to sums: inout StatisticsAccumulator
  ) throws(RecordingError) {
    let reader = RecordedRowReader(self, rows, block: run.lowerBound)
    let rowGroups = reader.groups(groupOf)
    guard !rowGroups.isEmpty else { return }
    let last = run.upperBound - 1
    let final = try reader.state(.blockOutput, block: last)
    var before: FloatSlice?
    for block in run {
      for (gate, measured) in described[block].gates.enumerated() {
        let (values, stride) = try reader.gate(measured, block: block)
        sums.add(
          values, stride: stride, gate: gate, ofBlock: block, groupOf: rowGroups[...],
          rowsPerGroup: 1)
      }
      let output = block == last ? final : try reader.state(.blockOutput, block: block)
      let input = try reader.state(.blockInput, block: block) ?? before
      if blocks[block].hasResponse, let branch = try reader.state(.blockState, block: block) {
        sums.add(
          branch: branch, stride: described[block].units, input: input, rows: rowGroups.count,
          ofBlock: block)
      }
      if let output {
        sums.add(input: input, output: output, ofBlock: block)
        sums.add(output: output, lastOfRun: final, ofBlock: block)
      }
      // Only blocks that say how they combine are fed by the one before.
      before = blocks[block].gating == nil ? nil : output
    }
  }
}

/// The sums of some batches, or why there are none.
private struct RecordedSums: Sendable {
  var sums: StatisticsAccumulator
  var failure: RecordingError?

  mutating func add(_ other: RecordedSums) {
    sums.add(other.sums)
    failure = failure ?? other.failure
  }
}
