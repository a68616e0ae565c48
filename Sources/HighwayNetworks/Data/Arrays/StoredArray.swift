import TensorFiles

/// An array in a file, whose header has been checked and whose elements come a piece at a time.
struct StoredArray {
  /// The most bytes that are decoded at once; a multiple of every element's size.
  private static let pieceCount = 1 << 18

  /// The path of its file.
  let path: String
  /// Its name in the file, or the file's without the extension.
  let name: String
  /// The element type as the file names it.
  let typeName: String
  /// How elements are read; nil where they are no numbers.
  let element: ElementFormat?
  /// The extents, outermost first; empty for a single value.
  let shape: [Int]
  /// Whether the first index varies fastest, not the last.
  let isFortranOrder: Bool
  /// Starts at the first element.
  let open: () throws(DataError) -> any ByteReader

  /// The number of elements.
  var count: Int { shape.reduce(1, *) }

  /// Hands over all elements in the order of the file; pieces hold whole elements.
  ///
  /// - Throws: ``DataError/arrayLength(path:array:expected:found:)`` where the file ends too early, or what
  ///   reading it throws.
  func forEachPiece(
    size: Int, _ body: (_ bytes: [UInt8]) throws(DataError) -> Void
  ) throws(DataError) {
    let total = count * size
    let reader = try open()
    var done = 0
    while done < total {
      let piece = try reader.read(upTo: min(Self.pieceCount, total - done))
      let expected = min(Self.pieceCount, total - done)
      guard piece.count == expected else {
        throw .arrayLength(path: path, array: name, expected: total, found: done + piece.count)
      }
      done += piece.count
      try body(piece)
    }
  }
}

// MARK: - Opening

extension StoredArray {
  /// Opens a .npy file, whose elements must all be there; more may follow.
  ///
  /// - Throws: ``DataError/numpy(path:_:)`` or what reading the file throws.
  init(npy path: String, name: String) throws(DataError) {
    let file: InputFile
    do { file = try InputFile(path) } catch { throw .file(error) }
    let prefix: [UInt8]
    do { prefix = try file.read(0..<min(NPYHeader.prefixCount, file.size)) } catch {
      throw .file(error)
    }
    let end = min(try Self.headerEnd(prefix, path), file.size)
    let bytes: [UInt8]
    do { bytes = try file.read(0..<end) } catch { throw .file(error) }
    let header = try Self.header(bytes, path)
    guard header.byteCount <= file.size - header.dataOffset else {
      throw .numpy(
        path: path,
        .tooShort(expected: header.byteCount, found: file.size - header.dataOffset))
    }
    let range = header.dataOffset..<header.dataOffset + header.byteCount
    self.init(header, path: path, name: name) { () throws(DataError) in
      try FileBytes(path, range)
    }
  }

  /// Opens a .npy member of an archive, which must hold the array and nothing else.
  ///
  /// - Throws: ``DataError/numpy(path:_:)`` or what reading the archive throws.
  init(
    _ entry: ZipDirectory.Entry, of archive: ZipArchive, name: String
  ) throws(DataError) {
    let path = archive.path + ":" + entry.name
    let reader = try MemberBytes(entry, of: archive)
    var bytes = try reader.read(upTo: NPYHeader.prefixCount)
    let end = try Self.headerEnd(bytes, path)
    bytes += try reader.read(upTo: max(0, end - bytes.count))
    let header = try Self.header(Array(bytes.prefix(end)), path)
    let found = entry.count - header.dataOffset
    guard header.byteCount <= found else {
      throw .numpy(path: path, .tooShort(expected: header.byteCount, found: found))
    }
    guard header.byteCount == found else {
      throw .numpy(path: path, .trailingBytes(expected: header.byteCount, found: found))
    }
    self.init(header, path: path, name: name) { () throws(DataError) in
      let reader = try MemberBytes(entry, of: archive)
      _ = try reader.read(upTo: header.dataOffset)
      return reader
    }
  }

  /// A tensor of a safetensors file, whose header has been checked.
  init(_ tensor: SafetensorsHeader.Tensor, path: String) {
    self.init(
      path: path, name: tensor.name, typeName: tensor.type.rawValue,
      element: ElementFormat(tensor.type), shape: tensor.shape, isFortranOrder: false
    ) { () throws(DataError) in
      try FileBytes(path, tensor.bytes)
    }
  }

  private init(
    _ header: NPYHeader, path: String, name: String,
    open: @escaping () throws(DataError) -> any ByteReader
  ) {
    self.init(
      path: path, name: name, typeName: header.typeName, element: header.element,
      shape: header.shape, isFortranOrder: header.isFortranOrder, open: open)
  }

  private static func headerEnd(_ prefix: [UInt8], _ path: String) throws(DataError) -> Int {
    do { return try NPYHeader.end(prefix: prefix) } catch { throw .numpy(path: path, error) }
  }

  private static func header(_ bytes: [UInt8], _ path: String) throws(DataError) -> NPYHeader {
    do { return try NPYHeader(parsing: bytes) } catch { throw .numpy(path: path, error) }
  }
}
