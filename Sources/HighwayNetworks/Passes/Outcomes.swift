/// How well a network does on each of some samples.
public struct Outcomes: Sendable {
  /// The class of each sample; `[samples]`.
  public let labels: [Int32]
  /// The softmax cross-entropy of each sample, in nats; `[samples]`.
  public let losses: [Float]
  /// Whether the label of each sample has the greatest score; `[samples]`.
  public let isRight: [Bool]

  /// The mean of the losses, in nats; 0 where there are no samples.
  public var loss: Double { mean(sum { Double(losses[$0]) }) }
  /// The fraction of samples that are right; 0 where there are none.
  public var accuracy: Double { mean(sum { isRight[$0] ? 1 : 0 }) }

  private func mean(_ sum: Double) -> Double { losses.isEmpty ? 0 : sum / Double(losses.count) }

  /// Sums batch by batch, so that the rounding is that of a pass that adds as it goes.
  private func sum(_ value: (Int) -> Double) -> Double {
    stride(from: 0, to: losses.count, by: Inference.batchSize).reduce(0) { total, start in
      let end = min(start + Inference.batchSize, losses.count)
      return total + (start..<end).reduce(0) { $0 + value($1) }
    }
  }

  /// The same by class: losses, errors and numbers of samples; `[classes]`.
  func byClass(_ classes: Int) -> [(loss: Double, wrong: Int, samples: Int)] {
    var sums = [(loss: Double, wrong: Int, samples: Int)](repeating: (0, 0, 0), count: classes)
    for start in stride(from: 0, to: losses.count, by: Inference.batchSize) {
      var batch = [Double](repeating: 0, count: classes)
      for sample in start..<min(start + Inference.batchSize, losses.count) {
        let label = Int(labels[sample])
        batch[label] += Double(losses[sample])
        sums[label].samples += 1
        if !isRight[sample] { sums[label].wrong += 1 }
      }
      for label in batch.indices { sums[label].loss += batch[label] }
    }
    return sums
  }
}

extension Inference {
  /// Runs the network over samples and says how well it does on each.
  ///
  /// - Returns: The outcomes, or nil where `continues` ended the pass.
  /// - Precondition: The network has an output and the samples have labels, each one of its classes.
  public func outcomes(
    of samples: Samples, threads: Int = processorCount(), continues: Continues
  ) -> Outcomes? {
    precondition(
      stack.objective != .none && samples.split.labels != nil, "outcomes need labels and an output")
    let stack = stack
    let parts = reduce(
      samples, .batches, threads: threads, continues: continues,
      begin: { (losses: [Float](), isRight: [Bool]()) },
      makeWorker: { [examplesAtOnce] in
        Workspace(stack, capacity: examplesAtOnce, for: .result)
      },
      add: { [self] sums, workspace, reader, range in
        run(reader, range, in: workspace)
        sums = (workspace.losses.array, workspace.right.array.map { $0 != 0 })
      })
    return parts.map { parts in
      Outcomes(
        labels: Array(samples.split.labels?.prefix(samples.count) ?? []),
        losses: parts.flatMap(\.losses), isRight: parts.flatMap(\.isRight))
    }
  }

  /// Runs the network over samples and says how well it does on each.
  ///
  /// - Precondition: The network has an output and the samples have labels, each one of its classes.
  public func outcomes(of samples: Samples, threads: Int = processorCount()) -> Outcomes {
    outcomes(of: samples, threads: threads) { _ in true } ?? .none
  }
}

extension Outcomes {
  /// The outcomes of no samples.
  static let none = Outcomes(labels: [], losses: [], isRight: [])
}
