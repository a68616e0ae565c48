private import CKernels

/// The transpose of a small matrix, as the kernel for small products reads it.
///
/// A product with a transposed matrix transposes it each time. Where the same weights meet many
/// inputs, they are transposed once and kept; a single input gains most.
struct TransposedMatrix: Sendable {
  /// The transpose, each row filled up with zeros to whole vectors.
  private let values: FloatSlice
  private let rows: Int
  let columns: Int

  /// Transposes a matrix, or returns nil where products with its transpose are the library's.
  ///
  /// Products of few rows gain whatever the size of the matrix: the library would bring it into another order each time.
  init?(_ matrix: Matrix, forFewRows: Bool = false) {
    guard hasSmallProduct && (forFewRows || isSmall(transposed: matrix)) else { return nil }
    rows = matrix.columns
    columns = matrix.rows
    values = FloatBuffer(count: rows * tg_transposed_stride(columns)).all
    unsafe tg_prepare_transposed(values.base, matrix.values.base, columns, rows)
  }

  /// Computes `c ← a·b` where b is this matrix, the transpose of the one it was made of.
  ///
  /// a is `[count, b's rows]`, c is `[count, b's columns]`.
  func multiply(_ a: FloatSlice, count: Int, into c: FloatSlice) {
    precondition(
      a.count == count * rows && c.count == count * columns, "the extents of a product agree")
    unsafe tg_product_transposed(c.base, a.base, values.base, count, columns, rows)
  }
}
