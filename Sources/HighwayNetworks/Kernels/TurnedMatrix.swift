private import CKernels

/// The transpose of a small matrix, as the kernel for small products reads it.
///
/// A product with a transposed matrix turns it around each time. Where the same weights meet many
/// inputs, they are turned around once and kept; a single input gains most.
struct TurnedMatrix {
  /// The transpose, each row filled up with zeros to whole vectors.
  private let values: FloatSlice
  let rows: Int
  fileprivate let columns: Int

  /// Turns a matrix around, or returns nil where products with its transpose are the library's.
  init?(_ matrix: Matrix) {
    guard hasSmallProduct && isSmall(transposed: matrix) else { return nil }
    self.init(turning: matrix)
  }

  private init(turning matrix: Matrix) {
    rows = matrix.columns
    columns = matrix.rows
    values = FloatBuffer(count: rows * tg_turned_stride(columns)).all
    unsafe tg_turn(values.base, matrix.values.base, columns, rows)
  }

  /// Computes `c ← a·b` where b is this matrix, the transpose of the one it was made of.
  fileprivate func multiply(_ a: Matrix, into c: Matrix) {
    unsafe tg_product_turned(
      c.values.base, a.values.base, values.base, a.rows, columns, rows)
  }
}

/// Computes `c ← a·b`.
func multiply(_ a: Matrix, _ b: TurnedMatrix, into c: Matrix) {
  precondition(
    a.columns == b.rows && !a.isTransposed && !c.isTransposed && c.rows == a.rows
      && c.columns == b.columns, "the extents of a product agree")
  b.multiply(a, into: c)
}
