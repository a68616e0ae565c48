import Foundation
import Testing

@testable import HighwayNetworks

/// The kernels against plain loops in float64.
@Suite struct ElementWiseTests {
  /// 0, 1, around the lanes of every instruction set, and a prime.
  static let sizes = [0, 1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 53]

  private func buffer(_ values: [Float]) -> FloatSlice {
    let buffer = FloatBuffer(count: values.count)
    buffer.all.assign(values)
    return buffer.all
  }

  private func activateReference(_ value: Double, _ activation: Activation) -> Double {
    switch activation {
    case .relu: max(0, value)
    case .tanh: tanh(value)
    case .sigmoid: 1 / (1 + exp(-value))
    case .linear: value
    }
  }

  @Test(arguments: Activation.allCases)
  func activationIsWithinAFewUlps(_ activation: Activation) {
    // From the denormals to far beyond where tanh and the sigmoid saturate.
    var values: [Float] = []
    for exponent in -40..<8 {
      for mantissa in [1, 1.25, 1.4142, 1.75] as [Float] {
        let value = Float(sign: .plus, exponent: exponent, significand: mantissa)
        if value <= 80 { values += [value, -value] }
      }
    }
    values.append(0)
    let computed = buffer(values)
    activate(
      computed, bias: buffer([Float](repeating: 0, count: values.count)), features: values.count,
      activation: activation)
    for (index, value) in values.enumerated() {
      let expected = activateReference(Double(value), activation)
      let error = abs(Double(computed[index]) - expected)
      #expect(error <= 5e-7 * abs(expected), "\(activation)(\(value)) = \(computed[index])")
    }
  }

  @Test(arguments: Activation.allCases)
  func notANumberStaysOne(_ activation: Activation) {
    let values = buffer([.nan, 1, .nan])
    activate(values, bias: buffer([0, 0, 0]), features: 3, activation: activation)
    #expect(values[0].isNaN && !values[1].isNaN && values[2].isNaN)
  }

  @Test(arguments: FiniteDifferenceTests.gatings, sizes)
  func combinationIsThePaper(_ gating: Gating, _ units: Int) {
    var random = RandomSource(seed: UInt64(units) + 1)
    let examples = 3
    let parts = gating.partCount
    let pre = (0..<examples * parts * units).map { _ in 2 * random.normal() }
    let bias = (0..<parts * units).map { _ in random.normal() }
    let x = (0..<examples * units).map { _ in random.normal() }
    let gates = buffer(pre)
    let output = buffer([Float](repeating: 0, count: examples * units))
    combine(
      gates: gates, bias: buffer(bias), input: buffer(x), output: output, rows: examples,
      units: units, activation: .tanh, gating: gating)
    for example in 0..<examples {
      for unit in 0..<units {
        func value(_ part: Int) -> Double {
          Double(pre[example * parts * units + part * units + unit])
            + Double(bias[part * units + unit])
        }
        func gate(_ part: Int) -> Double { activateReference(value(part), .sigmoid) }
        let h = activateReference(value(0), .tanh)
        let t = gating.learnsTransformGate ? gate(1) : Double(gating.constantT)
        let c: Double
        if gating == .coupled {
          c = 1 - t
        } else {
          c = gating.learnsCarryGate ? gate(parts - 1) : Double(gating.constantC)
        }
        let expected = h * t + Double(x[example * units + unit]) * c
        #expect(abs(Double(output[example * units + unit]) - expected) < 2e-6)
      }
    }
  }

  @Test func carriesInputWhenGateIsConstantlyClosed() {
    let x: [Float] = [0.1, -7, 3e-20, 1e20, -0.3]
    let output = buffer([0, 0, 0, 0, 0])
    combine(
      gates: buffer([1, 2, 3, 4, 5]), bias: buffer([0, 0, 0, 0, 0]), input: buffer(x),
      output: output, rows: 1, units: 5, activation: .tanh, gating: .frozen(p: 0))
    #expect(output.array == x)
  }

