/// What the codes of a variational autoencoder say of some samples; arrays are `[units]`.
public struct CodeStatistics: Hashable, Sendable {
  /// The mean over samples of each unit's divergence from a standard normal one, in nats.
  public let divergence: [Double]
  /// The variance over samples of each unit's mean.
  public let variance: [Double]

  /// The mean divergence of whole codes, in nats.
  public var kl: Double { divergence.reduce(0, +) }

  /// The number of units whose mean differs from sample to sample: whose variance is above .01.
  public var activeUnits: Int { variance.count { $0 > LatentLayer.leastVariance } }

  /// Whether a unit's mean differs from sample to sample.
  public func isActive(_ unit: Int) -> Bool { variance[unit] > LatentLayer.leastVariance }

  /// Whether codes say so little that the decoder does without them.
  public var isCollapsed: Bool { Self.isCollapsed(kl: kl) }

  /// The same from the mean divergence of codes, in nats.
  public static func isCollapsed(kl: Double) -> Bool { kl < 0.1 }
}

/// The running sums of a pass over samples.
private struct CodeSums: Sendable {
  var samples = 0
  var divergence: [Double]
  var sum: [Double]
  var squares: [Double]

  init(units: Int) {
    divergence = [Double](repeating: 0, count: units)
    sum = divergence
    squares = divergence
  }

  mutating func add(means: [Float], divergences: [Float]) {
    let units = sum.count
    samples += means.count / units
    for index in means.indices {
      let mean = Double(means[index])
      divergence[index % units] += Double(divergences[index])
      sum[index % units] += mean
      squares[index % units] += mean * mean
    }
  }

  mutating func add(_ other: CodeSums) {
    samples += other.samples
    for unit in sum.indices {
      divergence[unit] += other.divergence[unit]
      sum[unit] += other.sum[unit]
      squares[unit] += other.squares[unit]
    }
  }
}

extension CodeSums: Transferable {
  func write(to values: inout PackedValues) {
    values.append(samples)
    for part in [divergence, sum, squares] { values.append(part) }
  }

  mutating func read(from values: inout PackedValues) {
    samples = values.take()
    divergence = values.take()
    sum = values.take()
    squares = values.take()
  }
}

extension Inference {
  /// Runs the network up to its code over samples.
  ///
  /// - Returns: What the codes say, or nil where `continues` ended the pass or the network has none.
  public func codes(
    of samples: Samples, threads: Int = processorCount(), continues: Continues = { _ in true }
  ) -> CodeStatistics? {
    guard let latent = stack.latent, let layer = stack.layers[latent] as? LatentLayer else {
      return nil
    }
    let stack = stack
    let units = layer.output.features
    let parts = reduceAmongRanks(
      samples, .batches, threads: threads, continues: continues,
      begin: { CodeSums(units: units) },
      makeWorker: { [examplesAtOnce] in
        Workspace(stack, capacity: examplesAtOnce, for: .result)
      },
      add: { [parameters, prepared] sums, workspace, reader, batch in
        reader.read(batch, into: workspace)
        let memories = stack.memories(parameters, prepared: prepared, in: workspace)
        stack.forward(memories, 0..<latent + 1)
        let (means, divergences) = layer.codes(memories[latent])
        sums.add(means: means, divergences: divergences)
      })
    guard let parts else { return nil }
    var total = CodeSums(units: units)
    for part in parts { total.add(part) }
    let count = Double(max(1, total.samples))
    return CodeStatistics(
      divergence: total.divergence.map { $0 / count },
      variance: zip(total.sum, total.squares).map {
        max(0, $1 / count - ($0 / count) * ($0 / count))
      })
  }
}
