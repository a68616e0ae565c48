private import CKernels
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
    a.effectiveColumns == b.effectiveRows && a.effectiveColumns > 0 && !c.isTransposed
      && c.rows == a.effectiveRows
      && c.columns == b.effectiveColumns, "the extents of a product agree")
  // oneDNN takes no empty matrices.
  guard c.rows > 0 && c.columns > 0 else { return }
  if hasSmallProduct && isSmall(b, rows: c.rows) {
    multiplySmall(a, b, into: c, adding: adding)
  } else {
    multiplyByLibrary(a, b, into: c, adding: adding)
  }
}

/// Whether this processor can run ``multiplySmall(_:_:into:adding:)``.
let hasSmallProduct = tg_product_available() != 0

/// Whether a product is so small that what oneDNN prepares for it costs more than it saves.
private func isSmall(_ b: Matrix, rows: Int = 1) -> Bool {
  b.values.count <= (rows < 512 ? 1 << 16 : 1 << 14) && (b.isTransposed || b.columns <= 128)
}

/// Whether the products with the transpose of a matrix are small.
func isSmall(transposed matrix: Matrix) -> Bool {
  matrix.values.count > 0 && isSmall(matrix.transposed)
}

/// Computes a product by a kernel of our own for matrices that stay in the first cache.
func multiplySmall(_ a: Matrix, _ b: Matrix, into c: Matrix, adding: Bool) {
  unsafe tg_product(
    c.values.base, a.values.base, a.isTransposed ? 1 : a.columns, a.isTransposed ? a.columns : 1,
    b.values.base, b.columns, b.isTransposed ? 1 : 0, c.rows, c.columns, a.effectiveColumns,
    adding ? 1 : 0)
}

/// Computes a product by oneDNN.
func multiplyByLibrary(_ a: Matrix, _ b: Matrix, into c: Matrix, adding: Bool) {
  let letter = { (matrix: Matrix) in CChar(matrix.isTransposed ? 84 : 78) }  // T or N
  let status = unsafe dnnl_sgemm(
    letter(a), letter(b), dnnl_dim_t(c.rows), dnnl_dim_t(c.columns),
    dnnl_dim_t(a.effectiveColumns), 1, a.values.base, dnnl_dim_t(a.columns), b.values.base,
    dnnl_dim_t(b.columns), adding ? 1 : 0, c.values.base, dnnl_dim_t(c.columns))
  precondition(status == dnnl_success, "oneDNN computes a product of valid extents")
}
