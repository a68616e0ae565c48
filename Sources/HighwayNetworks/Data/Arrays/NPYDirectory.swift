import TensorFiles

/// A directory with the arrays of a data set as `.npy` files.
struct NPYDirectory: DataSetReader {
  static let expectation = "a directory with x_train.npy and y_train.npy"

  let format = "NumPy arrays"
  let files: [String]
  private let path: String
  private let classFile: String?

  var namesClasses: Bool { classFile != nil }

  init?(_ location: DataSetLocation) throws(DataError) {
    guard location.isDirectory else { return nil }
    let directory = try location.directory()
    let names = directory.names.sorted().filter {
      $0.hasSuffix(".npy") && ArrayNames.role(Self.stem($0)) != nil
    }
    guard !names.isEmpty else { return nil }
    path = directory.path
    files = names.map { directory.path + "/" + $0 }
    classFile = directory.names.contains("classes.txt") ? directory.path + "/classes.txt" : nil
  }

  func read(name: String?) throws(DataError) -> DataSet {
    var arrays: [StoredArray] = []
    for file in files {
      do {
        let array = try NPYFile(file)
        arrays += array.tensors.map { StoredArray(file: array, tensor: $0) }
      } catch {
        throw DataError(error)
      }
    }
    var parts = try ArrayPairs(arrays, path: path).read()
    parts.classNames = try classFile.map { file throws(DataError) in
      try ClassNameFile.read(file)
    }
    return try parts.assembled(name: name ?? DataSetFamily.name(ofPath: path), path: path)
  }

  private static func stem(_ name: String) -> String { String(name.dropLast(".npy".count)) }
}
