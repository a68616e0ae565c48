/// An .npz archive: each .npy member is a tensor of the member's name without the extension.
public final class NPZFile: TensorFile {
  /// What the format is called.
  public static let format = "NumPy archive"

  private static let suffix = ".npy"

  /// Where the file was opened.
  public let path: String
  /// The arrays in the order of the archive.
  public let tensors: [StoredTensor]
  /// Members that are no array that could be read.
  public let unreadable: [(name: String, error: ReadError)]

  private let archive: ZipArchive
  private let members: [String: (entry: ZipDirectory.Entry, tensor: StoredTensor)]

  /// Whether a file is a zip archive with a .npy member.
  public static func recognizes(_ prefix: [UInt8], at path: String) throws(ReadError) -> Bool {
    guard ZipArchive.recognizes(prefix) else { return false }
    return try ZipArchive(path, headers: .located).entries.contains { $0.name.hasSuffix(suffix) }
  }

  /// Opens an archive and reads the header of each array; members of other kinds are left out.
  ///
  /// - Throws: ``ReadError`` of a ``ZipError``, or what reading the file throws.
  public init(_ path: String) throws(ReadError) {
    archive = try ZipArchive(path)
    var tensors: [StoredTensor] = []
    var unreadable: [(name: String, error: ReadError)] = []
    var members: [String: (entry: ZipDirectory.Entry, tensor: StoredTensor)] = [:]
    for entry in archive.entries where entry.name.hasSuffix(Self.suffix) {
      let name = String(entry.name.dropLast(Self.suffix.count))
      do throws(ReadError) {
        let tensor = try Self.header(of: entry, in: archive).tensor(name)
        tensors.append(tensor)
        members[name] = (entry, tensor)
      } catch {
        if case .file = error { throw error }
        unreadable.append((name, error))
      }
    }
    self.path = path
    self.tensors = tensors
    self.unreadable = unreadable
    self.members = members
  }

  /// The tensor of a name.
  public subscript(name: String) -> StoredTensor? { members[name]?.tensor }

  /// Where a tensor is, for messages: the archive's path and the member's name.
  public func place(of tensor: StoredTensor) -> String {
    Self.place(tensor.name + Self.suffix, in: archive)
  }

  /// Starts reading the elements of a tensor of this file.
  public func reader(of tensor: StoredTensor) throws(ReadError) -> any ByteReader {
    guard let entry = members[tensor.name]?.entry else {
      preconditionFailure("a tensor of this archive")
    }
    let reader = try archive.reader(of: entry)
    _ = try reader.read(upTo: tensor.bytes.lowerBound)
    return reader
  }

  /// Reads the header of a member, which must hold the array and nothing else.
  private static func header(
    of entry: ZipDirectory.Entry, in archive: ZipArchive
  ) throws(ReadError) -> NPYHeader {
    let reader = try archive.reader(of: entry)
    var bytes = try reader.read(upTo: NPYHeader.prefixCount)
    let end: Int
    do { end = try NPYHeader.end(prefix: bytes) } catch {
      throw .format(path: place(entry.name, in: archive), error)
    }
    bytes += try reader.read(upTo: max(0, end - bytes.count))
    do throws(NPYError) {
      let header = try NPYHeader(parsing: Array(bytes.prefix(end)))
      let found = entry.count - header.dataOffset
      guard header.byteCount <= found else {
        throw .tooShort(expected: header.byteCount, found: found)
      }
      guard header.byteCount == found else {
        throw .trailingBytes(expected: header.byteCount, found: found)
      }
      return header
    } catch {
      throw .format(path: place(entry.name, in: archive), error)
    }
  }

  private static func place(_ member: String, in archive: ZipArchive) -> String {
    archive.path + ":" + member
  }
}
