/// The sums of one block.
struct BlockAccumulator: Sendable {
  let block: Block
  /// T, then the gates that do not follow from it.
  var gates: [SignalAccumulator]
  /// The response of a block whose transform gate is not learned.
  var response: ResponseAccumulator
  /// The sum over samples, positions and units of |y − x|; not a number where they have other extents.
  var change = 0.0
  /// The sums of the parts of cells, where there are some.
  var parts: CellParts?
  /// The sums of each micro-step, where there are several.
  private var microSteps: [BlockAccumulator]
  /// The sum over samples, positions and units of y − y_last.
  private var difference = 0.0
  private var differenceSquares = 0.0
  /// The number of values of y.
  private var values = 0

  init(_ block: Block, shifts: [[Float]], groups: Int) {
    self.block = block
    gates = shifts.map { SignalAccumulator(groups: groups, shift: $0) }
    response = ResponseAccumulator(units: block.hasResponse ? block.features : 0)
    microSteps =
      block.microSteps > 1
      ? block.parts.map { part in
        BlockAccumulator(part, shifts: shifts.map { Array($0[part.units]) }, groups: groups)
      } : []
  }

  /// Adds a gate for a batch, each of whose groups has so many rows.
  mutating func add(
    _ values: FloatSlice, stride: Int, gate: Int, groupOf: ArraySlice<Int32>, rowsPerGroup: Int,
    thresholds: Thresholds
  ) {
    gates[gate].add(
      values, stride: stride, groupOf: groupOf, rowsPerExample: rowsPerGroup,
      thresholds: thresholds)
    guard !groupOf.isEmpty, rowsPerGroup > 0 else { return }
    for index in microSteps.indices {
      let own = values[microSteps[index].block.firstUnit..<values.count]
      microSteps[index].gates[gate].add(
        own, stride: stride, groupOf: groupOf, rowsPerExample: rowsPerGroup,
        thresholds: thresholds)
    }
  }

  /// Adds how far each micro-step goes from the one before, and how far it is from the last.
  mutating func add(microStepOutputs values: FloatSlice, stride: Int, rows: Int) {
    let last = microSteps.count - 1
    for index in microSteps.indices {
      let units = block.features / microSteps.count
      var (change, difference, squares) = (0.0, 0.0, 0.0)
      for row in 0..<rows {
        let start = row * stride
        let own = values[start + index * units..<start + (index + 1) * units]
        if index > 0 {
          change += sumOfDistances(own, values[start + (index - 1) * units..<start + index * units])
        }
        let end = sumsOfDifference(own, values[start + last * units..<start + (last + 1) * units])
        difference += end.sum
        squares += end.squares
      }
      microSteps[index].change += index > 0 ? change : .nan
      microSteps[index].difference += difference
      microSteps[index].differenceSquares += squares
      microSteps[index].values += rows * units
    }
  }

  mutating func add(output: FloatSlice, lastOfRun: FloatSlice?) {
    values += output.count
    let ahead = lastOfRun.map { sumsOfDifference(output, $0) } ?? (sum: .nan, squares: .nan)
    difference += ahead.sum
    differenceSquares += ahead.squares
  }

  mutating func add(_ other: BlockAccumulator) {
    for index in gates.indices { gates[index].add(other.gates[index]) }
    values += other.values
    change += other.change
    difference += other.difference
    differenceSquares += other.differenceSquares
    response.add(other.response)
    if let more = other.parts { parts = (parts ?? CellParts()) + more }
    for index in microSteps.indices { microSteps[index].add(other.microSteps[index]) }
  }

  func statistics(
    gateBias: [Float]?, samples: Int, samplesByGroup: [Int]
  ) -> LayerStatistics {
    // Where no output was measured, nothing that is made of it is a number.
    let values = block.signals.contains(.blockOutput) ? Double(max(values, 1)) : .nan
    let error = difference / values
    let signals = zip(gates, block.measured).map { gate, signal in
      var found = gate.statistics(of: signal, groups: samplesByGroup.count)
      found.cells = counts(gate, samples: samples, of: gate.rows.indices)
      found.groupCells = samplesByGroup.indices.map {
        counts(gate, samples: samplesByGroup[$0], of: $0..<$0 + 1)
      }
      return block.states.contains(signal) ? found.spread(over: signal.range) : found
    }
    let cells = Double(max(1, gates[0].rows.reduce(0, +) * block.features))
    var found = LayerStatistics(
      layer: block.number, run: block.run, gating: block.gating, gateBias: gateBias,
      signals: signals, meanC: meanC, cells: signals[0].cells, cellsByClass: signals[0].groupCells,
      change: change / values, estimationErrorMean: error,
      estimationErrorStd: max(differenceSquares / values - error * error, 0).squareRoot(),
      response: block.hasResponse ? response.statistics : nil)
    found.cellParts = parts.map {
      CellParts(kept: $0.kept / cells, new: $0.new / cells, below: $0.below / cells)
    }
    found.microSteps = microSteps.map { part in
      part.statistics(
        gateBias: gateBias.map { Array($0[part.block.units]) }, samples: samples,
        samplesByGroup: samplesByGroup)
    }
    return found
  }

  private var meanC: [Float] {
    let carry = block.gates.firstIndex { $0.role == .carry } ?? gates.count
    if carry < gates.count { return gates[carry].means.map { Float($0) } }
    guard let gating = block.gating else {
      return [Float](repeating: .nan, count: block.features)
    }
    if gating.couplesCarryGate { return gates[0].means.map { Float(1 - $0) } }
    return [Float](repeating: gating.constantC, count: block.features)
  }

  private func counts(
    _ gate: SignalAccumulator, samples: Int, of groups: Range<Int>
  ) -> CellCounts {
    func mean(_ kind: Int) -> Double {
      Double(groups.reduce(0) { $0 + gate.cells[$1 * 4 + kind] }) / Double(max(1, samples))
    }
    let missing = groups.reduce(0) { $0 + gate.missing[$1] }
    return CellCounts(
      carried: mean(0), mixed: mean(1), transformed: mean(2), open: mean(3),
      notANumber: Double(missing) / Double(max(1, samples)))
  }
}

extension BlockAccumulator: Transferable {
  func write(to values: inout PackedValues) {
    for gate in gates { gate.write(to: &values) }
    response.write(to: &values)
    values.append([change, difference, differenceSquares])
    values.append(self.values)
    values.append(parts.map { [$0.kept, $0.new, $0.below] } ?? [])
    for part in microSteps { part.write(to: &values) }
  }

  mutating func read(from values: inout PackedValues) {
    for index in gates.indices { gates[index].read(from: &values) }
    response.read(from: &values)
    let sums: [Double] = values.take()
    (change, difference, differenceSquares) = (sums[0], sums[1], sums[2])
    self.values = values.take()
    let found: [Double] = values.take()
    parts = found.isEmpty ? nil : CellParts(kept: found[0], new: found[1], below: found[2])
    for index in microSteps.indices { microSteps[index].read(from: &values) }
  }
}
