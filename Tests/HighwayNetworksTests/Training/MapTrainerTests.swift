import Testing

@testable import HighwayNetworks

/// Training of networks of maps, with norms, dropout and augmentation.
@Suite struct MapTrainerTests {
  private static let layers = [
    #"{"kind":"dropout","p":0.1}"#,
    #"{"kind":"conv","channels":3,"kernel":1,"bias":false,"activation":"linear"}"#,
    #"{"kind":"batch-norm","activation":"relu"}"#,
    #"{"kind":"residual-block","channels":3,"activation":"relu"}"#,
    #"{"kind":"conv-highway","channels":3,"kernel":3,"activation":"relu","gating":"coupled","gateBias":-1}"#,
  ]

  private func trainer(
    threads: Int, train: Int = 220, batchSize: Int = 210, resuming state: TrainingState? = nil,
    ranks: Ranks = .alone
  ) throws -> Trainer {
    var random = RandomSource(seed: 3)
    let layers = Self.layers.joined(separator: ",")
    let architecture = try Architecture(
      json: #"{"input":[1,2,3],"classes":3,"layers":[\#(layers)]}"#)
    let network = Network(architecture, random: &random)
    return try Trainer(
      network, data: Tiny.data(train: train, test: 40), normalization: Normalization(),
      hyperparameters: Hyperparameters(
        batchSize: batchSize, learningRate: 0.1, momentum: 0.9, nesterov: true,
        weightDecay: 1e-4, clipNorm: 2,
        factors: RoleFactors(biasRate: 2, biasDecay: 0, normDecay: 0, outputDecay: 10),
        augmentation: Augmentation(padding: 1), seed: 5),
      random: random, state: state, threads: threads, ranks: ranks)
  }

  @Test(arguments: [2, 3])
  func anyNumberOfThreadsGivesTheSameBits(_ threads: Int) throws {
    let one = try trainer(threads: 1)
    let many = try trainer(threads: threads)
    for _ in 0..<2 { #expect(try one.trainEpoch()?.trainLoss == many.trainEpoch()?.trainLoss) }
    #expect(one.state == many.state)
  }

  /// Norms, whose statistics are those of shards, and clipping, which takes the norm of the whole gradient.
  @Test(arguments: [2, 3, 8])
  func anyNumberOfRanksGivesTheSameBits(_ count: Int) throws {
    let one = try trainer(threads: 1)
    for _ in 0..<2 { _ = try one.trainEpoch() }
    let many = try ThreadRanks.run(count) { ranks in
      let trainer = try trainer(threads: ranks.rank == 0 ? 2 : 1, ranks: ranks)
      for _ in 0..<2 { _ = try trainer.trainEpoch() }
      return trainer.state
    }
    for state in many { #expect(state == one.state) }
  }

  @Test func continuingFromAStateGivesTheSameBits() throws {
    let whole = try trainer(threads: 2, train: 90, batchSize: 32)
    let start = whole.state
    _ = try whole.trainEpoch()
    let state = whole.state
    let running = ParameterLayout(whole.network.architecture).tensors.filter {
      if case .running = $0.parameter.role { true } else { false }
    }
    #expect(running.count == 6)
    for tensor in running {
      #expect(state.parameters[tensor.range] != start.parameters[tensor.range], "\(tensor.name)")
      #expect(state.moments[tensor.range].allSatisfy { $0 == 0 })
    }
    _ = try whole.trainEpoch()
    let resumed = try trainer(threads: 1, train: 90, batchSize: 32, resuming: state)
    _ = try resumed.trainEpoch()
    #expect(resumed.state == whole.state)
  }

  @Test func factorsReachTheRolesThatTheyName() throws {
    let architecture = try trainer(threads: 1, train: 10).network.architecture
    let layout = ParameterLayout(architecture)
    let parameters = FloatBuffer(count: layout.count)
    parameters.all.fill(1)
    let gradient = FloatBuffer(count: layout.count)
    let moments = FloatBuffer(count: layout.count)
    let settings = Hyperparameters(
      weightDecay: 0.5,
      factors: RoleFactors(biasRate: 3, biasDecay: 2, normDecay: 0, outputDecay: 4))
    Descent(layout, settings)(
      parameters.all, moments: [moments.all], gradients: [gradient.all], range: 0..<layout.count,
      scale: 1, rate: 0.1, step: 1)
    for tensor in layout.tensors {
      let expected: Float =
        switch tensor.parameter.role {
        case .weight, .uniform: tensor.layer == nil ? 1 - 0.1 * 0.5 * 4 : 1 - 0.1 * 0.5
        case .bias, .biases: 1 - 0.1 * 3 * 0.5 * 2
        case .scale, .running: 1
        }
      #expect(
        parameters[tensor.range].array.allSatisfy { abs($0 - expected) < 1e-6 }, "\(tensor.name)")
    }
  }

  @Test func anAugmentedImageIsAPartOfThePaddedOne() {
    // Pixels 1 to 6 of two rows; normalized values are the pixels.
    func cropped(_ crop: Crop) -> [Float] {
      let values = FloatBuffer(count: 6).all
      cropImage(
        [1, 2, 3, 4, 5, 6], into: values, height: 2, width: 3, scale: [1], shift: [0], crop)
      return values.array
    }
    #expect(cropped(Crop()) == [1, 2, 3, 4, 5, 6])
    #expect(cropped(Crop(row: 1, column: -1)) == [0, 4, 5, 0, 0, 0])
    #expect(cropped(Crop(column: 1, isMirrored: true)) == [0, 3, 2, 0, 6, 5])
    let augmentation = Augmentation(padding: 2, mirrors: true)
    let crops = (0..<2_000).map { augmentation.crop(key: 1, example: $0) }
    #expect(Set(crops).count == 50)
    #expect(crops[3] == augmentation.crop(key: 1, example: 3))
    #expect(crops[3] != augmentation.crop(key: 2, example: 3))
  }

  @Test func theFirstEpochsMayHaveASmallerRate() {
    let settings = Hyperparameters(
      learningRate: 0.1, schedule: .steps(after: [3], factor: 0.1),
      warmUp: WarmUp(epochs: 1, factor: 0.1))
    let rates = (1...4).map { settings.learningRate(epoch: $0) }
    for (rate, expected) in zip(rates, [0.01, 0.1, 0.1, 0.01] as [Float]) {
      #expect(abs(rate - expected) < 1e-6)
    }
  }
}
