/// The running sums of a pass over samples, from which the statistics are computed.
package struct StatisticsAccumulator: Sendable {
  private let thresholds: Thresholds
  /// The number of groups that have a name; one more may stand behind them, for samples in none.
  private let groups: Int
  private var layers: [BlockAccumulator]
  private var samples = 0
  private var samplesByGroup: [Int]
  private var loss = 0.0
  private var right = 0
  private var measured = 0

  /// Creates empty sums.
  ///
  /// - Parameters:
  ///   - blocks: The layers with gates.
  ///   - shifts: The values of the gates of each block in the first row, about which they are summed: T
  ///     first, then those that do not follow from it; `[blocks][gates][units]`.
  ///   - groups: The number of groups.
  ///   - hasUngrouped: Whether there are samples in no group.
  ///   - thresholds: What counts as carried and as transformed.
  package init(
    _ blocks: [Block], shifts: [[[Float]]], groups: Int, hasUngrouped: Bool, thresholds: Thresholds
  ) {
    self.thresholds = thresholds
    self.groups = groups
    let all = groups + (hasUngrouped ? 1 : 0)
    samplesByGroup = [Int](repeating: 0, count: all)
    layers = zip(blocks, shifts).map { BlockAccumulator($0, shifts: $1, groups: all) }
  }

  /// Counts the samples of a batch, and their members by the group of each; those in none are in the group behind
  /// the others.
  package mutating func begin(groupOf: ArraySlice<Int32>, samples count: Int? = nil) {
    samples += count ?? groupOf.count
    for group in groupOf { samplesByGroup[Int(group)] += 1 }
  }

  /// Adds how well a batch did.
  mutating func add(losses: FloatSlice, labelled: Int, right: Int) {
    measured += labelled
    self.right += right
    for example in 0..<losses.count { loss += Double(losses[example]) }
  }

  /// Adds a gate of a block for a batch, each of whose groups has so many rows.
  mutating func add(
    _ values: FloatSlice, stride: Int, gate: Int, ofBlock block: Int, groupOf: ArraySlice<Int32>,
    rowsPerGroup: Int
  ) {
    layers[block].add(
      values, stride: stride, gate: gate, groupOf: groupOf, rowsPerGroup: rowsPerGroup,
      thresholds: thresholds)
  }

  /// Adds what the micro-steps of a block come to for a batch; `[rows, units]`, the rows `stride` apart.
  mutating func add(microStepOutputs values: FloatSlice, stride: Int, rows: Int, ofBlock block: Int)
  {
    layers[block].add(microStepOutputs: values, stride: stride, rows: rows)
  }

  /// Adds a gate of a block for a batch; `[examples × positions, units]`.
  package mutating func add(
    _ values: [Float], gate: Int, ofBlock block: Int, groupOf: ArraySlice<Int32>
  ) {
    add(
      FloatBuffer(values).all, stride: layers[block].block.features, gate: gate, ofBlock: block,
      groupOf: groupOf, rowsPerGroup: layers[block].block.positionCount)
  }

  /// Adds what a block makes of its input, where it keeps the shape.
  mutating func add(input: FloatSlice?, output: FloatSlice, ofBlock block: Int) {
    layers[block].change += input.map { sumOfDistances(output, $0) } ?? .nan
  }

  /// Adds how far a block's output is from that of its run's last block, where that is known.
  mutating func add(output: FloatSlice, lastOfRun: FloatSlice?, ofBlock block: Int) {
    layers[block].add(output: output, lastOfRun: lastOfRun)
  }

  /// Adds what a block's branch returns for a batch, `[rows, units]`, and the block's input where it has the same
  /// shape.
  mutating func add(
    branch: FloatSlice, stride: Int, input: FloatSlice?, rows: Int, ofBlock block: Int
  ) {
    layers[block].response.add(branch, stride: stride, input: input, rows: rows)
  }

  /// Adds the sums of the parts of a block's cells.
  mutating func add(_ parts: CellParts, ofBlock block: Int) {
    layers[block].parts = (layers[block].parts ?? CellParts()) + parts
  }

  /// Adds the sums of other samples.
  package mutating func add(_ other: StatisticsAccumulator) {
    samples += other.samples
    measured += other.measured
    right += other.right
    loss += other.loss
    for group in samplesByGroup.indices { samplesByGroup[group] += other.samplesByGroup[group] }
    for index in layers.indices { layers[index].add(other.layers[index]) }
  }

  /// What the sums say.
  ///
  /// - Parameters:
  ///   - gateBiases: The transform-gate biases of each block; nil where it has none.
  ///   - branchScales: The mean of |γ| of the last norm of each block's branch; nil where it has none, and all
  ///     of them where they are left out.
  /// - Returns: The statistics of all that was added.
  package func statistics(
    gateBiases: [[Float]?], branchScales: [Double?] = []
  ) -> GateStatistics {
    let counts = Array(samplesByGroup.prefix(groups))
    return GateStatistics(
      layers: zip(layers, gateBiases).enumerated().map { index, block in
        var found = block.0.statistics(
          gateBias: block.1, samples: samples, samplesByGroup: counts)
        found.response?.scale = branchScales.indices.contains(index) ? branchScales[index] : nil
        return found
      },
      samples: samples, samplesByClass: counts,
      loss: measured > 0 ? loss / Double(measured) : nil,
      accuracy: measured > 0 ? Double(right) / Double(measured) : nil, thresholds: thresholds)
  }
}

extension StatisticsAccumulator: Transferable {
  func write(to values: inout PackedValues) {
    values.append([samples, right, measured])
    values.append(samplesByGroup)
    values.append(loss)
    for layer in layers { layer.write(to: &values) }
  }

  mutating func read(from values: inout PackedValues) {
    let counts: [Int] = values.take()
    (samples, right, measured) = (counts[0], counts[1], counts[2])
    samplesByGroup = values.take()
    loss = values.take()
    for index in layers.indices { layers[index].read(from: &values) }
  }
}
