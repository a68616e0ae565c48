/// An HDF5 file as Keras and bilm write them: data sets in groups, named by the way to them, such as
/// `dense_1/dense_1/kernel:0`.
///
/// Links to other files or names are not followed, and of filters only those without code of others are read. What is
/// compressed is unpacked by libhdf5 in another process; all else is read from the file as it stands.
public final class HDF5File: TensorFile {
  /// What the format is called.
  public static let format = "HDF5 file"

  static let magic: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]

  /// Where the file was opened.
  public let path: String
  /// Links that are not followed and data sets that are not read.
  public let unreadable: [(name: String, error: ReadError)]

  private let file: InputFile
  private let contents: HDF5Contents

  /// Whether a file starts as HDF5 files do.
  public static func recognizes(_ prefix: [UInt8], at path: String) throws(ReadError) -> Bool {
    prefix.starts(with: magic)
  }

  /// Opens a file, lists it and checks every data set against the size of the file.
  ///
  /// - Throws: ``ReadError`` of an ``HDF5Error``, or what reading the file throws.
  public init(_ path: String) throws(ReadError) {
    do { file = try InputFile(path) } catch { throw .file(error) }
    do { contents = try HDF5Contents(.path(path), size: file.size) } catch {
      throw .format(path: path, error)
    }
    self.path = path
    unreadable = contents.unreadable.map { ($0.name, .format(path: path, $0.error)) }
  }

  /// The data sets, those of Keras in the order of its layers.
  public var tensors: [StoredTensor] { contents.tensors }

  /// What Keras says of itself and of the model.
  public var metadata: [(key: String, value: String)] { contents.metadata }

  /// The tensor of a name.
  public subscript(name: String) -> StoredTensor? { contents[name] }

  /// Starts reading the elements of a tensor of this file.
  public func reader(of tensor: StoredTensor) throws(ReadError) -> any ByteReader {
    do { return try contents.reader(of: tensor) { FileBytes(file, $0) } } catch {
      throw .format(path: path, error)
    }
  }
}
