extension DataSet {
  private static let readers: [any DataSetReader.Type] = [IDXDirectory.self]

  /// Opens a data set, whose kind is recognised by what is at the path.
  ///
  /// The path is a directory with the usual four IDX files, or the two of one split, plain or `.gz`.
  /// Without a name, the directory's tells what the data set is called.
  ///
  /// - Throws: ``DataError`` where nothing of a known kind is at the path, or what is there is wrong.
  public static func open(_ path: String, name: String? = nil) throws(DataError) -> DataSet {
    try reader(path).read(name: name)
  }

  /// The SHA-256 of each file that holds a data set.
  ///
  /// - Throws: ``DataError`` where nothing of a known kind is at the path, or it cannot be read.
  public static func fingerprints(_ path: String) throws(DataError) -> [FileFingerprint] {
    var fingerprints: [FileFingerprint] = []
    for file in try reader(path).files {
      do {
        fingerprints.append(try FileFingerprint(ofFile: file))
      } catch {
        throw .file(error)
      }
    }
    return fingerprints
  }

  private static func reader(_ path: String) throws(DataError) -> any DataSetReader {
    for type in readers {
      if let reader = try type.init(path) { return reader }
    }
    throw .notRecognized(
      path: path, expected: readers.map { $0.expectation }.joined(separator: ", or "))
  }
}
