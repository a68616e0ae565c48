import TensorFiles

/// A file with images and labels among its tensors.
struct ArrayFile: DataSetReader {
  static let expectation =
    "an .npz archive with x_train and y_train, or a .safetensors file with images and labels"

  let format: String
  private let path: String
  private let classes: String?

  var files: [String] { [path] }
  var namesClasses: Bool { classes != nil }

  init?(_ location: DataSetLocation) throws(DataError) {
    path = location.path
    do throws(ReadError) {
      // An array alone is half a data set, and its file's name says nothing of the other half.
      guard !location.isDirectory,
        let format = try TensorFileReader.format(location.prefix, at: path),
        format != NPYFile.self
      else { return nil }
      self.format = format.format
      let file = try format.init(path)
      let names = file.tensors.map(\.name) + file.unreadable.map(\.name)
      // Labels by themselves may be those of vectors.
      guard names.contains(where: { ArrayNames.role($0).map { !$0.isLabels } ?? false }) else {
        return nil
      }
      classes = file.metadata("classes")
    } catch {
      throw DataError(error)
    }
  }

  func read(name: String?) throws(DataError) -> DataSet {
    let file: any TensorFile
    do { file = try TensorFileReader.open(path) } catch { throw DataError(error) }
    for (name, error) in file.unreadable where ArrayNames.role(name) != nil {
      throw DataError(error)
    }
    let arrays = file.tensors.map { StoredArray(file: file, tensor: $0) }
    var parts = try ArrayPairs(arrays, path: path).read()
    parts.classNames = try classes.map { text throws(DataError) in
      try Self.classNames(text, path: path)
    }
    return try parts.assembled(name: name ?? DataSetFamily.name(ofPath: path), path: path)
  }

  /// The names of classes in metadata.
  static func classNames(_ text: String, path: String) throws(DataError) -> [String] {
    do throws(DescriptionError) {
      let field = try JSONField(parsing: text)
      let names = try field.strings()
      guard 1...ClassLabels.mostClasses ~= names.count else {
        throw field.mismatch("1 to \(ClassLabels.mostClasses) names")
      }
      return names
    } catch {
      throw .classNames(
        path: path, expected: "metadata \"classes\" with a JSON list of names",
        found: "\(error)")
    }
  }
}
