import Testing

@testable import HighwayNetworks

/// Products of matrices, by each of the ways in which they are computed.
struct MatrixProductTests {
  enum Way: CaseIterable {
    case chosen
    case library
    case small

    /// Not every processor has the instructions of the kernel for small products.
    static var available: [Way] { allCases.filter { $0 != .small || hasSmallProduct } }

    func multiply(_ a: Matrix, _ b: Matrix, into c: Matrix, adding: Bool) {
      switch self {
      case .chosen: HighwayNetworks.multiply(a, b, into: c, adding: adding)
      case .library: multiplyByLibrary(a, b, into: c, adding: adding)
      case .small: multiplySmall(a, b, into: c, adding: adding)
      }
    }
  }

  /// Numbers of both signs between −1 and 1.
  private func values(_ count: Int, _ random: inout RandomSource) -> [Float] {
    (0..<count).map { _ in 2 * random.uniform() - 1 }
  }

  /// The values in memory of their own, with NaN behind them, which spoils what reads too far.
  private func slice(_ values: [Float]) -> FloatSlice {
    let buffer = FloatBuffer(count: values.count + 16)
    buffer.all.assign(values + [Float](repeating: .nan, count: 16))
    return buffer.all.first(values.count)
  }

  /// The product by plain loops in double precision, with the sum of the magnitudes that enter each value.
  private func product(
    _ a: [Float], _ aTransposed: Bool, _ b: [Float], _ bTransposed: Bool, m: Int, n: Int, k: Int
  ) -> [(value: Double, magnitude: Double)] {
    (0..<m * n).map { index in
      let (i, j) = (index / n, index % n)
      var sum = (value: 0.0, magnitude: 0.0)
      for p in 0..<k {
        let term =
          Double(a[aTransposed ? p * m + i : i * k + p])
          * Double(b[bTransposed ? j * k + p : p * n + j])
        sum.value += term
        sum.magnitude += abs(term)
      }
      return sum
    }
  }

  private func check(_ way: Way, m: Int, n: Int, k: Int) {
    var random = RandomSource(seed: UInt64(m * 1_000_000 + n * 1_000 + k))
    let (a, b, before) = (values(m * k, &random), values(k * n, &random), values(m * n, &random))
    for (aTransposed, bTransposed) in [(false, false), (false, true), (true, false), (true, true)] {
      let expected = product(a, aTransposed, b, bTransposed, m: m, n: n, k: k)
      for adding in [false, true] {
        // Values before and behind c tell whether anything else is written.
        let guarded = slice([7] + before + [7])
        var left = Matrix(slice(a), rows: aTransposed ? k : m, columns: aTransposed ? m : k)
        var right = Matrix(slice(b), rows: bTransposed ? n : k, columns: bTransposed ? k : n)
        left.isTransposed = aTransposed
        right.isTransposed = bTransposed
        way.multiply(
          left, right, into: Matrix(guarded[1..<m * n + 1], rows: m, columns: n), adding: adding)
        let found = guarded.array
        #expect(found[0] == 7 && found[m * n + 1] == 7)
        for index in 0..<m * n {
          let start = adding ? Double(before[index]) : 0
          // Each of the k + 1 additions rounds by half a unit in the last place of what it sums up.
          let bound = Double(k + 2) * 0x1p-24 * (expected[index].magnitude + abs(start))
          let difference = abs(Double(found[index + 1]) - expected[index].value - start)
          if !(difference <= bound) {
            Issue.record(
              "\(way) \(m)×\(n)×\(k) \(aTransposed) \(bTransposed) \(adding) at \(index): \(difference)"
            )
            return
          }
        }
      }
    }
  }

