/// Opening files that hold tensors, of whatever format.
public enum TensorFileReader {
  /// The formats, in the order in which a file is asked whether it is of them.
  private static let formats: [any TensorFile.Type] = [
    SafetensorsFile.self, NPZFile.self, NPYFile.self, TorchFile.self,
    HDF5File.self, KerasArchive.self, SafetensorsIndex.self,
  ]

  /// What the names of such files usually end in; a file is recognised by its content, whatever its name.
  package static let nameEnds = [
    ".safetensors", ".safetensors.index.json", ".pt", ".pth", ".th", ".ckpt", ".bin", ".npz",
    ".npy",
    ".h5", ".hdf5", ".keras",
  ]

  /// Opens a file, whose format is recognised by its content.
  ///
  /// - Throws: ``ReadError`` where the file cannot be read, is of a format that is not read
  ///   (``TensorFileError/notRead(format:advice:)``) or of no known one
  ///   (``TensorFileError/notRecognized(expected:found:)``), or is damaged.
  public static func open(_ path: String) throws(ReadError) -> any TensorFile {
    let prefix: [UInt8]
    do throws(FileError) {
      let file = try InputFile(path)
      prefix = try file.read(0..<min(16, file.size))
    } catch {
      throw .file(error)
    }
    guard let format = try format(prefix, at: path) else {
      if let unread = try UnreadFormat.of(path) {
        throw .format(
          path: path, TensorFileError.notRead(format: unread.name, advice: unread.advice))
      }
      // What is damaged at its start is still called what it should be.
      if path.hasSuffix(".safetensors") { return try SafetensorsFile(path) }
      let expected = formats.map { $0.format }.joined(separator: " or ")
      throw .format(path: path, TensorFileError.notRecognized(expected: expected, found: prefix))
    }
    return try format.init(path)
  }

  /// The format of a file of which the first bytes are known, or nil where it is none of those that are read.
  package static func format(
    _ prefix: [UInt8], at path: String
  ) throws(ReadError) -> (any TensorFile.Type)? {
    for format in formats where try format.recognizes(prefix, at: path) { return format }
    return nil
  }
}
