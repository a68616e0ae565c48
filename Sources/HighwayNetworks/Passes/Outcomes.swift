/// How well a network does on each of some samples, or on each of their steps where those have classes.
public struct Outcomes: Sendable {
  /// The class of each target; `[targets]`.
  public private(set) var labels: [Int32]
  /// The softmax cross-entropy of each, in nats; `[targets]`.
  public private(set) var losses: [Float]
  /// Whether the label of each has the greatest score; `[targets]`.
  public private(set) var isRight: [Bool]

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

  /// The same by the groups of labels: losses, errors and numbers of samples; `[groups]`.
  func by(_ groups: LabelGroups) -> [(loss: Double, wrong: Int, samples: Int)] {
    let none = (loss: 0.0, wrong: 0, samples: 0)
    var sums = [(loss: Double, wrong: Int, samples: Int)](repeating: none, count: groups.count)
    for start in stride(from: 0, to: losses.count, by: Inference.batchSize) {
      var batch = [Double](repeating: 0, count: groups.count)
      for sample in start..<min(start + Inference.batchSize, losses.count) {
        let label = groups[labels[sample]]
        batch[label] += Double(losses[sample])
        sums[label].samples += 1
        if !isRight[sample] { sums[label].wrong += 1 }
      }
      for label in batch.indices { sums[label].loss += batch[label] }
    }
    return sums
  }
}

/// The groups that labels are counted by: classes by themselves, words by their kind.
struct LabelGroups: Sendable {
  /// The number of groups.
  let count: Int
  private let groupOf: [Int32]?

  /// Takes the groups of samples whose labels are below `classes`.
  init(_ samples: Samples, classes: Int) {
    let grouping = samples.split.text?.lexicon.groupings[samples.tokenGrouping]
    groupOf = grouping?.ofLabel
    count = grouping?.groupNames.count ?? classes
  }

  /// Takes classes by themselves.
  init(classes: Int) {
    groupOf = nil
    count = classes
  }

  /// The group of a label.
  subscript(label: Int32) -> Int { Int(groupOf?[Int(label)] ?? label) }
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
    let parts = reduceAmongRanks(
      samples, .batches, threads: threads, continues: continues,
      begin: { [Outcomes]() },
      makeWorker: { [examplesAtOnce] in
        Workspace(stack, capacity: examplesAtOnce, for: .result)
      },
      add: { [self] sums, workspace, reader, batch in
        run(reader, batch, in: workspace)
        sums.append(Outcomes(workspace))
      })
    return parts.map { Outcomes(joining: $0.flatMap { $0 }) }
  }

  /// Runs the network over samples and says how well it does on each.
  ///
  /// - Precondition: The network has an output and the samples have labels, each one of its classes.
  public func outcomes(of samples: Samples, threads: Int = processorCount()) -> Outcomes {
    outcomes(of: samples, threads: threads) { _ in true } ?? .none
  }
}

extension Outcomes {
  /// The outcomes of the pass that a workspace has just seen; what has no label is left out.
  init(_ workspace: Workspace) {
    let losses = workspace.losses.array
    let right = workspace.right.array
    guard workspace.labelled < workspace.labels.count else {
      self.init(
        labels: Array(workspace.labels), losses: losses, isRight: right.map { $0 != 0 })
      return
    }
    let labels = Array(workspace.labels)
    let own = labels.indices.filter { labels[$0] >= 0 }
    self.init(
      labels: own.map { labels[$0] }, losses: own.map { losses[$0] },
      isRight: own.map { right[$0] != 0 })
  }

  /// Puts outcomes together in their order.
  init(joining parts: [Outcomes]) {
    self.init(
      labels: parts.flatMap(\.labels), losses: parts.flatMap(\.losses),
      isRight: parts.flatMap(\.isRight))
  }

  /// The outcomes of no samples.
  static let none = Outcomes(labels: [], losses: [], isRight: [])
}

extension Outcomes: EmptyTransferable {
  init() { self = .none }

  func write(to values: inout PackedValues) {
    values.append(labels)
    values.append(losses)
    values.append(isRight.map { $0 ? 1 : 0 } as [UInt8])
  }

  mutating func read(from values: inout PackedValues) {
    labels = values.take()
    losses = values.take()
    isRight = values.take([UInt8].self).map { $0 != 0 }
  }
}
