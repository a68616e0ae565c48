/// A .npy file, whose one tensor has the file's name without the extension.
public final class NPYFile: TensorFile {
  /// What the format is called.
  public static let format = "NumPy array"

  /// The one array.
  public let tensors: [StoredTensor]

  private let file: InputFile

  /// Whether a file starts as .npy files do.
  public static func recognizes(_ prefix: [UInt8], at path: String) -> Bool {
    NPYHeader.recognizes(prefix)
  }

  /// Opens a file, whose elements must all be there; more may follow.
  ///
  /// - Throws: ``ReadError`` of an ``NPYError``, or what reading the file throws.
  public init(_ path: String) throws(ReadError) {
    let file: InputFile
    do { file = try InputFile(path) } catch { throw .file(error) }
    var bytes: [UInt8]
    do { bytes = try file.read(0..<min(NPYHeader.prefixCount, file.size)) } catch {
      throw .file(error)
    }
    let end: Int
    do { end = min(try NPYHeader.end(prefix: bytes), file.size) } catch {
      throw .format(path: path, error)
    }
    do { bytes = try file.read(0..<end) } catch { throw .file(error) }
    do throws(NPYError) {
      let header = try NPYHeader(parsing: bytes)
      let found = file.size - header.dataOffset
      guard header.byteCount <= found else {
        throw .tooShort(expected: header.byteCount, found: found)
      }
      let name = Directory.name(of: path)
      tensors = [header.tensor(String(name.hasSuffix(".npy") ? name.dropLast(4) : name[...]))]
    } catch {
      throw .format(path: path, error)
    }
    self.file = file
  }

  /// Where the file was opened.
  public var path: String { file.path }

  /// Starts reading the elements of a tensor of this file.
  public func reader(of tensor: StoredTensor) -> any ByteReader {
    FileBytes(file, tensor.bytes)
  }
}

extension NPYHeader {
  /// The array as a tensor of a name.
  func tensor(_ name: String) -> StoredTensor {
    StoredTensor(
      name: name, type: type, shape: shape, isFortranOrder: isFortranOrder,
      bytes: dataOffset..<dataOffset + byteCount)
  }
}
