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

  /// Widths below, at and above a vector and what goes through at once; as many examples as fill no group
  /// that is counted together, some, and more than are counted at once.
  private static let widths = [1, 15, 16, 17, 50, 63, 64, 65, 131]
  private static let exampleCounts = [1, 3, 17, 300]

  /// Gates of which every third is an end of the range, lies beyond it or is not a number.
  private func gates(
    _ layer: HighwayLayer, examples: Int, withSpecial: Bool
  ) -> (cache: FloatSlice, t: [[Float]], c: [[Float]]) {
    let special: [Float] = [0, 1, 2, -1, .nan, .infinity, -.infinity, 0.5]
    var random = RandomSource(seed: 5)
    let cache = FloatBuffer(count: examples * layer.cachePerExample).all
    var index = 0
    for place in 0..<cache.count {
      cache[place] = Float(UInt8.random(in: 0...255, using: &random)) / 255
      if withSpecial && place.isMultiple(of: 3) {
        cache[place] = special[index % special.count]
        index += 1
      }
    }
    func part(_ part: Int) -> [[Float]] {
      (0..<examples).map { example in
        let start = example * layer.cachePerExample + part * layer.units
        return (start..<start + layer.units).map { cache[$0] }
      }
    }
    return (cache, part(1), part(layer.gating.parts - 1))
  }

  @Test(arguments: widths, exampleCounts)
  func eachGateFallsIntoItsBin(_ units: Int, _ examples: Int) {
    let layer = HighwayLayer(units: units, activation: .tanh, gating: .coupled, at: 0)
    let sums = KernelSums(layer, shift: [Float](repeating: 0, count: units), classes: 2)
    let (cache, gates, _) = gates(layer, examples: examples, withSpecial: true)
    let bins = LayerStatistics.histogramBins
    var expected = [UInt32](repeating: 0, count: units * bins)
    for row in gates {
      for (unit, value) in row.enumerated() {
        let bin = value >= 1 ? bins - 1 : value > 0 ? Int(value * Float(bins)) : 0
        expected[unit * bins + bin] += 1
      }
    }
    let labels = (0..<examples).map { UInt8($0 % 2) }
    sums.add(
      GateValues(layer, cache: cache, examples: examples), labels: labels[...],
      thresholds: Thresholds())
    #expect(sums.histogramOfUnits == expected)
  }

  /// More of them than a byte holds.
  @Test func allGatesFallIntoOneBin() {
    let layer = HighwayLayer(units: 3, activation: .tanh, gating: .coupled, at: 0)
    let sums = KernelSums(layer, shift: [0, 0, 0], classes: 1)
    let examples = 600
    let cache = FloatBuffer(count: examples * layer.cachePerExample).all
    cache.fill(0.5)
    sums.add(
      GateValues(layer, cache: cache, examples: examples),
      labels: [UInt8](repeating: 0, count: examples)[...], thresholds: Thresholds())
    let bins = LayerStatistics.histogramBins
    let expected = (0..<3 * bins).map { $0 % bins == bins / 2 ? UInt32(examples) : 0 }
    #expect(sums.histogramOfUnits == expected)
  }

  @Test(arguments: widths, exampleCounts)
  func theGatesOfABatchAreSummed(_ units: Int, _ examples: Int) {
    expectSums(units: units, examples: examples, classes: 3)
  }

  /// A network may have more classes than a label can name.
  @Test(arguments: [255, 256, 257, 1000])
  func theGatesOfManyClassesAreSummed(_ classes: Int) {
    expectSums(units: 3, examples: 260, classes: classes)
  }

  private func expectSums(units: Int, examples: Int, classes: Int) {
    let layer = HighwayLayer(units: units, activation: .tanh, gating: .full, at: 0)
    let shift = (0..<units).map { Float($0 % 5) / 8 }
    let sums = KernelSums(layer, shift: shift, classes: classes)
    let (cache, gates, carried) = gates(layer, examples: examples, withSpecial: false)
    let labels = (0..<examples).map { UInt8($0 * $0 % min(classes, 256)) }
    let thresholds = Thresholds(low: 0.3, high: 0.6)
    sums.add(
      GateValues(layer, cache: cache, examples: examples), labels: labels[...],
      thresholds: thresholds)

    var cells = [UInt32](repeating: 0, count: classes * 4)
    for (row, label) in zip(gates, labels) {
      for value in row {
        let kind = value < thresholds.low ? 0 : value > thresholds.high ? 2 : 1
        cells[Int(label) * 4 + kind] += 1
        if value > 0.5 { cells[Int(label) * 4 + 3] += 1 }
      }
    }
    #expect(sums.cells.array == cells)
    // Sums of floats below 1 in any order: each step rounds by half a unit in the last place.
    let bound = 0x1p-24 * Double(examples * examples)
    for unit in 0..<units {
      let moved = gates.map { Double($0[unit] - shift[unit]) }
      #expect(sums.minimum[unit] == gates.map { $0[unit] }.min())
      #expect(sums.maximum[unit] == gates.map { $0[unit] }.max())
      #expect(abs(Double(sums.sum[unit]) - moved.reduce(0, +)) <= bound)
      #expect(abs(Double(sums.squares[unit]) - moved.reduce(0) { $0 + $1 * $1 }) <= bound)
      #expect(
        abs(Double(sums.carry[unit]) - carried.reduce(0) { $0 + Double($1[unit]) }) <= bound)
      for label in 0..<classes {
        let own = zip(moved, labels).filter { $0.1 == label }.reduce(0) { $0 + $1.0 }
        #expect(abs(Double(sums.classSum[label * units + unit]) - own) <= bound)
      }
    }
  }
}
