import TensorFiles

/// Recordings by epoch: one file, or a directory of `recording-0000.safetensors`, `recording-0001.safetensors` and
/// so on, which another program may be writing.
///
/// Where several machines shared the samples of an epoch, each wrote
/// `recording-0003.rank-1-of-4.safetensors`; the epoch is there when all of them are.
package struct RecordingTimeline: Sendable {
  /// The file or the directory.
  package let path: String
  /// The epochs of which all files are there, in order.
  package var epochs: [Int] { files.keys.sorted() }
  /// The epochs of which files are missing, in order.
  package let incomplete: [Int]
  private let files: [Int: [String]]

  /// Opens a file, or looks what is in a directory; no gates are read.
  ///
  /// - Throws: ``RecordingError`` where there is no recording.
  package init(_ path: String) throws(RecordingError) {
    self.path = path
    guard Directory.exists(path) else {
      let file: SafetensorsFile
      do { file = try SafetensorsFile(path) } catch { throw .read(error) }
      guard file.metadata("recording") != nil else { throw .notARecording(path: path) }
      let stated = file.metadata("epoch").flatMap { Int($0) }
      let epoch = stated.flatMap { 0...EpochMetrics.maximumEpoch ~= $0 ? $0 : nil }
      files = [epoch ?? RecordingName(Directory.name(of: path))?.epoch ?? 0: [path]]
      incomplete = []
      return
    }
    let names: [String]
    do { names = try Directory.names(in: path) } catch { throw .read(.file(error)) }
    var ranks: [Int: [RecordingName]] = [:]
    for name in names.compactMap(RecordingName.init) { ranks[name.epoch, default: []].append(name) }
    guard !ranks.isEmpty else { throw .notARecording(path: path) }
    let whole = ranks.compactMapValues(RecordingName.whole)
    files = whole.mapValues { $0.map { path + "/" + $0.text } }
    incomplete = ranks.keys.filter { whole[$0] == nil }.sorted()
  }

  /// Whether a path leads to a recording: a safetensors file that says so, or a directory that holds such files and
  /// is no run.
  package static func isOne(_ path: String) -> Bool {
    if Directory.exists(path) {
      let names = (try? Directory.names(in: path)) ?? []
      return !names.contains("run.json") && names.contains { RecordingName($0) != nil }
    }
    guard let file = try? InputFile(path), let prefix = try? file.read(0..<min(16, file.size)),
      SafetensorsFile.recognizes(prefix, at: path)
    else { return false }
    return (try? SafetensorsFile(path))?.metadata("recording") != nil
  }

  /// Whether a path leads to a directory where recordings may come: one that is empty but for hidden files, or that holds
  /// files of epochs none of which is whole.
  package static func isAwaited(_ path: String) -> Bool {
    guard Directory.exists(path), let names = try? Directory.names(in: path) else { return false }
    let shown = names.filter { !$0.hasPrefix(".") }
    guard shown.allSatisfy({ RecordingName($0) != nil }) else { return false }
    return shown.isEmpty || (try? RecordingTimeline(path))?.epochs.isEmpty ?? false
  }

  /// The files of an epoch, in the order of their samples.
  package func paths(epoch: Int) -> [String] { files[epoch] ?? [] }

  /// The recording of an epoch.
  ///
  /// - Throws: ``RecordingError`` where there is none or it is wrong.
  package func recording(epoch: Int) throws(RecordingError) -> Recording {
    guard let paths = files[epoch] else {
      throw .noSuchEpoch(path: path, epoch: epoch, recorded: files.count)
    }
    return try Recording(paths)
  }

  /// What was measured of an epoch, where its first file says so and can be read.
  package func metrics(epoch: Int) -> EpochMetrics? {
    guard let path = files[epoch]?.first, let file = try? SafetensorsFile(path) else { return nil }
    var metrics = try? RecordingMetadata(file: file).metrics()
    metrics?.epoch = epoch
    return metrics
  }
}

/// The name of a recording's file in a directory.
private struct RecordingName {
  let text: String
  let epoch: Int
  /// Which of several machines wrote it, and how many there are.
  let rank: Int
  let ranks: Int

  /// More machines than this are not joined.
  private static let mostRanks = 4_096

  /// Reads `recording-0003.safetensors` or `recording-0003.rank-1-of-4.safetensors`.
  init?(_ name: String) {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), parts[parts.count - 1] == "safetensors",
      let epoch = Self.number(parts[0], after: "recording-"), epoch <= EpochMetrics.maximumEpoch
    else { return nil }
    text = name
    self.epoch = epoch
    guard parts.count == 3 else {
      (rank, ranks) = (0, 1)
      return
    }
    let words = parts[1].split(separator: "-", omittingEmptySubsequences: false)
    guard words.count == 4, words[0] == "rank", words[2] == "of",
      let rank = Self.number(words[1]), let ranks = Self.number(words[3]),
      rank < ranks, ranks <= Self.mostRanks
    else { return nil }
    (self.rank, self.ranks) = (rank, ranks)
  }

  private static func number(_ text: Substring, after prefix: String = "") -> Int? {
    guard text.hasPrefix(prefix) else { return nil }
    let digits = text.dropFirst(prefix.count)
    guard (1...9).contains(digits.utf8.count), digits.utf8.allSatisfy({ (48...57) ~= $0 }) else {
      return nil
    }
    return Int(digits)
  }

  /// The files of one epoch in the order of their ranks; nil where one is missing, two claim the same place or, as two
  /// runs of another number of machines leave them, there are several that are whole.
  static func whole(_ names: [RecordingName]) -> [RecordingName]? {
    let groups = Dictionary(grouping: names, by: \.ranks).values.map { group in
      group.sorted { ($0.rank, $0.text) < ($1.rank, $1.text) }
    }
    let found = groups.filter { group in
      group.map(\.rank) == Array(0..<(group.first?.ranks ?? 0))
    }
    return found.count == 1 ? found[0] : nil
  }
}
