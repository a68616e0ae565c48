/// A `.keras` file: a zip archive whose member `model.weights.h5` is an HDF5 file, beside the model's description.
public final class KerasArchive: TensorFile {
  /// What the format is called.
  public static let format = "Keras archive"

  private static let member = "model.weights.h5"
  private static let maximumCount = 1 << 31
  private static let maximumDescription = 1 << 22

  /// Where the file was opened.
  public let path: String
  /// Links that are not followed and data sets that are not read.
  public let unreadable: [(name: String, error: ReadError)]
  /// What Keras says of itself and of the model.
  public let metadata: [(key: String, value: String)]

  private let image: [UInt8]
  private let contents: HDF5Contents

  /// Whether a file is a zip archive with weights as Keras names them.
  public static func recognizes(_ prefix: [UInt8], at path: String) throws(ReadError) -> Bool {
    guard ZipArchive.recognizes(prefix) else { return false }
    return try ZipArchive(path, headers: .located).entries.contains { $0.name == member }
  }

  /// Opens an archive, unpacks its weights into memory and checks them as a file's.
  ///
  /// - Throws: ``ReadError`` of an ``HDF5Error`` or a ``ZipError``, or what reading the file throws.
  public init(_ path: String) throws(ReadError) {
    let archive = try ZipArchive(path)
    let place = path + ":" + Self.member
    guard let entry = archive.entries.first(where: { $0.name == Self.member }) else {
      throw .format(path: path, HDF5Error.notHDF5)
    }
    guard entry.count <= Self.maximumCount else {
      throw .format(
        path: place, HDF5Error.archiveTooLarge(bytes: entry.count, limit: Self.maximumCount))
    }
    let reader = try archive.reader(of: entry)
    // A piece at a time: what the directory claims is believed as far as bytes come.
    var image: [UInt8] = []
    while image.count < entry.count {
      let piece = try reader.read(upTo: min(1 << 20, entry.count - image.count))
      if piece.isEmpty { break }
      image += piece
    }
    guard image.starts(with: HDF5File.magic) else {
      throw .format(path: place, HDF5Error.notHDF5)
    }
    do { contents = try HDF5Contents(.image(image), size: image.count) } catch {
      throw .format(path: place, error)
    }
    self.path = path
    self.image = image
    unreadable = contents.unreadable.map { ($0.name, .format(path: place, $0.error)) }
    var metadata = contents.metadata
    for (key, name) in [("metadata", "metadata.json"), ("model_config", "config.json")] {
      guard let entry = archive.entries.first(where: { $0.name == name }),
        entry.count <= Self.maximumDescription
      else { continue }
      let text = try archive.reader(of: entry).read(upTo: entry.count)
      metadata.append((key, String(decoding: text, as: UTF8.self)))
    }
    self.metadata = metadata
  }

  /// The data sets.
  public var tensors: [StoredTensor] { contents.tensors }

  /// The tensor of a name.
  public subscript(name: String) -> StoredTensor? { contents[name] }

  /// Where a tensor is, for messages: the archive's path and the member's name.
  public func place(of tensor: StoredTensor) -> String { path + ":" + Self.member }

  /// Starts reading the elements of a tensor of this file.
  public func reader(of tensor: StoredTensor) throws(ReadError) -> any ByteReader {
    do { return try contents.reader(of: tensor) { BytesReader(image[$0]) } } catch {
      throw .format(path: place(of: tensor), error)
    }
  }
}
