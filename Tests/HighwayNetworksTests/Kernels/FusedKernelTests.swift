import TestSupport
import Testing

@testable import HighwayNetworks

/// What is done in one go where it was done in several.
@Suite struct FusedKernelTests {
  private func numbers(_ count: Int) -> [Float] {
    var random = RandomSource(seed: 4)
    return (0..<count).map { _ in 6 * random.uniform() - 3 }
  }

  /// With few classes, with some more, and with a block and a rest; the last row has no label.
  @Test(arguments: [3, 31, 32, 300])
  func theGradientOfASoftmaxIsTheSameInOneGo(_ classes: Int) {
    let values = numbers(3 * classes)
    let labels: [Int32] = [1, Int32(classes - 1), -1]
    func result(_ scale: Float?) -> (gradient: [Float], losses: [Float], right: [UInt8]) {
      let logits = FloatBuffer(values).all
      let (losses, right) = (FloatBuffer(count: 3).all, AlignedBuffer<UInt8>(count: 3).all)
      _ = softmax(
        logits, classes: classes, labels: labels[...], losses: losses, right: right, scale: scale)
      if scale == nil {
        softmaxBackward(logits, classes: classes, labels: labels[...], scale: 0.25)
      }
      return (logits.array, losses.array, right.array)
    }
    let (one, two) = (result(0.25), result(nil))
    #expect(one.losses == two.losses && one.right == two.right)
    #expect(relativeError(one.gradient, two.gradient.map(Double.init)) < 1e-6)
    #expect(one.gradient.suffix(classes).allSatisfy { $0 == 0 })
  }

  @Test func withoutMomentumNothingIsKept() {
    let parameters = FloatBuffer([1, 2, 3]).all
    let moments = FloatBuffer([.nan, .nan, .nan]).all
    Hyperparameters(momentum: 0).makeOptimizer().descend(
      parameters, moments: [moments],
      gradients: [FloatBuffer([1, 1, 1]).all, FloatBuffer([1, 0, 0]).all],
      range: 0..<3, scale: 1, rate: 0.5, step: 1)
    #expect(parameters.array == [0, 1.5, 2.5])
  }

  /// A recurrent layer's weights are transposed once whatever their size.
  @Test(.enabled(if: hasSmallProduct), arguments: [1, 5, 10])
  func aLargeMatrixIsTransposedOnceForFewRows(_ rows: Int) throws {
    let (inputs, outputs) = (200, 401)
    let weights = Matrix(
      FloatBuffer(numbers(inputs * outputs)).all, rows: outputs, columns: inputs)
    #expect(TransposedMatrix(weights) == nil)
    let ready = try #require(TransposedMatrix(weights, forFewRows: true))
    let a = FloatBuffer(numbers(rows * inputs)).all
    let (found, expected) = (
      FloatBuffer(count: rows * outputs).all, FloatBuffer(count: rows * outputs).all
    )
    ready.multiply(a, count: rows, into: found)
    multiplyByLibrary(
      Matrix(a, rows: rows, columns: inputs), weights.transposed,
      into: Matrix(expected, rows: rows, columns: outputs), adding: false)
    #expect(relativeError(found.array, expected.array.map(Double.init)) < 1e-5)
  }
}
