/// A checkpoint that `torch.save` wrote: tensors in dictionaries and lists, named by the keys that lead to them.
///
/// The pickle in it is read as symbols; no code of the file is run, whatever the file holds.
public final class TorchFile: TensorFile {
  /// What the format is called.
  public static let format = "PyTorch checkpoint"

  /// Where the file was opened.
  public let path: String
  /// The tensors in the order of the pickle.
  public let tensors: [StoredTensor]
  /// Tensors whose elements share memory, and Python objects.
  public let unreadable: [(name: String, error: ReadError)]

  /// How many times the size of the file all tensors may take together; tied weights take little more than once.
  private static let mostCopies = 64

  private let container: any TorchContainer
  private let described: [String: (stored: StoredTensor, torch: TorchTensor)]

  /// Whether a file starts as those before PyTorch 1.6 do, or is an archive as later ones are.
  public static func recognizes(_ prefix: [UInt8], at path: String) throws(ReadError) -> Bool {
    if prefix.starts(with: TorchLegacyFile.magic) { return true }
    guard ZipArchive.recognizes(prefix) else { return false }
    return !TorchArchive.folders(in: try ZipArchive(path, headers: .located)).isEmpty
  }

  /// Opens a file, reads its pickle and checks every tensor against the data that is there.
  ///
  /// - Throws: ``ReadError`` of a ``TorchError`` or a ``ZipError``, or what reading the file throws.
  public init(_ path: String) throws(ReadError) {
    let file: InputFile
    let isLegacy: Bool
    do {
      file = try InputFile(path)
      isLegacy = try file.read(0..<min(16, file.size)).starts(with: TorchLegacyFile.magic)
    } catch {
      throw .file(error)
    }
    container =
      isLegacy
      ? try TorchLegacyFile(file)
      : try TorchArchive(try ZipArchive(path, headers: .located))
    var tensors: [StoredTensor] = []
    var unreadable: [(name: String, error: ReadError)] = []
    var described: [String: (stored: StoredTensor, torch: TorchTensor)] = [:]
    var total = 0
    let limit = Self.mostCopies * file.size
    for (name, tensor) in container.contents.tensors {
      let place = try container.place(of: tensor.storage)
      guard !tensor.overlaps else {
        let error = TorchError.overlap(shape: tensor.shape, strides: tensor.strides)
        unreadable.append((name, .format(path: path, error)))
        continue
      }
      let size = tensor.type.bits / 8
      total += tensor.count * size
      guard total <= limit else {
        throw .format(path: path, TorchError.sharedTooOften(bytes: total, limit: limit))
      }
      let start = place.lowerBound + tensor.offset * size
      let stored = StoredTensor(
        name: name, type: container.isBigEndian ? tensor.type.bigEndian : tensor.type,
        shape: tensor.shape, bytes: start..<start + tensor.count * size)
      tensors.append(stored)
      described[name] = (stored, tensor)
    }
    for (name, maker) in container.contents.objects {
      unreadable.append((name, .format(path: path, TorchError.object(name: maker))))
    }
    if tensors.isEmpty, let error = unreadable.first?.error { throw error }
    self.path = path
    self.tensors = tensors
    self.unreadable = unreadable
    self.described = described
  }

  /// Numbers and texts that stand beside the tensors, such as an epoch.
  public var metadata: [(key: String, value: String)] { container.contents.notes }

  /// The tensor of a name.
  public subscript(name: String) -> StoredTensor? { described[name]?.stored }

  /// Starts reading the elements of a tensor of this file, row-major.
  public func reader(of tensor: StoredTensor) throws(ReadError) -> any ByteReader {
    guard let torch = described[tensor.name]?.torch else {
      preconditionFailure("a tensor of this file")
    }
    if torch.isWhole { return try container.reader(of: torch.storage) }
    if torch.isContiguous { return container.reader(tensor.bytes) }
    let size = torch.type.bits / 8
    let start = tensor.bytes.lowerBound
    return StridedBytes(
      container.reader(start..<start + torch.span * size), spanCount: torch.span * size,
      shape: torch.shape, strides: torch.strides, size: size)
  }
}
