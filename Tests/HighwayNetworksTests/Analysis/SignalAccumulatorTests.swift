import Testing

@testable import HighwayNetworks

/// The sums over gates and outputs against plain loops in float64.
@Suite struct SignalAccumulatorTests {
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
  private func gates(_ units: Int, rows: Int, withSpecial: Bool) -> [[Float]] {
    let special: [Float] = [0, 1, 2, -1, .nan, .infinity, -.infinity, 0.5]
    var random = RandomSource(seed: 5)
    var index = 0
    return (0..<rows).map { row in
      (0..<units).map { unit in
        let value = Float(UInt8.random(in: 0...255, using: &random)) / 255
        guard withSpecial && (row * units + unit).isMultiple(of: 3) else { return value }
        index += 1
        return special[(index - 1) % special.count]
      }
    }
  }

  /// Rows that are further apart than they are long, as T stands beside H.
  private func spread(_ rows: [[Float]]) -> (values: FloatSlice, stride: Int) {
    let units = rows.first?.count ?? 0
    let values = rows.flatMap { $0 + [Float](repeating: .nan, count: units) }
    return (FloatBuffer(values).all, 2 * units)
  }

  @Test(arguments: widths, exampleCounts)
  func eachGateFallsIntoItsBin(_ units: Int, _ examples: Int) {
    let rows = gates(units, rows: examples, withSpecial: true)
    let bins = LayerStatistics.histogramBins
    var expected = [UInt32](repeating: 0, count: units * bins)
    let thresholds = Thresholds(low: 0.1, high: 0.7)
    var (low, high) = ([UInt32](repeating: 0, count: units), [UInt32](repeating: 0, count: units))
    for row in rows {
      for (unit, value) in row.enumerated() {
        if value < thresholds.low { low[unit] += 1 }
        if value > thresholds.high { high[unit] += 1 }
        let bin = value >= 1 ? bins - 1 : value > 0 ? Int(value * Float(bins)) : 0
        expected[unit * bins + bin] += 1
      }
    }
    for groups in [2, 300] {
      var sums = SignalAccumulator(groups: groups, shift: [Float](repeating: 0, count: units))
      let (values, stride) = spread(rows)
      sums.add(
        values, stride: stride, groupOf: (0..<examples).map { Int32($0 % 2) }[...],
        rowsPerExample: 1, thresholds: thresholds)
      #expect(sums.histogram == expected, "\(groups) groups")
      let found = sums.statistics(of: .transformGate, groups: 2)
      #expect(found.carried == low && found.transformed == high, "\(groups) groups")
      let missing = rows.joined().count { $0.isNaN }
      #expect(sums.missing.reduce(0, +) == missing, "\(groups) groups")
      let mixed = Swift.stride(from: 1, to: sums.cells.count, by: 4).reduce(0) {
        $0 + sums.cells[$1]
      }
      let others = Int(low.reduce(0, +) + high.reduce(0, +))
      #expect(mixed == rows.count * units - others - missing, "\(groups) groups")
    }
  }

  /// More of them than a byte holds.
  @Test func allGatesFallIntoOneBin() {
    var sums = SignalAccumulator(groups: 1, shift: [0, 0, 0])
    let examples = 600
    let values = FloatBuffer([Float](repeating: 0.5, count: examples * 3)).all
    sums.add(
      values, stride: 3, groupOf: [Int32](repeating: 0, count: examples)[...], rowsPerExample: 1,
      thresholds: Thresholds())
    let bins = LayerStatistics.histogramBins
    let expected = (0..<3 * bins).map { $0 % bins == bins / 2 ? UInt32(examples) : 0 }
    #expect(sums.histogram == expected)
  }

  @Test(arguments: widths, exampleCounts)
  func theGatesOfABatchAreSummed(_ units: Int, _ examples: Int) {
    expectSums(units: units, examples: examples, groups: 3)
  }

  /// More groups than stand on the kernel's stack.
  @Test(arguments: [255, 256, 257, 1000])
  func theGatesOfManyGroupsAreSummed(_ groups: Int) {
    expectSums(units: 3, examples: 260, groups: groups)
    expectSums(units: 70, examples: 260, groups: groups)
  }

  /// Maps and sequences: all positions of an example are in its group.
  @Test(arguments: [2, 7, 100])
  func rowsOfAnExampleShareItsGroup(_ positions: Int) {
    expectSums(units: 5, examples: 9, groups: 3, positions: positions)
  }

  @Test func aConstantGateIsOneRow() {
    var sums = SignalAccumulator(groups: 1, shift: [0.25, 1])
    sums.add(
      FloatBuffer([0.25, 1]).all, stride: 0, groupOf: [0, 0, 0], rowsPerExample: 4,
      thresholds: Thresholds())
    let found = sums.statistics(of: .transformGate, groups: 1)
    #expect(found.mean == [0.25, 1] && found.std == [0, 0] && found.maximum == [0.25, 1])
    #expect(sums.rows == [12] && sums.cells == [0, 12, 12, 12])
  }

  private func expectSums(units: Int, examples: Int, groups: Int, positions: Int = 1) {
    let shift = (0..<units).map { Float($0 % 5) / 8 }
    var sums = SignalAccumulator(groups: groups, shift: shift)
    let rows = gates(units, rows: examples * positions, withSpecial: false)
    let groupOf = (0..<examples).map { Int32($0 * $0 % groups) }
    let ofRow = (0..<rows.count).map { Int(groupOf[$0 / positions]) }
    let thresholds = Thresholds(low: 0.3, high: 0.6)
    let (values, stride) = spread(rows)
    sums.add(
      values, stride: stride, groupOf: groupOf[...], rowsPerExample: positions,
      thresholds: thresholds)

    var cells = [Int](repeating: 0, count: groups * 4)
    for (row, group) in zip(rows, ofRow) {
      for value in row {
        let kind = value < thresholds.low ? 0 : value > thresholds.high ? 2 : 1
        cells[group * 4 + kind] += 1
        if value > 0.5 { cells[group * 4 + 3] += 1 }
      }
    }
    #expect(sums.cells == cells)
    #expect(sums.rows == (0..<groups).map { group in ofRow.count { $0 == group } })
    // Sums of floats below 1 in any order: each step rounds by half a unit in the last place.
    let bound = 0x1p-24 * Double(rows.count * rows.count)
    for unit in 0..<units {
      let moved = rows.map { Double($0[unit] - shift[unit]) }
      #expect(sums.minimum[unit] == rows.map { $0[unit] }.min())
      #expect(sums.maximum[unit] == rows.map { $0[unit] }.max())
      #expect(abs(sums.sum[unit] - moved.reduce(0, +)) <= bound)
      #expect(abs(sums.squares[unit] - moved.reduce(0) { $0 + $1 * $1 }) <= bound)
      var own = [Double](repeating: 0, count: groups)
      for (value, group) in zip(moved, ofRow) { own[group] += value }
      let found = (0..<groups).map { sums.groupSum[$0 * units + unit] }
      #expect(zip(found, own).allSatisfy { abs($0 - $1) <= bound })
    }
  }
}
