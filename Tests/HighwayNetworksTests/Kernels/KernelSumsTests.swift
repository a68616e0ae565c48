import Testing

@testable import HighwayNetworks

/// The sums over gates and outputs against plain loops in float64.
@Suite struct KernelSumsTests {
  private func numbers(_ count: Int, seed: UInt64) -> FloatSlice {
    var random = RandomSource(seed: seed)
    let buffer = FloatBuffer(count: count)
    buffer.all.assign((0..<count).map { _ in random.normal() })
    return buffer.all
  }

  @Test(arguments: ElementWiseTests.sizes)
  func distancesAreSummed(_ count: Int) {
    let a = numbers(count, seed: 1)
    let b = numbers(count, seed: 2)
    var distance = 0.0
    var sum = 0.0
    var squares = 0.0
    for index in 0..<count {
      let difference = Double(a[index]) - Double(b[index])
      distance += abs(difference)
      sum += difference
      squares += difference * difference
    }
    let found = sumsOfDifference(a, b)
    // Each distance is rounded to a float, the others to a double.
    #expect(abs(sumOfDistances(a, b) - distance) <= 0x1p-24 * distance)
    #expect(abs(found.sum - sum) <= 1e-14 * distance)
    #expect(abs(found.squares - squares) <= 1e-14 * squares)
  }

  /// Widths below, at and above the number of bins that are found at once.
  @Test(arguments: [1, 15, 16, 17, 63, 64, 65, 131])
  func eachGateFallsIntoItsBin(_ units: Int) {
    let layer = HighwayLayer(units: units, activation: .tanh, gating: .coupled, at: 0)
    let sums = KernelSums(layer, shift: [Float](repeating: 0, count: units), classes: 2)
    let examples = 3
    let cache = FloatBuffer(count: examples * layer.cachePerExample).all
    var random = RandomSource(seed: 5)
    let bins = LayerStatistics.histogramBins
    var expected = [UInt32](repeating: 0, count: units * bins)
    for example in 0..<examples {
      for unit in 0..<units {
        // Both ends of the range, what lies beyond them, and what is not a number.
        let special: [Float] = [0, 1, 2, -1, .nan, .infinity, -.infinity, 0.5]
        let index = example * units + unit
        let value =
          index.isMultiple(of: 3)
          ? special[index / 3 % special.count]
          : Float(UInt8.random(in: 0...255, using: &random)) / 255
        cache[example * layer.cachePerExample + units + unit] = value
        let bin = value >= 1 ? bins - 1 : value > 0 ? Int(value * Float(bins)) : 0
        expected[unit * bins + bin] += 1
      }
    }
    sums.add(
      GateValues(layer, cache: cache, examples: examples), labels: [0, 1, 0],
      thresholds: Thresholds())
    #expect(sums.histogram.array == expected)
  }
}
