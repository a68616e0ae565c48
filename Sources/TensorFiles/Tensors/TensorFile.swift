/// A file that holds named tensors, open for reading, every claim of its header checked.
///
/// Values are read when they are asked for; opening takes no more memory than the header. A further format
/// is a further type that conforms, and an entry in the list of ``TensorFileReader``.
public protocol TensorFile: AnyObject, Sendable {
  /// What the format is called.
  static var format: String { get }

  /// Whether a file is of this format, by its first bytes, at most 16, and by what else has to be looked at.
  ///
  /// - Throws: ``ReadError`` where that cannot be read or is damaged.
  static func recognizes(_ prefix: [UInt8], at path: String) throws(ReadError) -> Bool

  /// Opens a file and reads its header.
  ///
  /// - Throws: ``ReadError`` where it cannot be read, or is damaged or of another format.
  init(_ path: String) throws(ReadError)

  /// Where the file was opened.
  var path: String { get }

  /// The tensors in the order of the file.
  var tensors: [StoredTensor] { get }

  /// Tensors whose own headers are wrong, while the file around them is right.
  var unreadable: [(name: String, error: ReadError)] { get }

  /// What the file says besides tensors; texts of strangers.
  var metadata: [(key: String, value: String)] { get }

  /// The tensor of a name.
  subscript(name: String) -> StoredTensor? { get }

  /// Where a tensor is, for messages.
  func place(of tensor: StoredTensor) -> String

  /// Starts reading the elements of a tensor of this file: just their bytes, in the order of the file.
  ///
  /// - Throws: ``ReadError`` where the file cannot be read or has changed.
  func reader(of tensor: StoredTensor) throws(ReadError) -> any ByteReader
}

extension TensorFile {
  /// Tensors whose own headers are wrong; by default none.
  public var unreadable: [(name: String, error: ReadError)] { [] }

  /// What the file says besides tensors; by default nothing.
  public var metadata: [(key: String, value: String)] { [] }

  /// The tensor of a name.
  public subscript(name: String) -> StoredTensor? { tensors.first { $0.name == name } }

  /// Where a tensor is, for messages: by default the file's path.
  public func place(of tensor: StoredTensor) -> String { path }

  /// The metadata of a key.
  public func metadata(_ key: String) -> String? { metadata.first { $0.key == key }?.value }

  /// The tensor of a name, or the one that it shares: safetensors' `save_model` writes one of several, and notes the
  /// others' names in the metadata.
  package func shared(_ name: String) -> StoredTensor? {
    self[name] ?? metadata(name).flatMap { self[$0] }
  }

  /// The bytes of a tensor as they stand in the file.
  ///
  /// - Throws: ``ReadError`` where they cannot be read, or are found to be damaged.
  public func bytes(of tensor: StoredTensor) throws(ReadError) -> [UInt8] {
    try reader(of: tensor).read(upTo: tensor.bytes.count)
  }

  /// The values of a tensor, row-major whatever the order in the file; `[tensor.count]`.
  ///
  /// Values that no `Float` holds are rounded to the nearest; true is 1.
  ///
  /// - Throws: ``ReadError`` where they cannot be read, are found to be damaged, or are no numbers
  ///   (``TensorFileError/notNumbers(tensor:type:)``).
  public func values(of tensor: StoredTensor) throws(ReadError) -> [Float] {
    guard tensor.type.isNumber else {
      throw .format(
        path: place(of: tensor),
        TensorFileError.notNumbers(tensor: tensor.name, type: tensor.type.name))
    }
    var values: [Float] = []
    let pieces = try pieces(of: tensor)
    while let piece = try pieces.next() {
      let more = tensor.type.floats(piece)
      // Most tensors are one piece, which needs no copy.
      if values.isEmpty { values = more } else { values += more }
    }
    return tensor.isFortranOrder ? Self.rowMajor(values, tensor.shape) : values
  }

  /// The elements of a tensor of numbers, a piece at a time however large it is.
  package func pieces(of tensor: StoredTensor) throws(ReadError) -> TensorPieces {
    TensorPieces(
      try reader(of: tensor), count: tensor.bytes.count, element: max(1, tensor.type.bits / 8))
  }

  /// Brings values whose first index varies fastest into the order in which the last does.
  private static func rowMajor(_ values: [Float], _ shape: [Int]) -> [Float] {
    var strides: [Int] = []
    var step = 1
    for extent in shape {
      strides.append(step)
      step *= extent
    }
    var places = StridedPlaces(shape: shape, strides: strides)
    return values.indices.map { _ in values[places.next()] }
  }
}

/// The bytes of a tensor in pieces that hold whole elements.
package final class TensorPieces {
  private let reader: any ByteReader
  private let pieceCount: Int
  private var left: Int

  init(_ reader: any ByteReader, count: Int, element: Int) {
    self.reader = reader
    pieceCount = max(1, (1 << 18) / element) * element
    left = count
  }

  /// The next piece, or nil at the end.
  package func next() throws(ReadError) -> [UInt8]? {
    guard left > 0 else { return nil }
    let piece = try reader.read(upTo: min(pieceCount, left))
    left -= piece.count
    return piece.isEmpty ? nil : piece
  }
}
