extension Inference {
  /// Runs the network over samples and says what its gates did.
  ///
  /// One pass over the data; memory does not grow with the number of samples. Of many ranks, some take the same
  /// samples and measure other layers.
  ///
  /// - Parameters:
  ///   - samples: What to run over; they are grouped by their classes where they have no other grouping.
  ///   - thresholds: What counts as carried and as transformed.
  ///   - threads: How many threads to use.
  ///   - continues: Is called now and then with the fraction that is done; false ends the pass.
  /// - Returns: The statistics, or nil where `continues` ended the pass.
  /// - Precondition: Labels, where there are any, are classes of the network.
  public func statistics(
    of samples: Samples, thresholds: Thresholds = Thresholds(), threads: Int = processorCount(),
    continues: Continues
  ) -> GateStatistics? {
    let blocks = architecture.blocks
    let groups = SampleGroups(samples, classes: architecture.classes)
    let shifts = firstGates(samples)
    let stack = stack
    // What is computed once for a sequence whose steps have groups is in none of them.
    let hasUngrouped =
      groups.hasUngrouped
      || groups.membersPerSample > 1 && stack.gated.contains { !stack.layers[$0].output.isSequence }
    let begin = { @Sendable in
      StatisticsAccumulator(
        blocks, shifts: shifts, groups: groups.count, hasUngrouped: hasUngrouped,
        thresholds: thresholds)
    }
    let runs = architecture.runs
    let layerGroups = max(
      1, min(blocks.count, ranks.count / max(1, self.parts(of: samples, .shards))))
    let parts = reduceAmongRanks(
      samples, .shards, groups: layerGroups, threads: threads, continues: continues, begin: begin,
      makeWorker: { self.workspace() }, endWorker: { self.end($0) },
      add: { [self] sums, workspace, reader, batch in
        reader.read(batch, into: workspace)
        let isFirst = batch.group == 0
        func isOwn(_ block: Int) -> Bool { block % layerGroups == batch.group }
        let groupOf = groups.of(batch)
        let steps = workspace.lengths.map {
          StepRows(lengths: $0, steps: stack.input.positionCount, groupOf: groupOf)
        }
        if isFirst {
          sums.begin(
            groupOf: groups.membersPerSample == 1 ? groupOf : steps?.groupOf[...] ?? groupOf,
            samples: batch.examples.count)
        }
        let memories = stack.memories(parameters, prepared: prepared, in: workspace)
        var next = 0
        for (block, index) in stack.gated.enumerated() {
          stack.forward(memories, next..<index + 1)
          next = index + 1
          guard isOwn(block) else { continue }
          let rows = BlockRows(stack.layers[index].output, steps, groups, groupOf: groupOf)
          let measured = stack.gatedLayer(index).measured(
            memories[index], states: blocks[block].states)
          for (gate, values) in measured.enumerated() {
            let (packed, stride) = rows.real(values, blocks[block].features)
            sums.add(
              packed, stride: stride, gate: gate, ofBlock: block, groupOf: rows.groupOf,
              rowsPerGroup: rows.perGroup)
          }
          if let parts = stack.gatedLayer(index).cellParts(memories[index]) {
            sums.add(parts, ofBlock: block)
          }
          if blocks[block].microSteps > 1,
            let output = stack.gatedLayer(index).signals.index(of: .blockOutput),
            case .rows(let values, let stride) = stack.gatedLayer(index).values(
              ofSignal: output, in: memories[index])
          {
            let (packed, apart) = rows.real(values, blocks[block].features, stride)
            sums.add(
              microStepOutputs: packed, stride: apart, rows: rows.groupOf.count * rows.perGroup,
              ofBlock: block)
          }
          let input = stack.layers[index].keepsShape ? rows.real(memories[index].input) : nil
          if blocks[block].hasResponse,
            case .rows(let values, let stride) = stack.gatedLayer(index).values(
              ofSignal: 0, in: memories[index])
          {
            let (packed, apart) = rows.real(values, rows.shape.features, stride)
            sums.add(
              branch: packed, stride: apart, input: input,
              rows: rows.groupOf.count * rows.perGroup, ofBlock: block)
          }
          sums.add(input: input, output: rows.real(memories[index].output), ofBlock: block)
        }
        for run in runs {
          let last = stack.gated[run.upperBound - 1]
          let rows = BlockRows(stack.layers[last].output, steps, groups, groupOf: groupOf)
          let lastOfRun = rows.real(memories[last].output)
          for block in run where isOwn(block) {
            sums.add(
              output: rows.real(memories[stack.gated[block]].output), lastOfRun: lastOfRun,
              ofBlock: block)
          }
        }
        stack.forward(memories, next..<memories.count)
        let right = stack.objective.measure(workspace)
        if isFirst && workspace.isLabelled && stack.objective != .none {
          sums.add(losses: workspace.losses, labelled: workspace.labelled, right: right)
        }
      })
    guard let parts else { return nil }
    var total = parts.first ?? begin()
    for part in parts.dropFirst() { total.add(part) }
    var found = total.statistics(gateBiases: gateBiases, branchScales: branchScales)
    if stack.latent != nil {
      guard let codes = codes(of: samples, threads: threads, continues: { _ in continues(1) })
      else { return nil }
      found.codes = codes
    }
    found.words = wordGates(of: samples)
    return found
  }

