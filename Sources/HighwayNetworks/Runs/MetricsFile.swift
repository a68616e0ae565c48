import TensorFiles

/// What stands in a metrics.jsonl: the lines that can be read, and what is wrong with the others.
///
/// A file that has grown is read on from where it ended before.
struct MetricsFile: Sendable {
  /// The lines by their epoch.
  private var byEpoch: [Int: EpochMetrics] = [:]
  /// What is wrong with the first line that cannot be read.
  private(set) var firstProblem: RunError?
  /// How many lines cannot be read.
  private(set) var unreadable = 0
  /// The whole lines that were read, and how many they are.
  private var read: ArraySlice<UInt8> = []
  private var lines = 0
  /// What a last line without a line break says.
  private var unfinished: EpochMetrics?

  /// A file without lines.
  init() {}

  /// Reads the lines of a file; the path is for messages.
  init(_ bytes: [UInt8], path: String) { update(bytes, path: path) }

  /// The lines in the order of their epochs.
  ///
  /// A program that resumes may append an epoch again: the later line stands.
  var metrics: [EpochMetrics] {
    var all = byEpoch
    if let unfinished { all[unfinished.epoch] = unfinished }
    return all.values.sorted { $0.epoch < $1.epoch }
  }

  /// Reads what has been added to the file, or all of it where it does not begin as before.
  ///
  /// A last line without a line break may be cut off: it counts if it is whole.
  mutating func update(_ bytes: [UInt8], path: String) {
    if !bytes.starts(with: read) { self = MetricsFile() }
    var start = read.count
    unfinished = nil
    while let lineBreak = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
      lines += 1
      do throws(RunError) {
        if let metrics = try Self.metrics(bytes[start..<lineBreak], path: path, line: lines) {
          byEpoch[metrics.epoch] = metrics
        }
      } catch {
        firstProblem = firstProblem ?? error
        unreadable += 1
      }
      start = lineBreak + 1
    }
    read = bytes[..<start]
    unfinished = try? Self.metrics(bytes[start...], path: path, line: lines + 1)
  }

  /// What a line says; nil for an empty one, as an editor may leave at the end.
  private static func metrics(
    _ bytes: ArraySlice<UInt8>, path: String, line: Int
  ) throws(RunError) -> EpochMetrics? {
    if bytes.allSatisfy({ [0x20, 0x09, 0x0D].contains($0) }) { return nil }
    guard let text = String(validating: withoutNonFinite(bytes), as: UTF8.self) else {
      throw .metricsNotText(path: path, line: line)
    }
    do { return try EpochMetrics(json: text) } catch {
      throw .metrics(path: path, line: line, error)
    }
  }

  /// A line with null in the place of NaN, Infinity and -Infinity, which Python writes and JSON does not have.
  private static func withoutNonFinite(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard line.contains(UInt8(ascii: "N")) || line.contains(UInt8(ascii: "I")) else { return line }
    var result: [UInt8] = []
    result.reserveCapacity(line.count)
    var rest = line
    var isInText = false
    while let byte = rest.first {
      let word =
        isInText ? nil : nonFinite.first { rest.starts(with: $0) }
      if let word {
        result += "null".utf8
        rest = rest.dropFirst(word.count)
        continue
      }
      if byte == UInt8(ascii: "\"") { isInText.toggle() }
      result.append(byte)
      rest = rest.dropFirst()
      // An escaped quotation mark does not end the text.
      if isInText, byte == UInt8(ascii: "\\"), let next = rest.first {
        result.append(next)
        rest = rest.dropFirst()
      }
    }
    return result[...]
  }

  private static let nonFinite = ["NaN", "-Infinity", "Infinity"].map { Array($0.utf8) }
}
