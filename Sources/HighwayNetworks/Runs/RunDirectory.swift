import Libc
import TensorFiles

/// A directory that training writes and the explorer's timeline reads: run.json, metrics.jsonl, one
/// checkpoint per recorded epoch, and what a resume needs.
///
/// A value is what the directory held when it was opened, and what this value has written since. Another
/// program may be writing; open the directory again to follow it.
public struct RunDirectory: Sendable {
  /// Where the run is.
  public let path: String
  /// What run.json says.
  public let description: RunDescription
  /// The lines of metrics.jsonl, by epoch.
  public private(set) var metrics: [EpochMetrics]

  /// How many lines of metrics.jsonl cannot be read and are left out.
  public private(set) var unreadableMetrics = 0
  /// What is wrong with the first of them.
  public private(set) var metricsProblem: RunError?

  var fileNames: [Int: String]
  /// The right to write, where it was taken.
  var lock: RunLock?

  /// The epochs of which there is a checkpoint, in order; there may be gaps.
  public var epochs: [Int] { fileNames.keys.sorted() }

  /// Opens a run for reading, which others may be writing meanwhile.
  ///
  /// Checkpoints are only listed; ``checkpoint(epoch:)`` reads one.
  ///
  /// Lines of metrics.jsonl that cannot be read are left out.
  ///
  /// - Throws: ``RunError`` where the directory is no run, or run.json is wrong.
  public static func open(_ path: String) throws(RunError) -> RunDirectory {
    var metrics = MetricsFile()
    return try open(path, updating: &metrics)
  }

  /// Opens a run for reading, whose metrics may have been read before.
  static func open(
    _ path: String, updating file: inout MetricsFile
  ) throws(RunError) -> RunDirectory {
    let names: [String]
    do { names = try Directory.names(in: path) } catch { throw .file(error) }
    guard names.contains("run.json") else { throw .notARun(path: path, missing: "run.json") }
    let descriptionPath = descriptionPath(in: path)
    let bytes: [UInt8]
    do { bytes = try InputFile.read(descriptionPath, limit: 1 << 24) } catch { throw .file(error) }
    let description: RunDescription
    do throws(DescriptionError) {
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw .syntax(.invalidUTF8(offset: 0))
      }
      description = try RunDescription(json: text)
    } catch {
      throw .description(path: descriptionPath, error)
    }
    var fileNames: [Int: String] = [:]
    for name in names {
      guard let epoch = epoch(ofFile: name) else { continue }
      // Where two names give the same number, the usual one counts.
      if fileNames[epoch] == nil || name == fileName(epoch: epoch) { fileNames[epoch] = name }
    }
    var run = RunDirectory(
      path: path, description: description, metrics: [], fileNames: fileNames)
    if names.contains("metrics.jsonl") {
      let metricsPath = path + "/metrics.jsonl"
      let bytes: [UInt8]
      do { bytes = try InputFile.read(metricsPath, limit: 1 << 27) } catch { throw .file(error) }
      file.update(bytes, path: metricsPath)
      run.metrics = file.metrics
      run.unreadableMetrics = file.unreadable
      run.metricsProblem = file.firstProblem
    }
    return run
  }

  /// Opens a run for reading and writing; nobody else can while this value or a copy of it is in use.
  ///
  /// - Throws: ``RunError/locked(path:holder:)`` where another process writes into the run, what
  ///   ``open(_:)`` throws, and what is wrong with a line of metrics.jsonl, which would be lost.
  public static func openForWriting(_ path: String) throws(RunError) -> RunDirectory {
    let lock = try RunLock.take(in: path)
    // From here on no other process changes what is read.
    var run = try open(path)
    if let problem = run.metricsProblem { throw problem }
    run.lock = lock
    return run
  }

  /// Creates a run and writes its run.json; it is then open for writing.
  ///
  /// Files of a process that was killed before it wrote run.json do not count.
  ///
  /// - Throws: ``RunError/notEmpty(path:)`` where there is something in the directory already,
  ///   ``RunError/locked(path:holder:)`` where another process creates a run there, or what the system
  ///   says.
  public static func create(
    _ path: String, _ description: RunDescription
  ) throws(RunError) -> RunDirectory {
    do { try Directory.create(path) } catch { throw .file(error) }
    // Before anything is written, for the directory may be somebody's; and after, for another process may
    // have been faster.
    try expectEmpty(path)
    let lock = try RunLock.take(in: path)
    try expectEmpty(path)
    do {
      try AtomicFile.write(path + "/run.json", description.indentedJSON)
    } catch {
      throw .file(error)
    }
    return RunDirectory(
      path: path, description: description, metrics: [], fileNames: [:], lock: lock)
  }

  static func expectEmpty(_ path: String) throws(RunError) {
    let names: [String]
    do { names = try Directory.names(in: path) } catch { throw .file(error) }
    guard names.allSatisfy({ $0 == RunLock.fileName || AtomicFile.isTemporary($0) }) else {
      throw .notEmpty(path: path)
    }
  }

  /// The path of the checkpoint of a recorded epoch.
  public func checkpointPath(epoch: Int) -> String? { fileNames[epoch].map { path + "/" + $0 } }

  /// Reads the checkpoint of a recorded epoch; its ``Checkpoint/epoch`` is the file name's.
  ///
  /// - Throws: ``RunError`` where there is none, it is wrong, or it holds another network than run.json
  ///   describes.
  public func checkpoint(epoch: Int) throws(RunError) -> Checkpoint {
    guard let file = checkpointPath(epoch: epoch) else {
      throw .noSuchEpoch(path: path, epoch: epoch, recorded: fileNames.count)
    }
    var checkpoint: Checkpoint
    do { checkpoint = try Checkpoint.read(file) } catch { throw .checkpoint(error) }
    let found = checkpoint.network.architecture
    guard found == description.architecture else {
      throw .architectureDiffers(
        path: file, expected: description.architecture.json, found: found.json)
    }
    checkpoint.epoch = epoch
    return checkpoint
  }

  /// Reads what a resume needs, or nil where the run has none.
  public func state() throws(RunError) -> TrainingState? {
    let file = path + "/state.safetensors"
    do throws(CheckpointError) {
      return try TrainingState.read(
        file, layout: ParameterLayout(description.architecture),
        moments: description.hyperparameters?.optimizer.momentCount ?? 1)
    } catch {
      if case .file(.notFound) = error { return nil }
      throw .checkpoint(error)
    }
  }
}

