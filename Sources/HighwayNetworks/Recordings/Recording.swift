import TensorFiles

/// Gates that some program wrote down while its network ran over samples: one file, or one for each of several
/// machines that shared the samples.
package final class Recording: Sendable {
  /// The blocks as they are looked at; their numbers are those of the tensors' names.
  package let blocks: [Block]
  /// The blocks as the files describe them.
  package let described: [RecordedBlock]
  /// The number of samples; 1 where nothing but values without samples was recorded.
  package let samples: Int
  /// The class of each sample, −1 for one in none; nil where nobody says.
  package let labels: [Int32]?
  /// How many steps of each sample count, on the first axis of positions; nil where all do.
  package let lengths: [Int32]?
  /// The number of classes; 0 where there are no labels.
  package let classes: Int
  /// The names of the classes, where they are known.
  package let classNames: [String]
  /// The epoch that the file names.
  package let epoch: Int?
  /// What was measured of the epoch.
  package let metrics: EpochMetrics?
  /// The name of the data, where the file gives one; a text of strangers.
  package let dataName: String?
  /// The name of the network, where the file gives one; a text of strangers.
  package let modelName: String?
  /// The biases of the first gate of each block, `[units]`; nil where none were recorded.
  package let gateBiases: [[Float]?]
  /// Words or characters by their numbers, where inputs are such numbers.
  package let vocabulary: [String]
  /// The paths of the files.
  package var paths: [String] { parts.map(\.path) }

  let parts: [RecordingFile]
  /// The first sample of each file, and behind them the number of all.
  let starts: [Int]

  /// The most that groups and units may be multiplied.
  private static let mostGroupValues = 1 << 26

  /// Opens the files of one epoch, whose samples follow each other.
  ///
  /// - Precondition: There is a file.
  /// - Throws: ``RecordingError`` where one is wrong or they do not belong together.
  package init(_ paths: [String]) throws(RecordingError) {
    var parts: [RecordingFile] = []
    for path in paths { parts.append(try RecordingFile(path)) }
    let first = parts[0]
    if let other = parts.first(where: { $0.description != first.description }) {
      throw .differs(path: other.path, from: first.path)
    }
    var starts = [0]
    for part in parts { starts.append(starts[starts.count - 1] + part.samples) }
    self.parts = parts
    self.starts = starts
    described = first.description.blocks
    blocks = first.description.described
    let count = starts[starts.count - 1]
    guard count <= RecordingFile.mostSamples else {
      throw .tooMany(
        path: first.path, what: "samples", limit: RecordingFile.mostSamples, found: count)
    }
    samples = max(1, count)
    let labelled = parts.allSatisfy { $0.labels != nil } && count > 0
    labels = labelled ? parts.flatMap { $0.labels ?? [] } : nil
    lengths =
      parts.contains { $0.lengths != nil }
      ? parts.flatMap { part in
        part.lengths
          ?? [Int32](repeating: Int32(Self.steps(first.description)), count: part.samples)
      } : nil
    let reader = RecordingMetadata(file: first.file)
    let names = try reader.texts("classes")
    classNames = names
    vocabulary = try reader.texts("vocabulary")
    epoch = try reader.epoch()
    metrics = try reader.metrics()
    dataName = first.file.metadata("data")
    modelName = first.file.metadata("model")
    classes = labels.map { max(names.count, Int($0.max() ?? -1) + 1) } ?? 0
    let units = described.reduce(0) { $0 + $1.units * max(1, $1.gates.count) }
    guard classes <= RecordingFile.mostClasses, classes * units <= Self.mostGroupValues else {
      throw .tooMany(
        path: first.path, what: "classes of \(units) units",
        limit: min(RecordingFile.mostClasses, Self.mostGroupValues / max(1, units)), found: classes)
    }
    var biases: [[Float]?] = []
    for (number, block) in described.enumerated() {
      guard case .recorded(let signal)? = block.gates.first?.source else {
        biases.append(nil)
        continue
      }
      biases.append(try first.bias(ofSignal: signal, block: number))
    }
    gateBiases = biases
  }

  private static func steps(_ description: RecordingDescription) -> Int {
    description.blocks.compactMap(\.positions.first).max() ?? 1
  }

  /// Whether a gate has biases to show.
  package var hasGateBiases: Bool { gateBiases.contains { $0 != nil } }

  /// How many rows of a sample count in a block: its steps, each with all that further axes have.
  func rowsThatCount(sample: Int, block: Int) -> Int {
    let positions = described[block].positions
    guard let lengths, let steps = positions.first, lengths.indices.contains(sample) else {
      return described[block].positionCount
    }
    return min(Int(lengths[sample]), steps) * (described[block].positionCount / steps)
  }

  /// The file that holds a sample, and the sample's place in it.
  func place(of sample: Int) -> (part: RecordingFile, sample: Int) {
    let index = max(0, (starts.firstIndex { $0 > sample } ?? 1) - 1)
    return (parts[index], sample - starts[index])
  }
}

/// Reads what stands in a recording's metadata besides its description.
struct RecordingMetadata {
  let file: SafetensorsFile

  func texts(_ key: String) throws(RecordingError) -> [String] {
    guard let text = file.metadata(key) else { return [] }
    do { return try JSONField(parsing: text).strings() } catch { throw wrong(key, error) }
  }

  func epoch() throws(RecordingError) -> Int? {
    guard let text = file.metadata("epoch") else { return nil }
    do { return try JSONField(parsing: text).epoch() } catch { throw wrong("epoch", error) }
  }

  /// An object with those of the measures of metrics.jsonl that were taken.
  func metrics() throws(RecordingError) -> EpochMetrics? {
    guard let text = file.metadata("metrics") else { return nil }
    do throws(DescriptionError) {
      let field = try JSONField(parsing: text)
      func measure(_ key: String) throws(DescriptionError) -> Double {
        try field.optional(key)?.double() ?? .nan
      }
      return EpochMetrics(
        epoch: 0, step: try field.optional("step")?.count() ?? 0,
        learningRate: try measure("learningRate"), trainLoss: try measure("trainLoss"),
        trainAccuracy: try measure("trainAccuracy"), testLoss: try measure("testLoss"),
        testAccuracy: try measure("testAccuracy"), seconds: try measure("seconds"))
    } catch {
      throw wrong("metrics", error)
    }
  }

  private func wrong(_ key: String, _ error: DescriptionError) -> RecordingError {
    .metadata(path: file.path, key: key, error)
  }
}
