import TensorFiles

/// An `.npz` archive with the arrays of a data set.
struct NPZFile: DataSetReader {
  static let expectation = "an .npz archive with x_train and y_train"

  let format = "NumPy archive"
  let namesClasses = false
  private let path: String

  var files: [String] { [path] }

  init?(_ location: DataSetLocation) throws(DataError) {
    guard ZipArchive.recognizes(location.prefix) else { return nil }
    path = location.path
    // What kind of archive it is, its members' names tell.
    let archive = try Self.archive(path)
    guard archive.entries.contains(where: { Self.role($0) != nil }) else { return nil }
  }

  func read(name: String?) throws(DataError) -> DataSet {
    let archive = try Self.archive(path)
    var arrays: [StoredArray] = []
    for entry in archive.entries where Self.role(entry) != nil {
      arrays.append(try StoredArray(entry, of: archive, name: Self.stem(entry)))
    }
    let (train, test) = try ArrayPairs(arrays, path: path).read()
    return try DataSetParts(train: train, test: test).assembled(
      name: name ?? DataSetFamily.name(ofPath: path), path: path)
  }

  private static func archive(_ path: String) throws(DataError) -> ZipArchive {
    do { return try ZipArchive(path) } catch { throw DataError(error, path: path) }
  }

  private static func role(_ entry: ZipDirectory.Entry) -> ArrayNames.Role? {
    entry.name.hasSuffix(".npy") ? ArrayNames.role(stem(entry)) : nil
  }

  private static func stem(_ entry: ZipDirectory.Entry) -> String {
    String(entry.name.dropLast(".npy".count))
  }
}