// MARK: - Writing

extension RunDirectory {
  /// Writes the checkpoint of an epoch, in place of one that is there.
  ///
  /// - Precondition: The run is open for writing, the network is of its architecture and the epoch is not
  ///   negative.
  /// - Throws: ``RunError/file(_:)``, ``RunError/lockLost(path:)`` where someone took the run away, or
  ///   ``RunError/epochTooLarge(path:limit:found:)`` where a run whose file names claim the last of all
  ///   epochs goes on.
  public mutating func record(_ checkpoint: Checkpoint, epoch: Int) throws(RunError) {
    precondition(epoch >= 0, "an epoch's number")
    precondition(
      checkpoint.network.architecture == description.architecture, "the run's architecture")
    try checkLock()
    guard epoch <= EpochMetrics.maximumEpoch else {
      throw .epochTooLarge(path: path, limit: EpochMetrics.maximumEpoch, found: epoch)
    }
    var checkpoint = checkpoint
    checkpoint.epoch = epoch
    let name = fileNames[epoch] ?? Self.fileName(epoch: epoch)
    do { try checkpoint.write(to: path + "/" + name) } catch { throw .file(error) }
    fileNames[epoch] = name
  }

  /// Writes metrics.jsonl anew.
  ///
  /// - Precondition: The run is open for writing.
  /// - Throws: ``RunError/file(_:)`` or ``RunError/lockLost(path:)``; the file is then as it was.
  public mutating func writeMetrics(_ metrics: [EpochMetrics]) throws(RunError) {
    try checkLock()
    let text = metrics.map { $0.json + "\n" }.joined()
    do { try AtomicFile.write(path + "/metrics.jsonl", text) } catch { throw .file(error) }
    self.metrics = metrics
  }

  /// Writes what a resume needs, in place of what is there.
  ///
  /// - Precondition: The run is open for writing and the state is of a network of its architecture.
  /// - Throws: ``RunError/file(_:)`` or ``RunError/lockLost(path:)``; the file is then as it was.
  public func write(_ state: TrainingState) throws(RunError) {
    try checkLock()
    let layout = ParameterLayout(description.architecture)
    do {
      try state.write(to: path + "/state.safetensors", layout: layout)
    } catch {
      throw .file(error)
    }
  }

  /// Removes a run that could not be created as a whole, as far as that can be done.
  ///
  /// - Precondition: The run is open for writing.
  package func discard() {
    guard (try? checkLock()) != nil else { return }
    // Without run.json it is no run, whatever else cannot be removed.
    let names = ["run.json", "metrics.jsonl", "state.safetensors"] + fileNames.values
    for name in names { _ = unsafe unlink((path + "/" + name).systemPath) }
    lock?.removeDirectory()
  }

  func checkLock() throws(RunError) {
    precondition(lock != nil, "the run is open for writing")
    try lock?.check()
  }
}

// MARK: - Names and lines

extension RunDirectory {
  /// The path of run.json.
  var descriptionPath: String { Self.descriptionPath(in: path) }

  private static func descriptionPath(in path: String) -> String { path + "/run.json" }

  /// The name of an epoch's file, such as `epoch-0007.safetensors`.
  static func fileName(epoch: Int) -> String {
    let digits = String(epoch)
    return "epoch-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
      + ".safetensors"
  }

  private static func epoch(ofFile name: String) -> Int? {
    guard name.hasPrefix("epoch-"), name.hasSuffix(".safetensors") else { return nil }
    let digits = name.utf8.dropFirst("epoch-".utf8.count).dropLast(".safetensors".utf8.count)
    guard !digits.isEmpty, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
    let number = Int(String(decoding: digits, as: UTF8.self))
    return number.flatMap { $0 <= EpochMetrics.maximumEpoch ? $0 : nil }
  }
}
