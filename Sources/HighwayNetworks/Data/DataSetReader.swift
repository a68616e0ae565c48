/// A kind of data set that ``DataSet/open(_:name:)`` recognises by what is at a path.
///
/// A further format is a further type that conforms, and an entry in ``DataSet``'s list of readers.
protocol DataSetReader: Sendable {
  /// What a person is told to provide.
  static var expectation: String { get }

  /// The paths of the files that hold the data.
  var files: [String] { get }

  /// Looks at what is at a path, or returns nil where it is of another kind.
  ///
  /// - Throws: ``DataError`` where it is of this kind and incomplete, or cannot be looked at.
  init?(_ path: String) throws(DataError)

  /// Reads the data; without a name, the path gives it one.
  func read(name: String?) throws(DataError) -> DataSet
}
