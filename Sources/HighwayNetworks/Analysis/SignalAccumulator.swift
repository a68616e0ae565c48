import CKernels

/// What is added up about one gate of a layer; arrays are `[units]` unless they say otherwise.
///
/// Within a batch the kernel adds floats; after it they go into doubles, so that the error does not grow
/// with the number of samples. A gate is summed about its value in the first row: the variance of a gate
/// that hardly moves would otherwise drown in rounding.
struct SignalAccumulator: Sendable {
  /// What the kernel writes to, made when the first batch comes.
  private final class Scratch: @unchecked Sendable {
    let floats: FloatBuffer
    let counts: AlignedBuffer<UInt32>

    init(floats: Int, counts: Int) {
      self.floats = FloatBuffer(count: floats)
      self.counts = AlignedBuffer(count: counts)
    }
  }

  static let bins = SignalStatistics.histogramBins

  let units: Int
  private let groups: Int
  /// The gate in the first row, about which it is summed.
  let shift: [Float]
  private let scratch: Scratch
  private(set) var sum: [Double]
  private(set) var squares: [Double]
  /// Σ (gate − shift) over each group; `[groups, units]`.
  private(set) var groupSum: [Double]
  /// Cells carried, mixed, transformed, open; `[groups, 4]`.
  private(set) var cells: [Int]
  /// Cells whose gate is not a number; `[groups]`.
  private(set) var missing: [Int]
  /// The number of rows of each group; `[groups]`.
  private(set) var rows: [Int]

  /// Creates empty sums for groups of rows, about a gate's values in the first row.
  init(groups: Int, shift: [Float]) {
    units = shift.count
    self.groups = groups
    self.shift = shift
    scratch = Scratch(
      floats: units * (5 + groups), counts: units * (Self.bins + 2) + groups * 4)
    sum = [Double](repeating: 0, count: units)
    squares = sum
    groupSum = [Double](repeating: 0, count: units * groups)
    cells = [Int](repeating: 0, count: groups * 4)
    rows = [Int](repeating: 0, count: groups)
    missing = rows
    slice(0).assign(shift)
    minimum.fill(.infinity)
    maximum.fill(-.infinity)
  }

  /// The smallest value.
  var minimum: FloatSlice { slice(1) }
  /// The greatest value.
  var maximum: FloatSlice { slice(2) }

  /// One of the parts of the scratch: shift, minimum, maximum, then what is added within a batch.
  private func slice(_ part: Int) -> FloatSlice {
    scratch.floats[part * units..<(part + 1) * units]
  }

  private var binCounts: BufferSlice<UInt32> { scratch.counts[0..<units * Self.bins] }
  /// How many rows of each unit lie below the low threshold, and above the high one; `[2, units]`.
  private var unitCells: BufferSlice<UInt32> {
    scratch.counts[units * Self.bins..<units * (Self.bins + 2)]
  }
  private var cellCounts: BufferSlice<UInt32> {
    scratch.counts[units * (Self.bins + 2)..<scratch.counts.count]
  }

  /// How many rows of each unit fall in each bin; `[units, bins]`.
  var histogram: [UInt32] {
    (0..<units * Self.bins).map { index in
      let (unit, bin) = index.quotientAndRemainder(dividingBy: Self.bins)
      return binCounts[bin * units + unit]
    }
  }

  /// Adds the rows of a batch.
  ///
  /// - Parameters:
  ///   - values: The gate, `[rows, units]`, or `[units]` where the stride is 0.
  ///   - stride: How far rows are apart.
  ///   - groupOf: The group of each example.
  ///   - rowsPerExample: How many rows each example has.
  ///   - thresholds: What counts as carried and as transformed.
  /// - Precondition: Each group is at least 0 and less than the number of groups.
  mutating func add(
    _ values: FloatSlice, stride: Int, groupOf: ArraySlice<Int32>, rowsPerExample: Int,
    thresholds: Thresholds
  ) {
    let count = groupOf.count * rowsPerExample
    precondition(groupOf.allSatisfy { 0 <= $0 && $0 < groups }, "a group is one of those counted")
    guard count > 0 else { return }
    precondition(
      values.count >= (count - 1) * stride + units && rowsPerExample > 0, "the extents agree")
    let batch = scratch.floats[3 * units..<scratch.floats.count]
    batch.fill(0)
    cellCounts.fill(0)
    var sums = unsafe tg_gate_sums(
      shift: slice(0).base, sum: slice(3).base, sumOfSquares: slice(4).base,
      minimum: minimum.base, maximum: maximum.base, histogram: binCounts.base,
      unitCells: unitCells.base, groupSum: scratch.floats[5 * units..<scratch.floats.count].base,
      groupCells: cellCounts.base)
    unsafe groupOf.withUnsafeBufferPointer { groupOf in
      guard let group = groupOf.baseAddress else { return }
      unsafe tg_gate_sums_add(
        &sums, values.base, stride, group, rowsPerExample, count, units, groups, Self.bins,
        thresholds.low, thresholds.high)
    }
    for unit in sum.indices {
      sum[unit] += Double(batch[unit])
      squares[unit] += Double(batch[units + unit])
    }
    for entry in groupSum.indices { groupSum[entry] += Double(batch[2 * units + entry]) }
    for entry in cells.indices { cells[entry] += Int(cellCounts[entry]) }
    for group in groupOf { rows[Int(group)] += rowsPerExample }
    if (0..<units).contains(where: { batch[$0].isNaN }) {
      countMissing(values, stride: stride, groupOf: groupOf, rowsPerExample: rowsPerExample)
    }
  }

