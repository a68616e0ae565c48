import TensorFiles

/// A text file with the name of a class on each line.
enum ClassNameFile {
  /// Reads the names.
  ///
  /// - Throws: ``DataError/classNames(path:expected:found:)`` where the file is no such list, or what reading
  ///   it throws.
  static func read(_ path: String) throws(DataError) -> [String] {
    let bytes: [UInt8]
    do { bytes = try InputFile.read(path, limit: 1 << 16) } catch { throw .file(error) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .classNames(path: path, expected: "UTF-8", found: "other bytes")
    }
    var names = text.split(omittingEmptySubsequences: false) { $0.isNewline }.map(String.init)
    while names.last?.isEmpty == true { names.removeLast() }
    let most = ClassLabels.mostClasses
    guard 1...most ~= names.count, !names.contains("") else {
      throw .classNames(
        path: path, expected: "1 to \(most) lines with a name on each",
        found: names.contains("") ? "an empty line" : "\(names.count) lines")
    }
    return names
  }
}
