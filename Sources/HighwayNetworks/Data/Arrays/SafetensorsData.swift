import TensorFiles

/// A safetensors file with images and labels.
struct SafetensorsData: DataSetReader {
  static let expectation = "a .safetensors file with images and labels"

  let format = "safetensors"
  private let path: String
  private let arrays: [SafetensorsHeader.Tensor]
  private let classes: String?

  var files: [String] { [path] }
  var namesClasses: Bool { classes != nil }

  init?(_ location: DataSetLocation) throws(DataError) {
    guard Self.recognizes(location.prefix) else { return nil }
    path = location.path
    do throws(ReadError<SafetensorsError>) {
      let file = try SafetensorsFile(location.path)
      arrays = file.header.tensors.filter { ArrayNames.role($0.name) != nil }
      classes = file.header.metadata("classes")
    } catch {
      throw DataError(error, path: location.path)
    }
    guard !arrays.isEmpty else { return nil }
  }

  /// Whether a file starts as safetensors do: a length of less than 2³², then a brace.
  static func recognizes(_ prefix: [UInt8]) -> Bool {
    prefix.count > 8 && prefix[4..<8].allSatisfy { $0 == 0 } && prefix[8] == UInt8(ascii: "{")
  }

  func read(name: String?) throws(DataError) -> DataSet {
    let (train, test) = try ArrayPairs(arrays.map { StoredArray($0, path: path) }, path: path)
      .read()
    var parts = DataSetParts(train: train, test: test)
    parts.classNames = try classes.map { text throws(DataError) in try classNames(text) }
    return try parts.assembled(name: name ?? DataSetFamily.name(ofPath: path), path: path)
  }

  private func classNames(_ text: String) throws(DataError) -> [String] {
    do throws(DescriptionError) {
      let field = try JSONField(parsing: text)
      let names = try field.strings()
      guard (1...256).contains(names.count) else { throw field.mismatch("1 to 256 names") }
      return names
    } catch {
      throw .classNames(
        path: path, expected: "metadata \"classes\" with a JSON list of names",
        found: "\(error)")
    }
  }
}
