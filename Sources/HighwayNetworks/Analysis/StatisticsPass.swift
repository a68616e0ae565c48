extension Inference {
  /// Runs the network over samples and says what its gates did.
  ///
  /// One pass over the data; memory does not grow with the number of samples.
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
    let begin = { @Sendable in
      StatisticsAccumulator(
        blocks, shifts: shifts, groups: groups.count, hasUngrouped: groups.hasUngrouped,
        thresholds: thresholds)
    }
    let stack = stack
    let lastOfRun = architecture.runs.flatMap { run in
      run.map { _ in stack.gated[run.upperBound - 1] }
    }
    let parts = reduce(
      samples, .shards, threads: threads, continues: continues, begin: begin,
      makeWorker: { self.workspace() }, endWorker: { self.end($0) },
      add: { [self] sums, workspace, reader, range in
        let right = run(reader, range, in: workspace)
        let groupOf = groups.of(range)
        sums.begin(groupOf: groupOf)
        if workspace.isLabelled && stack.objective != .none {
          sums.add(losses: workspace.losses, right: right)
        }
        let memories = stack.memories(parameters, in: workspace)
        for (block, index) in stack.gated.enumerated() {
          for (gate, values) in stack.gatedLayer(index).gates(memories[index]).enumerated() {
            sums.add(
              values.rows, stride: values.stride, gate: gate, ofBlock: block, groupOf: groupOf)
          }
          let input = stack.layers[index].keepsShape ? memories[index].input : nil
          if blocks[block].hasResponse,
            case .rows(let rows, let stride) = stack.gatedLayer(index).values(
              ofSignal: 0, in: memories[index])
          {
            sums.add(
              branch: rows, stride: stride, input: input,
              rows: groupOf.count * blocks[block].positionCount, ofBlock: block)
          }
          sums.add(
            input: input, output: memories[index].output,
            lastOfRun: memories[lastOfRun[block]].output, ofBlock: block)
        }
      })
    guard let parts else { return nil }
    var total = parts.first ?? begin()
    for part in parts.dropFirst() { total.add(part) }
    return total.statistics(gateBiases: gateBiases, branchScales: branchScales)
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
    let workspace = Workspace(stack, capacity: 1, for: .statistics)
    let reader = BatchReader(samples, for: stack)
    if samples.count > 0 { run(reader, 0..<1, in: workspace) }
    let memories = stack.memories(parameters, in: workspace)
    return stack.gated.map { index in
      let layer = stack.gatedLayer(index)
      return layer.gates(memories[index]).map { values in
        samples.count > 0
          ? values.rows.first(layer.output.features).array
          : [Float](repeating: 0, count: layer.output.features)
      }
    }
  }
}

extension GatedLayer {
  /// The gates after a forward pass, the transform gate first, without those that follow from it.
  fileprivate func gates(_ memory: LayerMemory) -> [(rows: FloatSlice, stride: Int)] {
    var gates: [(rows: FloatSlice, stride: Int)] = []
    for index in signals.indices where signals[index].isGate {
      switch values(ofSignal: index, in: memory) {
      case .rows(let rows, let stride): gates.append((rows, stride))
      // A transform gate that is a constant is one row, read again and again.
      case .constant(let row): if gates.isEmpty { gates.append((row, 0)) }
      case .complement: break
      }
    }
    return gates
  }
}
