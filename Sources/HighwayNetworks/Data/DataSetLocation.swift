import TensorFiles

/// What is at the path of a data set, looked at once for all kinds.
struct DataSetLocation {
  /// A directory and the names in it.
  struct Listing {
    let path: String
    let names: Set<String>
  }

  /// The path as it was given.
  let path: String
  /// What was said of how to read it.
  let choice: DataChoice
  /// Whether the path leads to a directory, not to a file.
  let isDirectory: Bool
  /// The first bytes of the file, at most 16; empty for a directory.
  let prefix: [UInt8]

  /// Looks at a place.
  ///
  /// - Throws: ``DataError/file(_:)`` where there is nothing at it, or nothing that can be read.
  init(_ place: DataPlace) throws(DataError) {
    path = place.path
    choice = place.choice
    isDirectory = Directory.exists(path)
    if isDirectory {
      prefix = []
      return
    }
    do throws(FileError) {
      let file = try InputFile(path)
      prefix = try file.read(0..<min(16, file.size))
    } catch {
      throw .file(error)
    }
  }

  /// The directory at the path, or the one that holds the file.
  func directory() throws(DataError) -> Listing {
    try Self.listing(isDirectory ? path : Directory.parent(of: path))
  }

  /// What is at the path, for messages.
  ///
  /// - Throws: ``DataError/file(_:)`` where a directory cannot be read.
  func summary() throws(DataError) -> String {
    guard isDirectory else {
      if prefix.isEmpty { return "an empty file" }
      if NPYFile.recognizes(prefix, at: path) { return "one NumPy array alone" }
      if ZipArchive.recognizes(prefix) { return "a zip archive without these arrays" }
      if SafetensorsFile.recognizes(prefix, at: path) {
        return "a safetensors file without these tensors"
      }
      if GzipReader.recognizes(prefix) { return "a gzip file of another name" }
      let bytes = prefix.prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
      return "a file that starts with bytes " + bytes.joined(separator: " ")
    }
    let names = try directory().names.sorted()
    guard !names.isEmpty else { return "an empty directory" }
    return "a directory with " + names.prefix(4).map(\.excerpt).joined(separator: ", ")
      + (names.count > 4 ? " and \(names.count - 4) more" : "")
  }

  /// The names in a directory.
  static func listing(_ path: String) throws(DataError) -> Listing {
    do { return Listing(path: path, names: Set(try Directory.names(in: path))) } catch {
      throw .file(error)
    }
  }
}
