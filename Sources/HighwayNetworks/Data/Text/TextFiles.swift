import TensorFiles

/// Plain text in UTF-8: a `.txt` file, or a folder with some.
///
/// Files whose names say `train`, `valid` and `test` are those parts, tokenized already, as those of the Penn Treebank
/// are; of other files the first nine tenths are for training, a twentieth each for validation and testing.
struct TextFiles: TextReader {
  static let expectation =
    "plain text in UTF-8: a .txt file, or a folder with some (train, valid and test in their names)"

  /// The greatest text that is read, in bytes, of all files together.
  static let limit = 1 << 27

  let format = "plain text"
  let namesClasses = true
  let path: String
  /// The files of each part; of other texts, all of them, to be divided.
  private let parts: [(part: TextCorpus.Part?, path: String)]

  var files: [String] { parts.map(\.path) }

  init?(_ location: DataSetLocation) throws(DataError) {
    path = location.path
    guard location.isDirectory else {
      guard location.path.hasSuffix(".txt") else { return nil }
      parts = [(nil, location.path)]
      return
    }
    let directory = try location.directory()
    let names = directory.names.filter { $0.hasSuffix(".txt") }.sorted()
    // Beside an archive a text is a note.
    guard !names.isEmpty, !directory.names.contains(where: DataSet.isContainer) else { return nil }
    func named(_ words: [String]) -> String? {
      let found = names.filter { name in words.contains { name.lowercased().contains($0) } }
      return found.count == 1 ? found[0] : nil
    }
    if let train = named(["train"]), let test = named(["test"]) {
      let valid = named(["valid", "dev"])
      parts = [(.train, train), (.validation, valid), (.test, test)].compactMap { part, name in
        name.map { (part, directory.path + "/" + $0) }
      }
    } else {
      parts = names.map { (nil, directory.path + "/" + $0) }
    }
  }

  var name: String {
    let name = DataSetFamily.name(ofPath: path)
    return name.hasSuffix(".txt") && name != ".txt" ? String(name.dropLast(4)) : name
  }

  func corpus(_ unit: TextUnit) throws(DataError) -> TextCorpus {
    var corpus = TextCorpus(unit)
    var left = Self.limit
    for (part, file) in parts {
      let text = try Self.text(file, limit: left)
      left -= text.utf8.count
      let division: TextTokens.Division =
        unit == .characters ? .characters : part == nil ? .words : .spaces
      let tokens = try TextTokens(text, division, path: file)
      if let part { corpus.add(tokens, to: part) } else { corpus.addDivided(tokens) }
    }
    return corpus
  }

  /// The text of a file.
  ///
  /// - Throws: ``DataError`` where it is too large, or no UTF-8; the line is named.
  static func text(_ path: String, limit: Int) throws(DataError) -> String {
    let bytes: [UInt8]
    do { bytes = try InputFile.read(path, limit: max(0, limit)) } catch { throw .file(error) }
    return try text(bytes, path: path)
  }

  /// The text that bytes are.
  ///
  /// - Throws: ``DataError/line(path:line:expected:found:)`` where they are no UTF-8.
  static func text(_ bytes: [UInt8], path: String) throws(DataError) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    var line = 1
    for own in bytes.split(separator: 10, omittingEmptySubsequences: false) {
      if String(validating: own, as: UTF8.self) == nil { break }
      line += 1
    }
    throw .line(path: path, line: line, expected: "UTF-8", found: "other bytes")
  }
}
