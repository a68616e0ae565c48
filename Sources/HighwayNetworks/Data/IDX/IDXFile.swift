import TensorFiles

/// A file of the MNIST family: bytes in one or three dimensions, plain or compressed with gzip.
///
/// A header of big-endian words, the magic number and each dimension's extent, stands before the bytes.
struct IDXFile {
  /// What the file holds.
  enum Kind: UInt32 {
    /// One label per example; `[examples]`.
    case labels = 0x0801
    /// One image per example; `[examples, height, width]`.
    case images = 0x0803

    var dimensions: Int { self == .labels ? 1 : 3 }
    var headerCount: Int { 4 + 4 * dimensions }
  }

  /// The greatest number of bytes that is read, beyond every data set of the family, 2³².
  static let maximumCount = 1 << 32

  /// `[examples]` or `[examples, height, width]`.
  let extents: [Int]
  /// The product of the extents.
  let bytes: [UInt8]

  /// Reads a file, compressed or not as its first bytes say.
  ///
  /// Nothing is allocated for a claim of the header: a plain file must have exactly the length, and a
  /// compressed one is taken as it comes, never further than the claim.
  ///
  /// - Throws: ``DataError`` where the file is not of that kind, too short, too long or damaged.
  init(_ path: String, _ kind: Kind) throws(DataError) {
    let file: InputFile
    do { file = try InputFile(path) } catch { throw .file(error) }
    let prefix: [UInt8]
    do {
      prefix = try file.read(0..<min(file.size, kind.headerCount))
    } catch {
      throw .file(error)
    }
    guard !GzipReader.recognizes(prefix) else {
      (extents, bytes) = try Self.decompress(file, kind)
      return
    }
    let (extents, count) = try Self.header(prefix, kind, path)
    let end = kind.headerCount + count
    guard file.size == end else {
      throw .wrongLength(path: path, expected: end, found: file.size)
    }
    self.extents = extents
    do { bytes = try file.read(kind.headerCount..<end) } catch { throw .file(error) }
  }

  /// The extents that a file's header claims, without its bytes.
  ///
  /// - Throws: As ``init(_:_:)``, where the header is wrong.
  static func extents(_ path: String, _ kind: Kind) throws(DataError) -> [Int] {
    let file: InputFile
    var header: [UInt8]
    do {
      file = try InputFile(path)
      header = try file.read(0..<min(file.size, kind.headerCount))
    } catch {
      throw .file(error)
    }
    guard GzipReader.recognizes(header) else {
      let (extents, count) = try Self.header(header, kind, path)
      guard file.size == kind.headerCount + count else {
        throw .wrongLength(path: path, expected: kind.headerCount + count, found: file.size)
      }
      return extents
    }
    do {
      header = try GzipReader(file).read(upTo: kind.headerCount)
    } catch {
      throw DataError(error)
    }
    let (extents, count) = try Self.header(header, kind, path)
    let most = file.size * Inflater.greatestRatio
    guard count <= most else {
      throw .tooLarge(path: path, limit: most, found: "\(count) bytes")
    }
    return extents
  }

  private static func decompress(
    _ file: InputFile, _ kind: Kind
  ) throws(DataError) -> (extents: [Int], bytes: [UInt8]) {
    let path = file.path
    let most = file.size * Inflater.greatestRatio
    let reader: GzipReader
    do { reader = try GzipReader(file) } catch { throw DataError(error) }
    func read(upTo count: Int) throws(DataError) -> [UInt8] {
      do { return try reader.read(upTo: count) } catch { throw DataError(error) }
    }
    let header = try read(upTo: kind.headerCount)
    let (extents, count) = try Self.header(header, kind, path)
    guard count <= most else {
      throw .tooLarge(path: path, limit: most, found: "\(count) bytes")
    }
    var bytes: [UInt8] = []
    while bytes.count < count {
      let piece = try read(upTo: min(count - bytes.count, 1 << 16))
      guard !piece.isEmpty else {
        throw .wrongLength(
          path: path, expected: kind.headerCount + count, found: kind.headerCount + bytes.count)
      }
      bytes += piece
    }
    // Reading on to the end also has the checksum checked.
    guard try read(upTo: 1).isEmpty else {
      throw .wrongLength(
        path: path, expected: kind.headerCount + count, found: kind.headerCount + count + 1)
    }
    return (extents, bytes)
  }

  private static func header(
    _ bytes: [UInt8], _ kind: Kind, _ path: String
  ) throws(DataError) -> (extents: [Int], count: Int) {
    let words = LittleEndian.words(bytes, UInt32.self).map(\.byteSwapped)
    if let magic = words.first, magic != kind.rawValue {
      throw .wrongMagic(path: path, expected: kind.rawValue, found: magic)
    }
    guard bytes.count == kind.headerCount else {
      throw .headerTooShort(path: path, expected: kind.headerCount, found: bytes.count)
    }
    let extents = words.dropFirst().map(Int.init)
    for extent in extents.dropFirst() where !(1...4096).contains(extent) {
      throw .imageSize(
        path: path, expected: "1 to 4096 pixels a side",
        found: extents.dropFirst().map(String.init).joined(separator: " by "))
    }
    // At most 2³² · 2¹² · 2¹²: the product fits.
    let count = extents.reduce(1, *)
    guard count <= maximumCount else {
      throw .tooLarge(path: path, limit: maximumCount, found: "\(count) bytes")
    }
    return (extents, count)
  }
}