  /// Runs the network over samples and says what its gates did.
  ///
  /// - Precondition: As for ``statistics(of:thresholds:threads:continues:)``.
  public func statistics(
    of samples: Samples, thresholds: Thresholds = Thresholds(), threads: Int = processorCount()
  ) -> GateStatistics {
    let found = statistics(of: samples, thresholds: thresholds, threads: threads) { _ in true }
    guard let found else { preconditionFailure("nothing ended the pass") }
    return found
  }

  /// The gates of each block in the first row of the first sample, 0 where there is none.
  private func firstGates(_ samples: Samples) -> [[[Float]]] {
    useOneThreadPerProduct()
    let workspace = Workspace(stack, capacity: 1, for: .trace)
    let reader = BatchReader(samples, for: stack)
    if samples.count > 0 { run(reader, Batch(0..<1), in: workspace) }
    let memories = stack.memories(parameters, in: workspace)
    return stack.gated.map { index in
      let layer = stack.gatedLayer(index)
      let states = architecture.blocks.first { $0.number == index }?.states ?? []
      return layer.measured(memories[index], states: states).map { values in
        samples.count > 0
          ? values.shares(values.rows.first(layer.output.units).array)
          : [Float](repeating: 0, count: layer.output.units)
      }
    }
  }
}

/// The rows of a layer's values that count, and their groups.
private struct BlockRows {
  let shape: Shape
  /// The group of each run of ``perGroup`` rows.
  let groupOf: ArraySlice<Int32>
  let perGroup: Int
  private let steps: StepRows?

  init(_ shape: Shape, _ steps: StepRows?, _ groups: SampleGroups, groupOf: ArraySlice<Int32>) {
    self.shape = shape
    self.steps = shape.isSequence ? steps : nil
    self.groupOf =
      self.steps?.groupOf[...] ?? groups.ofWholeSamples(groupOf)
    perGroup = self.steps == nil ? shape.positionCount : 1
  }

  /// Values without the rows behind the ends of sequences, and how far the rows are apart then.
  func real(_ values: FloatSlice, _ width: Int, _ stride: Int) -> (FloatSlice, Int) {
    guard let steps, stride > 0 else { return (values, stride) }
    return (steps.packed(values, width: width, stride: stride), width)
  }

  /// The same of a signal, as shares of the values that it can take.
  func real(_ values: MeasuredValues, _ width: Int) -> (FloatSlice, Int) {
    let (packed, stride) = real(values.rows, width, values.stride)
    guard values.range != 0...1 else { return (packed, stride) }
    let shares = steps == nil ? FloatBuffer(packed.array).all : packed
    for index in 0..<shares.count { shares[index] = values.share(shares[index]) }
    return (shares, stride)
  }

  /// The same of an input or an output of the block.
  func real(_ values: FloatSlice) -> FloatSlice { real(values, shape.features, shape.features).0 }
}

/// The values of a signal that is measured, in rows, and those that it can take.
private struct MeasuredValues {
  let rows: FloatSlice
  let stride: Int
  let range: ClosedRange<Float>

  /// A value as a share of the range.
  func share(_ value: Float) -> Float {
    (value - range.lowerBound) / (range.upperBound - range.lowerBound)
  }

  func shares(_ values: [Float]) -> [Float] { range == 0...1 ? values : values.map(share) }
}

extension GatedLayer {
  /// The gates after a forward pass, the transform gate first, without those that follow from it, then some states.
  fileprivate func measured(_ memory: LayerMemory, states: [Signal]) -> [MeasuredValues] {
    let gates = signals.indices.filter { signals[$0].isGate }
    var measured: [MeasuredValues] = []
    for index in gates + states.compactMap({ signals.firstIndex(of: $0) }) {
      let range = signals[index].range
      switch values(ofSignal: index, in: memory) {
      case .rows(let rows, let stride):
        measured.append(MeasuredValues(rows: rows, stride: stride, range: range))
      // A transform gate that is a constant is one row, read again and again.
      case .constant(let row):
        if measured.isEmpty { measured.append(MeasuredValues(rows: row, stride: 0, range: range)) }
      case .complement: break
      }
    }
    return measured
  }
}
