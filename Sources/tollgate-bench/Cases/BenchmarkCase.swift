/// One thing that is timed.
protocol BenchmarkCase {
  /// The name that `--case` takes.
  var name: String { get }
  /// What is worked on, in a few words.
  var shape: String { get }
  /// The floating-point operations of one run: two for each multiply-add of the matrix products, and
  /// nothing else; nil where the work is not arithmetic.
  var operations: Double? { get }
  /// The bytes that one run brings in, where that and not arithmetic is its work.
  var bytes: Double? { get }
  /// The factor from a run to the 60,000 samples of an epoch; nil where a run takes them all, or where
  /// samples are not what it takes.
  var epochFactor: Double? { get }

  /// Compares the result with a plain reference.
  func verify() throws

  /// Prepares what is not to be timed, and returns what is.
  func prepare() throws -> () throws -> Void
}

extension BenchmarkCase {
  var operations: Double? { nil }
  var bytes: Double? { nil }
  var epochFactor: Double? { nil }
}

/// A result that is not what the reference says, for which no time is printed.
struct Mismatch: Error, CustomStringConvertible {
  let quantity: String
  let expected: Double
  let found: Double
  let bound: Double

  var description: String {
    "\(quantity): expected \(expected) within \(bound), found \(found)"
  }

  /// Compares two values; `bound` is the greatest difference that rounding explains.
  ///
  /// - Throws: ``Mismatch`` where they differ by more, or where one is not a number.
  static func check(
    _ quantity: @autoclosure () -> String, expected: Double, found: Double, bound: Double
  ) throws(Mismatch) {
    guard abs(expected - found) <= bound else {
      throw Mismatch(quantity: quantity(), expected: expected, found: found, bound: bound)
    }
  }

  /// Compares arrays element by element.
  ///
  /// - Throws: ``Mismatch`` for the first pair that differs by more than `bound`.
  static func check(
    _ quantity: @autoclosure () -> String, expected: [Double], found: [Float], bound: Double
  ) throws(Mismatch) {
    try check(
      quantity() + ", number of values", expected: Double(expected.count),
      found: Double(found.count), bound: 0)
    for (index, pair) in zip(expected, found).enumerated() {
      try check(
        "\(quantity())[\(index)]", expected: pair.0, found: Double(pair.1), bound: bound)
    }
  }
}
