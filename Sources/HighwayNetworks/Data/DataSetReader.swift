import TensorFiles

/// A kind of data set that ``DataSet/open(_:name:)`` recognises by what is at a path.
///
/// A further format is a further type that conforms, and an entry in ``DataSet``'s list of readers.
protocol DataSetReader: Sendable {
  /// What a person is told to provide.
  static var expectation: String { get }

  /// What the format is called, such as `IDX`.
  var format: String { get }

  /// The paths of the files that hold the data.
  var files: [String] { get }

  /// Whether the names of the classes stand in files, and are not known by the data set's name alone.
  var namesClasses: Bool { get }

  /// Looks at what is at a path, or returns nil where it is of another kind.
  ///
  /// - Throws: ``DataError`` where it is of this kind and incomplete, or cannot be looked at.
  init?(_ location: DataSetLocation) throws(DataError)

  /// Reads the data; without a name, the path gives it one.
  func read(name: String?) throws(DataError) -> DataSet

  /// What tells whether another copy of the files is the same.
  ///
  /// - Throws: ``DataError`` where a file cannot be read.
  func fingerprints() throws(DataError) -> [FileFingerprint]
}

extension DataSetReader {
  /// The SHA-256 of each file.
  func fingerprints() throws(DataError) -> [FileFingerprint] {
    var fingerprints: [FileFingerprint] = []
    for file in files {
      do {
        fingerprints.append(try FileFingerprint(ofFile: file))
      } catch {
        throw .file(error)
      }
    }
    return fingerprints
  }
}
