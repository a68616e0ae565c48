private import COneDNN

/// A row-major matrix, or the transpose of one.
struct Matrix {
  let values: FloatSlice
  let rows: Int
  let columns: Int
  /// Whether the matrix that enters a product is the transpose of the stored one.
  var isTransposed = false

  /// A matrix of `rows × columns` values.
  init(_ values: FloatSlice, rows: Int, columns: Int) {
    precondition(values.count == rows * columns, "one value for each element")
    self.values = values
    self.rows = rows
    self.columns = columns
  }

  var transposed: Matrix {
    var result = self
    result.isTransposed.toggle()
    return result
  }

  fileprivate var effectiveRows: Int { isTransposed ? columns : rows }
  fileprivate var effectiveColumns: Int { isTransposed ? rows : columns }
}

/// Makes oneDNN run on the calling thread alone.
func useOneThreadPerProduct() { tollgate_use_one_openmp_thread() }

/// Computes `c ← a·b`, or `c ← c + a·b` where `adding`.
func multiply(_ a: Matrix, _ b: Matrix, into c: Matrix, adding: Bool = false) {
  precondition(
    a.effectiveColumns == b.effectiveRows && !c.isTransposed && c.rows == a.effectiveRows
      && c.columns == b.effectiveColumns, "the extents of a product agree")
  let letter = { (matrix: Matrix) in CChar(matrix.isTransposed ? 84 : 78) }  // T or N
  let status = unsafe dnnl_sgemm(
    letter(a), letter(b), dnnl_dim_t(c.rows), dnnl_dim_t(c.columns),
    dnnl_dim_t(a.effectiveColumns), 1, a.values.base, dnnl_dim_t(a.columns), b.values.base,
    dnnl_dim_t(b.columns), adding ? 1 : 0, c.values.base, dnnl_dim_t(c.columns))
  precondition(status == dnnl_success, "oneDNN computes a product of valid extents")
}
