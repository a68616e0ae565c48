import TensorFiles

/// An array of a data set in a file that holds tensors.
struct StoredArray {
  /// The file.
  let file: any TensorFile
  /// The array in it.
  let tensor: StoredTensor

  /// Where it is, for messages.
  var path: String { file.place(of: tensor) }
  /// Its name in the file, or the file's without the extension.
  var name: String { tensor.name }

  /// Hands over all elements in the order of the file; pieces hold whole elements.
  ///
  /// - Throws: What reading the file throws, or the function.
  func forEachPiece(
    _ body: (_ bytes: [UInt8]) throws(DataError) -> Void
  ) throws(DataError) {
    func read<Value>(_ read: () throws(ReadError) -> Value) throws(DataError) -> Value {
      do { return try read() } catch { throw DataError(error) }
    }
    let pieces = try read { () throws(ReadError) in try file.pieces(of: tensor) }
    while let piece = try read({ () throws(ReadError) in try pieces.next() }) { try body(piece) }
  }
}
