/// A safetensors file.
public final class SafetensorsFile: TensorFile {
  /// What the format is called.
  public static let format = "safetensors"

  private let header: SafetensorsHeader
  private let file: InputFile

  /// Whether a file starts as safetensors do: a length of less than 2³², then a brace.
  public static func recognizes(_ prefix: [UInt8], at path: String) -> Bool {
    prefix.count > 8 && prefix[4..<8].allSatisfy { $0 == 0 } && prefix[8] == UInt8(ascii: "{")
  }

  /// Opens a file and checks its header.
  ///
  /// - Throws: ``ReadError`` of a ``SafetensorsError``, or what reading the file throws.
  public init(_ path: String) throws(ReadError) {
    let file: InputFile
    do { file = try InputFile(path) } catch { throw .file(error) }
    let prefix: [UInt8]
    do { prefix = try file.read(0..<min(8, file.size)) } catch { throw .file(error) }
    let length: Int
    do {
      length = try SafetensorsHeader.length(prefix: prefix, fileSize: file.size)
    } catch {
      throw .format(path: path, error)
    }
    let bytes: [UInt8]
    do { bytes = try file.read(8..<8 + length) } catch { throw .file(error) }
    do {
      header = try SafetensorsHeader(parsing: bytes, fileSize: file.size)
    } catch {
      throw .format(path: path, error)
    }
    self.file = file
  }

  /// Where the file was opened.
  public var path: String { file.path }

  /// The tensors in the order of their data.
  public var tensors: [StoredTensor] { header.tensors }

  /// The members of `__metadata__`.
  public var metadata: [(key: String, value: String)] { header.metadata }

  /// The tensor of a name.
  public subscript(name: String) -> StoredTensor? { header[name] }

  /// The values of a part of a tensor, named by the places of its elements, rounded to the nearest `Float`.
  ///
  /// - Precondition: The places are the tensor's, its elements are numbers of whole bytes, and it is this file's.
  /// - Throws: ``ReadError`` where they cannot be read.
  package func values(of tensor: StoredTensor, _ places: Range<Int>) throws(ReadError) -> [Float] {
    precondition(0 <= places.lowerBound && places.upperBound <= tensor.count, "the tensor's places")
    let size = tensor.type.bits / 8
    let start = tensor.bytes.lowerBound
    do {
      return tensor.type.floats(
        try file.read(start + places.lowerBound * size..<start + places.upperBound * size))
    } catch {
      throw .file(error)
    }
  }

  /// Starts reading the elements of a tensor of this file.
  public func reader(of tensor: StoredTensor) -> any ByteReader {
    FileBytes(file, tensor.bytes)
  }
}