  /// Not x + 1·(H − x), which rounds, and is NaN where x is infinite.
  @Test(arguments: [Gating.plain, .frozen(p: 1)])
  func anOpenGateWithoutCarryReturnsTheBlockState(_ gating: Gating) {
    let h: [Float] = [0.1234567, 1, -2, 0, 3]
    let output = buffer([0, 0, 0, 0, 0])
    combine(
      gates: buffer(h), bias: buffer([0, 0, 0, 0, 0]),
      input: buffer([1_000, .infinity, -.infinity, .nan, 1e30]), output: output, rows: 1,
      units: 5, activation: .linear, gating: gating)
    #expect(output.array == h)
  }

  @Test func gatesHeldOpenLetNoInputThrough() {
    let gates = buffer([0.25, 0.5, 0.1, 0.9])
    let output = buffer([0, 0])
    hold(
      buffer([1, 1]), gates: gates, input: buffer([.infinity, 7]), output: output, rows: 1,
      gating: .coupled)
    #expect(output.array == [0.25, 0.5])
  }

  @Test(arguments: [257, 300, 528])
  func softmaxOverManyClassesIsThatOfDoubles(_ classes: Int) {
    var random = RandomSource(seed: 2)
    let values = (0..<2 * classes).map { _ in 8 * random.uniform() - 4 }
    let logits = FloatBuffer(values).all
    let (losses, right) = (FloatBuffer(count: 2).all, AlignedBuffer<UInt8>(count: 2).all)
    let first = values.prefix(classes)
    let top = first.indices.max { first[$0] < first[$1] } ?? 0
    let count = softmax(
      logits, classes: classes, labels: [Int32(top), -1], losses: losses, right: right)
    #expect(count == 1 && right.array == [1, 0] && losses[1] == 0)
    for row in 0..<2 {
      let own = values[row * classes..<(row + 1) * classes].map { exp(Double($0)) }
      let sum = own.reduce(0, +)
      let found = logits.array[row * classes..<(row + 1) * classes]
      #expect(zip(found, own).allSatisfy { abs(Double($0) - $1 / sum) < 1e-6 * $1 / sum })
      if row == 0 { #expect(abs(Double(losses[0]) + log(own[top] / sum)) < 1e-5) }
    }
    logits[3] = .nan
    #expect(softmax(logits, classes: classes, labels: [3, 0], losses: losses, right: right) <= 1)
    #expect(right[0] == 0 && losses[0].isNaN)
  }

  @Test func softmaxOfHugeLogitsIsFinite() {
    let logits = buffer([1_000, 999, -1_000, 0, 0, 0])
    let losses = buffer([0, 0])
    let right = AlignedBuffer<UInt8>(count: 2).all
    #expect(softmax(logits, classes: 3, labels: [1, 2], losses: losses, right: right) == 0)
    #expect(right.array == [0, 0])
    #expect(abs(losses[0] - 1.313_262) < 1e-5)
    #expect(abs(losses[1] - Float(log(3.0))) < 1e-6)
    #expect(abs(logits[0] - 0.731_059) < 1e-6 && logits[2] == 0)
  }

  /// What the rounded probabilities no longer tell apart, the logits do; a NaN is on top of nothing.
  @Test func theGreatestLogitIsRight() {
    let logits = buffer([1e-9, 2e-9, 0, 0, 0, 0, 0, .nan, 0, .nan, 0, 0])
    let losses = buffer([0, 0, 0, 0])
    let right = AlignedBuffer<UInt8>(count: 4).all
    #expect(softmax(logits, classes: 3, labels: [1, 0, 0, 0], losses: losses, right: right) == 2)
    #expect(right.array == [1, 1, 0, 0])
  }

  @Test(arguments: sizes)
  func normalizationIsAffine(_ count: Int) {
    let pixels = (0..<count).map { UInt8($0 * 5 % 256) }
    let values = buffer([Float](repeating: 0, count: count))
    normalize(pixels[...], into: values, scale: 1 / 255, shift: -0.5)
    for index in 0..<count {
      #expect(abs(values[index] - (Float(pixels[index]) / 255 - 0.5)) < 1e-6)
    }
  }
}
