import Foundation
import TestSupport
import Testing

@testable import HighwayNetworks

@Suite struct OptimizerTests {
  private func numbers(_ count: Int, seed: UInt64) -> [Float] {
    var random = RandomSource(seed: seed)
    return (0..<count).map { _ in random.normal() }
  }

  /// Algorithm 1 of Kingma and Ba in plain loops, with L2 decay.
  @Test(arguments: [1, 2, 3, 4])
  func adamFollowsItsPaper(_ shards: Int) {
    let count = 67
    let settings = Hyperparameters(
      optimizer: .adam(beta1: 0.8, beta2: 0.95, epsilon: 1e-6), weightDecay: 0.01)
    let parameters = FloatBuffer(numbers(count, seed: 1)).all
    let moments = (0..<2).map { _ in FloatBuffer(count: count).all }
    var p = parameters.array.map(Double.init)
    var m = [Double](repeating: 0, count: count)
    var v = m
    for step in 1...5 {
      let gradients = (0..<shards).map { numbers(count, seed: UInt64(100 * step + $0)) }
      settings.makeOptimizer().descend(
        parameters, moments: moments, gradients: gradients.map { FloatBuffer($0).all },
        range: 0..<count, scale: 0.5, rate: 0.03, step: step)
      for index in 0..<count {
        let g = 0.5 * gradients.reduce(0) { $0 + Double($1[index]) } + 0.01 * p[index]
        m[index] = 0.8 * m[index] + 0.2 * g
        v[index] = 0.95 * v[index] + 0.05 * g * g
        let mean = m[index] / (1 - pow(0.8, Double(step)))
        let square = v[index] / (1 - pow(0.95, Double(step)))
        p[index] -= 0.03 * mean / (square.squareRoot() + 1e-6)
      }
      #expect(relativeError(parameters.array, p) < 1e-6, "step \(step)")
    }
  }

  @Test func onlyTheRangeIsMoved() {
    for optimizer in [OptimizerKind.sgd, .adam()] {
      let settings = Hyperparameters(optimizer: optimizer)
      let parameters = FloatBuffer([1, 1, 1, 1]).all
      let moments = (0..<optimizer.momentCount).map { _ in FloatBuffer(count: 4).all }
      settings.makeOptimizer().descend(
        parameters, moments: moments, gradients: [FloatBuffer([1, 1, 1, 1]).all], range: 1..<3,
        scale: 1, rate: 0.5, step: 1)
      #expect(parameters.array.map { $0 == 1 } == [true, false, false, true], "\(optimizer)")
    }
  }

  @Test func theNormIsThatOfTheSumOfTheShards() {
    let count = GradientNorm.partSize + 5
    let gradients = [numbers(count, seed: 1), numbers(count, seed: 2)]
    let slices = gradients.map { FloatBuffer($0).all }
    let found = [0..<GradientNorm.partSize, GradientNorm.partSize..<count].reduce(0) {
      $0 + GradientNorm.squared(slices, part: $1, count: count)
    }
    let expected = (0..<count).reduce(0.0) { sum, index in
      let g = Double(gradients[0][index] + gradients[1][index])
      return sum + g * g
    }
    #expect(abs(found / expected - 1) < 1e-6)
  }

  /// One step of plain descent with a rate of 1 moves the parameters by the clipped gradient.
  @Test func clippingScalesAGradientToItsNorm() throws {
    func moved(clipNorm: Float?) throws -> [Float] {
      var random = RandomSource(seed: 3)
      let network = Network(Tiny.architecture(), random: &random)
      let trainer = try Trainer(
        network, data: Tiny.data(train: 210, test: 1), normalization: Normalization(),
        hyperparameters: Hyperparameters(
          batchSize: 210, learningRate: 1, momentum: 0, clipNorm: clipNorm), random: random,
        threads: 2)
      _ = try trainer.trainEpoch()
      return zip(trainer.network.parameters, network.parameters).map { $0 - $1 }
    }
    func norm(_ values: [Float]) -> Float { values.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    let free = try moved(clipNorm: nil)
    #expect(norm(free) > 0.1)
    let clipped = try moved(clipNorm: 0.1)
    #expect(abs(norm(clipped) - 0.1) < 1e-6)
    let scale = 0.1 / norm(free)
    #expect(zip(clipped, free).allSatisfy { abs($0 - $1 * scale) < 1e-6 })
    #expect(try moved(clipNorm: 100) == free)
  }

  @Test func adamTrainsTheSameOnAnyNumberOfThreadsAndResumes() throws {
    func trainer(threads: Int, _ state: TrainingState? = nil) throws -> Trainer {
      var random = RandomSource(seed: 3)
      let network = Network(Tiny.architecture(), random: &random)
      return try Trainer(
        network, data: Tiny.data(train: 230, test: 40), normalization: Normalization(),
        hyperparameters: Hyperparameters(
          batchSize: 100, learningRate: 0.02, optimizer: .adam(), clipNorm: 0.5), random: random,
        state: state, threads: threads)
    }
    let whole = try trainer(threads: 1)
    let first = try whole.trainEpoch()
    let state = whole.state
    let second = try whole.trainEpoch()
    #expect(try #require(second).trainLoss < #require(first).trainLoss)
    #expect(state.moments.count == 2 * state.parameters.count)
    let resumed = try trainer(threads: 3, state)
    _ = try resumed.trainEpoch()
    #expect(resumed.network.parameters == whole.network.parameters)
    let directory = try TemporaryDirectory()
    let layout = whole.network.layout
    try whole.state.write(to: directory.path + "/state", layout: layout)
    let read = try TrainingState.read(directory.path + "/state", layout: layout, moments: 2)
    #expect(read == whole.state)
  }
}
