import TensorFiles

/// The text files of a data set of the UEA archive of time series, `NAME_TRAIN.ts` and `NAME_TEST.ts`.
///
/// A line that begins with `@` says something of the data set; each line behind `@data` is a sequence: its
/// channels with `:` between them, each with a value for each step, then its class.
struct TimeSeriesFiles: DataSetReader {
  static let expectation =
    "a directory with NAME_TRAIN.ts and NAME_TEST.ts (time series of the UEA archive)"

  /// The greatest file that is read, in bytes.
  private static let limit = 1 << 30
  private static let ends = (train: "_TRAIN.ts", test: "_TEST.ts")

  let format = "time series (.ts)"
  let namesClasses = true
  private let path: String
  private let name: String
  private let train: String?
  private let test: String?

  var files: [String] { [train, test].compactMap { $0 } }

  init?(_ location: DataSetLocation) throws(DataError) {
    if !location.isDirectory, Self.problem(Directory.name(of: location.path)) == nil { return nil }
    let directory = try location.directory()
    let names =
      location.isDirectory
      ? Set(directory.names.compactMap(Self.problem)).sorted()
      : [Self.problem(Directory.name(of: location.path))].compactMap { $0 }
    guard let name = names.first else { return nil }
    guard names.count == 1 else { throw .ambiguous(path: location.path, found: names) }
    func file(_ end: String) -> String? {
      directory.names.contains(name + end) ? directory.path + "/" + name + end : nil
    }
    self.name = name
    path = location.path
    train = file(Self.ends.train)
    test = file(Self.ends.test)
  }

  /// What stands before the end of a file's name, or nil for other files.
  private static func problem(_ name: String) -> String? {
    for end in [ends.train, ends.test] where name.hasSuffix(end) && name != end {
      return String(name.dropLast(end.count))
    }
    return nil
  }

  func read(name: String?) throws(DataError) -> DataSet {
    var reading: (names: [String], features: Int)?
    var lists: [SequenceList?] = []
    for file in [train, test] {
      guard let file else {
        lists.append(nil)
        continue
      }
      let (list, names) = try Self.read(file)
      if let reading, reading.names != names || reading.features != list.features {
        throw .shapesDiffer(
          path: path, train: Shape(features: max(1, reading.features)),
          test: Shape(features: max(1, list.features)))
      }
      reading = (names, list.features)
      lists.append(list)
    }
    return try SequenceList.dataSet(
      train: lists[0], test: lists[1], name: name ?? self.name, classNames: reading?.names,
      path: path)
  }

  private static func read(_ path: String) throws(DataError) -> (SequenceList, names: [String]) {
    let bytes: [UInt8]
    do { bytes = try InputFile.read(path, limit: limit) } catch { throw .file(error) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .line(path: path, line: 1, expected: "UTF-8", found: "other bytes")
    }
    var names: [String] = []
    var list: SequenceList?
    var isData = false
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let line = line.trimmed
      guard !line.isEmpty, line.first != "#" else { continue }
      if isData {
        let place = Line(path: path, number: index + 1)
        try place.read(line, into: &list, names)
      } else if line.lowercased() == "@data" {
        isData = true
      } else if line.lowercased().hasPrefix("@classlabel") {
        names = line.split(separator: " ").dropFirst(2).map(String.init)
      } else if line.first != "@" {
        throw .line(path: path, line: index + 1, expected: "@data", found: String(line.prefix(80)))
      }
    }
    guard 1...256 ~= names.count else {
      throw .classNames(
        path: path, expected: "@classLabel true with 1 to 256 classes", found: "\(names.count)")
    }
    guard let list else { throw .noExamples(path: path) }
    return (list, names)
  }

  /// A line of a file.
  private struct Line {
    let path: String
    let number: Int

    private func mismatch(_ expected: String, _ found: String) -> DataError {
      .line(path: path, line: number, expected: expected, found: found)
    }

    /// Reads a sequence; the first one tells how many channels all have.
    func read(
      _ line: Substring, into list: inout SequenceList?, _ names: [String]
    ) throws(DataError) {
      var channels = line.split(separator: ":", omittingEmptySubsequences: false)
      let name = channels.removeLast().trimmed
      guard let label = names.firstIndex(where: { $0 == name }) else {
        throw mismatch("one of the classes of @classLabel", String(name.prefix(80)))
      }
      var read = list ?? SequenceList(features: max(1, channels.count))
      // Held in one place, so that appending does not copy the sequences before.
      list = nil
      guard channels.count == read.features else {
        throw mismatch("\(read.features) channels", "\(channels.count)")
      }
      var values: [[Float]] = []
      for channel in channels {
        var own: [Float] = []
        for text in channel.split(separator: ",", omittingEmptySubsequences: false) {
          guard let value = Float(text.trimmed), value.isFinite else {
            throw mismatch("a number", String(text.prefix(80)))
          }
          own.append(value)
        }
        if let first = values.first, first.count != own.count {
          throw mismatch("\(first.count) steps of each channel", "\(own.count)")
        }
        values.append(own)
      }
      let steps = values[0].indices.flatMap { step in values.map { $0[step] } }
      read.append(steps, labels: [Int32(label)])
      list = read
    }
  }
}

extension Substring {
  /// The same without white space at its ends.
  fileprivate var trimmed: Substring {
    let start = drop { $0.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return start.prefix(0) }
    return start[...last]
  }
}
