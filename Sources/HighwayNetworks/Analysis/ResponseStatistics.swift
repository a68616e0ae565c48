private import CKernels

/// The response of a block whose transform gate is not learned: what its branch F returns.
///
/// See He et al. 2015, Figure 7.
public struct ResponseStatistics: Hashable, Sendable {
  /// The mean of F of each unit, over samples and positions; `[units]`.
  public let mean: [Float]
  /// The standard deviation of F of each unit, over samples and positions; `[units]`.
  public let std: [Float]
  /// The standard deviation of F over samples, positions and units.
  public let overall: Double
  /// ‖F‖ / ‖x‖, the norms over samples, positions and units; nil where F and x have different shapes.
  public let relativeNorm: Double?
  /// The cosine of the angle between F and x; nil where they have different shapes, or one of them is 0.
  public let cosine: Double?
  /// The mean of |γ| of the branch's last norm; nil where the branch has no norm.
  public internal(set) var scale: Double?
}

/// The running sums that responses are computed from.
struct ResponseAccumulator: Sendable {
  private var sums: [Double]
  private var squares: [Double]
  private var inputSquares = 0.0
  private var products = 0.0
  private var rows = 0
  private var hasInput = false

  /// Creates empty sums.
  init(units: Int) {
    sums = [Double](repeating: 0, count: units)
    squares = sums
  }

  /// Adds the rows of a batch.
  ///
  /// - Parameters:
  ///   - branch: F, `[rows, units]`.
  ///   - stride: How far rows of F are apart.
  ///   - input: x, `[rows, units]`; nil where it has another shape.
  ///   - count: The number of rows.
  mutating func add(_ branch: FloatSlice, stride: Int, input: FloatSlice?, rows count: Int) {
    let units = sums.count
    precondition(count == 0 || branch.count >= (count - 1) * stride + units, "F has all rows")
    precondition(input.map { $0.count == count * units } ?? true, "x has as many rows")
    rows += count
    hasInput = input != nil
    unsafe tg_add_responses(
      branch.base, stride, input?.base, count, units, &sums, &squares, &inputSquares, &products)
  }

  /// Adds the sums of other rows.
  mutating func add(_ other: ResponseAccumulator) {
    for unit in sums.indices {
      sums[unit] += other.sums[unit]
      squares[unit] += other.squares[unit]
    }
    inputSquares += other.inputSquares
    products += other.products
    rows += other.rows
    hasInput = hasInput || other.hasInput
  }

  /// What the sums say.
  var statistics: ResponseStatistics {
    let count = Double(max(1, rows))
    let means = sums.map { $0 / count }
    let total = squares.reduce(0, +)
    let values = count * Double(sums.count)
    let mean = sums.reduce(0, +) / values
    let norms = (total * inputSquares).squareRoot()
    return ResponseStatistics(
      mean: means.map { Float($0) },
      std: zip(squares, means).map { Float(deviation($0 / count, $1)) },
      overall: deviation(total / values, mean),
      relativeNorm: hasInput ? (total / inputSquares).squareRoot() : nil,
      cosine: hasInput && norms > 0 ? products / norms : nil)
  }

  private func deviation(_ meanSquare: Double, _ mean: Double) -> Double {
    // Of a NaN and a number, max returns the first: what depends on a NaN stays one.
    max(meanSquare - mean * mean, 0).squareRoot()
  }
}

extension ResponseAccumulator: Transferable {
  func write(to values: inout PackedValues) {
    values.append(sums)
    values.append(squares)
    values.append([inputSquares, products])
    values.append(rows)
    values.append(hasInput)
  }

  mutating func read(from values: inout PackedValues) {
    sums = values.take()
    squares = values.take()
    let both: [Double] = values.take()
    (inputSquares, products) = (both[0], both[1])
    rows = values.take()
    hasInput = values.take()
  }
}