  @Test(arguments: Way.available)
  func everyShapeAgreesWithPlainLoops(way: Way) {
    // Around the widths of vectors, tiles and panels, and primes.
    for n in [1, 2, 15, 16, 17, 18, 31, 33, 34, 50, 63, 64, 65, 66, 82, 100, 113] {
      for (m, k) in [
        (1, 1), (1, 16), (1, 47), (2, 17), (6, 16), (7, 50), (8, 3), (9, 31), (16, 2), (17, 33),
        (50, 100),
      ] {
        check(way, m: m, n: n, k: k)
      }
    }
  }

  @Test(arguments: Way.available)
  func longSumsAgreeWithPlainLoops(way: Way) {
    for k in [255, 256, 257, 511, 513, 784] { check(way, m: 19, n: 18, k: k) }
    for m in [111, 112, 113, 240] { check(way, m: m, n: 34, k: 5) }
  }

  /// c ← a·bᵀ with b turned around before; nil where the processor has no kernel for it.
  private func turnedProduct(
    _ a: [Float], _ b: [Float], m: Int, n: Int, k: Int
  ) -> [Float]? {
    guard let turned = TransposedMatrix(Matrix(slice(b), rows: n, columns: k)) else { return nil }
    let guarded = slice([7] + [Float](repeating: .nan, count: m * n) + [7])
    turned.multiply(slice(a), count: m, into: guarded[1..<m * n + 1])
    let found = guarded.array
    #expect(found[0] == 7 && found[m * n + 1] == 7)
    return Array(found[1..<m * n + 1])
  }

  @Test(
    .enabled(if: hasSmallProduct),
    arguments: [1, 2, 5, 15, 16, 17, 18, 33, 34, 50, 63, 64, 65, 100, 113, 128, 129, 200])
  func transposedMatricesAgreeWithPlainLoops(n: Int) throws {
    for (m, k) in [
      (0, 3), (1, 1), (1, 15), (1, 16), (1, 17), (1, 257), (2, 50), (6, 16), (7, 50), (17, 31),
      (50, 50), (19, 257),
    ] {
      var random = RandomSource(seed: UInt64(m * 1_000_000 + n * 1_000 + k))
      let (a, b) = (values(m * k, &random), values(n * k, &random))
      let found = try #require(turnedProduct(a, b, m: m, n: n, k: k))
      let expected = product(a, false, b, true, m: m, n: n, k: k)
      for index in 0..<m * n {
        let bound = Double(k + 2) * 0x1p-24 * expected[index].magnitude
        #expect(abs(Double(found[index]) - expected[index].value) <= bound, "\(m)×\(n)×\(k)")
      }
    }
  }

  @Test(.enabled(if: hasSmallProduct))
  func transposedMatricesGiveTheSameBitsForOneExampleAndForMany() throws {
    for (n, k) in [(1, 1), (17, 3), (34, 17), (100, 50), (113, 257)] {
      let m = 13
      var random = RandomSource(seed: UInt64(n * 1_000 + k))
      let (a, b) = (values(m * k, &random), values(n * k, &random))
      let together = try #require(turnedProduct(a, b, m: m, n: n, k: k))
      let c = slice(together.map { _ in 0 })
      multiplySmall(
        Matrix(slice(a), rows: m, columns: k), Matrix(slice(b), rows: n, columns: k).transposed,
        into: Matrix(c, rows: m, columns: n), adding: false)
      #expect(c.array.map(\.bitPattern) == together.map(\.bitPattern))
      for row in 0..<m {
        let alone = turnedProduct(Array(a[row * k..<(row + 1) * k]), b, m: 1, n: n, k: k)
        #expect(alone == Array(together[row * n..<(row + 1) * n]))
      }
    }
  }

  @Test func largeMatricesAreNotTransposed() {
    #expect(
      TransposedMatrix(Matrix(FloatBuffer(count: 257 * 256).all, rows: 257, columns: 256)) == nil)
  }

  @Test func emptyMatricesAreNoMistake() {
    check(.chosen, m: 0, n: 5, k: 3)
    check(.chosen, m: 5, n: 0, k: 3)
  }
}
