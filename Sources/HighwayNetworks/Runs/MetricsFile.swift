import TensorFiles

/// What stands in a metrics.jsonl: the lines that can be read, and what is wrong with the others.
struct MetricsFile: Sendable {
  /// The lines by their epoch.
  let metrics: [EpochMetrics]
  /// What is wrong with the first line that cannot be read.
  let firstProblem: RunError?
  /// How many lines cannot be read.
  let unreadable: Int

  /// Reads the lines of a file; the path is for messages.
  ///
  /// A last line without a line break may be cut off: it counts if it is whole. A program that resumes may append
  /// an epoch again: the later line stands.
  init(_ bytes: [UInt8], path: String) {
    var byEpoch: [Int: EpochMetrics] = [:]
    var firstProblem: RunError?
    var unreadable = 0
    var start = 0
    var line = 0
    while start < bytes.count {
      line += 1
      let lineBreak = bytes[start...].firstIndex(of: UInt8(ascii: "\n"))
      let content = bytes[start..<(lineBreak ?? bytes.count)]
      start = lineBreak.map { $0 + 1 } ?? bytes.count
      // Whoever writes the file by hand leaves an empty line at its end.
      if content.allSatisfy({ [0x20, 0x09, 0x0D].contains($0) }) { continue }
      do throws(RunError) {
        let metrics = try Self.metrics(content, path: path, line: line)
        byEpoch[metrics.epoch] = metrics
      } catch {
        guard lineBreak != nil else { continue }
        firstProblem = firstProblem ?? error
        unreadable += 1
      }
    }
    metrics = byEpoch.values.sorted { $0.epoch < $1.epoch }
    self.firstProblem = firstProblem
    self.unreadable = unreadable
  }

  private static func metrics(
    _ bytes: ArraySlice<UInt8>, path: String, line: Int
  ) throws(RunError) -> EpochMetrics {
    guard let text = String(validating: withoutNonFinite(bytes), as: UTF8.self) else {
      throw .metricsNotText(path: path, line: line)
    }
    do { return try EpochMetrics(json: text) } catch {
      throw .metrics(path: path, line: line, error)
    }
  }

  /// A line with null in the place of NaN, Infinity and -Infinity, which Python writes and JSON does not have.
  private static func withoutNonFinite(_ line: ArraySlice<UInt8>) -> [UInt8] {
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
      // What is escaped ends no text.
      if isInText, byte == UInt8(ascii: "\\"), let next = rest.first {
        result.append(next)
        rest = rest.dropFirst()
      }
    }
    return result
  }

  private static let nonFinite = ["NaN", "-Infinity", "Infinity"].map { Array($0.utf8) }
}