  /// Counts the cells of a batch that are not numbers, which the kernel takes for mixed ones.
  private mutating func countMissing(
    _ values: FloatSlice, stride: Int, groupOf: ArraySlice<Int32>, rowsPerExample: Int
  ) {
    for (example, group) in groupOf.enumerated() {
      for row in example * rowsPerExample..<(example + 1) * rowsPerExample {
        let count = (0..<units).count { values[row * stride + $0].isNaN }
        missing[Int(group)] += count
        cells[Int(group) * 4 + 1] -= count
      }
    }
  }

  /// Adds the sums of other rows, about the same values.
  mutating func add(_ other: SignalAccumulator) {
    for unit in sum.indices {
      sum[unit] += other.sum[unit]
      squares[unit] += other.squares[unit]
      minimum[unit] = min(minimum[unit], other.minimum[unit])
      maximum[unit] = max(maximum[unit], other.maximum[unit])
    }
    for entry in groupSum.indices { groupSum[entry] += other.groupSum[entry] }
    for entry in cells.indices { cells[entry] += other.cells[entry] }
    for group in rows.indices {
      rows[group] += other.rows[group]
      missing[group] += other.missing[group]
    }
    for entry in 0..<binCounts.count { binCounts[entry] += other.binCounts[entry] }
    for entry in 0..<unitCells.count { unitCells[entry] += other.unitCells[entry] }
  }

  /// The mean of the gate; `[units]`.
  var means: [Double] {
    let count = Double(max(rows.reduce(0, +), 1))
    return zip(sum, shift).map { $0 / count + Double($1) }
  }

  /// What the sums say of the gate, by the first `named` groups.
  func statistics(of signal: Signal, groups named: Int) -> SignalStatistics {
    let total = rows.reduce(0, +)
    let count = Double(max(total, 1))
    let mean = sum.map { $0 / count }
    // Of a NaN and a number, max and min return the first: what depends on a NaN stays one.
    let variance = zip(squares, mean).map { max($0 / count - $1 * $1, 0) }
    var between = [Double](repeating: 0, count: units)
    var groupMean = [Float](repeating: 0, count: named * units)
    for group in 0..<named where rows[group] > 0 {
      let members = Double(rows[group])
      for unit in 0..<units {
        let own = groupSum[group * units + unit] / members
        groupMean[group * units + unit] = Float(own + Double(shift[unit]))
        between[unit] += members / count * (own - mean[unit]) * (own - mean[unit])
      }
    }
    let means = zip(mean, shift).map { Float($0 + Double($1)) }
    return SignalStatistics(
      signal: signal, mean: means, std: variance.map { Float($0.squareRoot()) },
      minimum: total > 0 ? minimum.array : means, maximum: total > 0 ? maximum.array : means,
      histogram: histogram, carried: (0..<units).map { unitCells[$0] },
      transformed: (0..<units).map { unitCells[units + $0] }, groupMean: groupMean,
      groupShare: zip(between, variance).map { $1 == 0 ? 0 : Float(min($0 / $1, 1)) })
  }
}

extension SignalAccumulator: Transferable {
  func write(to values: inout PackedValues) {
    for part in [sum, squares, groupSum] { values.append(part) }
    for part in [cells, missing, rows] { values.append(part) }
    values.append(minimum.array)
    values.append(maximum.array)
    values.append(binCounts.array)
    values.append(unitCells.array)
  }

  mutating func read(from values: inout PackedValues) {
    sum = values.take()
    squares = values.take()
    groupSum = values.take()
    cells = values.take()
    missing = values.take()
    rows = values.take()
    minimum.assign(values.take() as [Float])
    maximum.assign(values.take() as [Float])
    binCounts.assign(values.take() as [UInt32])
    unitCells.assign(values.take() as [UInt32])
  }
}

/// The sum over all values of |a − b|.
func sumOfDistances(_ a: FloatSlice, _ b: FloatSlice) -> Double {
  precondition(a.count == b.count, "the extents agree")
  return unsafe tg_sum_of_distances(a.base, b.base, a.count)
}

/// The sums over all values of a − b and of (a − b)².
func sumsOfDifference(_ a: FloatSlice, _ b: FloatSlice) -> (sum: Double, squares: Double) {
  precondition(a.count == b.count, "the extents agree")
  var sum = 0.0
  var squares = 0.0
  unsafe tg_sums_of_difference(a.base, b.base, a.count, &sum, &squares)
  return (sum, squares)
}
