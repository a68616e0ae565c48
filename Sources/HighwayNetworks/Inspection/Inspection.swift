package import TensorFiles

/// What a file or a directory holds: what is certain, what is a guess, what is not understood, and what is
/// wrong.
package struct Inspection: Sendable {
  /// One thing that was found out.
  package struct Finding: Sendable {
    /// The key in JSON, such as `gateBiases`.
    package let key: String
    /// What it is about, in a word or two.
    package let label: String
    /// The finding in lines for people; texts from files are excerpts.
    package let lines: [String]
    /// The finding for programs; texts from files are whole.
    package let value: JSON

    init(_ key: String, _ label: String, _ lines: [String], _ value: JSON) {
      self.key = key
      self.label = label
      self.lines = lines
      self.value = value
    }
  }

  /// What is at the path, such as `checkpoint`.
  package enum Kind: String, Sendable {
    /// A file with a network, or with what may be one.
    case checkpoint
    /// What a resume of a run needs.
    case trainingState = "training state"
    /// A directory that training wrote.
    case run
    /// Gates that another program wrote down, in a file or a directory of them.
    case recording
    /// Images and labels.
    case dataSet = "data set"
    /// One NumPy array.
    case array
    /// Nothing of a known kind.
    case unknown
  }

  /// The path.
  package let path: String
  /// What is at the path.
  package internal(set) var kind: Kind
  /// What was read and checked.
  package internal(set) var confirmed: [Finding] = []
  /// What follows from names and sizes and may be otherwise.
  package internal(set) var inferred: [Finding] = []
  /// What is there and not understood, or missing and not to be guessed.
  package internal(set) var unknown: [Finding] = []
  /// What is wrong, each in a line for people; empty where all is well.
  package internal(set) var wrong: [String] = []

  init(_ path: String, _ kind: Kind) {
    self.path = path
    self.kind = kind
  }

  /// Looks at what is at a path.
  ///
  /// An architecture that is given is taken for that of a checkpoint, in place of what its metadata say, and a choice
  /// for how another program's is read. What is wrong with it becomes part of the result; nothing is thrown.
  package static func of(
    _ path: String, architecture: Architecture? = nil, choice: StackChoice = StackChoice(),
    data: DataChoice = DataChoice()
  ) -> Inspection {
    if RecordingTimeline.isOne(path) { return recording(path) }
    let place = DataPlace(path, choice: data)
    if Directory.exists(path) {
      let names = (try? Directory.names(in: path)) ?? []
      let isRun = names.contains("run.json") || names.contains("metrics.jsonl")
      return isRun ? run(path, names) : dataSet(place)
    }
    let checkpointPath = CheckpointPath(path)
    let prefix: [UInt8]
    do throws(FileError) {
      let file = try InputFile(checkpointPath.file)
      prefix = try file.read(0..<min(16, file.size))
    } catch {
      var inspection = Inspection(path, .unknown)
      inspection.wrong = [error.description]
      return inspection
    }
    if NPYFile.recognizes(prefix, at: path) {
      let vectors = (try? DataSetLocation(place)).flatMap { try? VectorFile($0) }
      return vectors == nil ? array(path) : dataSet(place)
    }
    let hasTensors: Bool
    do { hasTensors = try TensorFileReader.format(prefix, at: checkpointPath.file) != nil } catch {
      var inspection = Inspection(path, .unknown)
      inspection.wrong = [error.description]
      return inspection
    }
    return hasTensors || checkpointPath.file.hasSuffix(".safetensors")
      ? checkpoint(checkpointPath, path, architecture, choice, data) : dataSet(place)
  }
}

// MARK: - Findings

extension Inspection {
  /// The most lines or names that a finding lists for people.
  static let mostLines = 24

  mutating func confirm(_ key: String, _ label: String, _ text: String, _ value: JSON) {
    confirmed.append(Finding(key, label, [text], value))
  }

  mutating func infer(_ key: String, _ label: String, _ text: String, _ value: JSON) {
    inferred.append(Finding(key, label, [text], value))
  }

  /// The first lines, and how many there are beyond them.
  static func shortened(_ lines: [String]) -> [String] {
    lines.count <= mostLines
      ? lines : lines.prefix(mostLines) + ["and \(lines.count - mostLines) more"]
  }

  /// The first items on one line, and how many there are beyond them.
  static func list(_ items: [String]) -> String { shortened(items).joined(separator: ", ") }

  /// An object's members from a list.
  static func object(_ members: [(String, JSON)]) -> JSON {
    .object(members.map { JSON.Member($0.0, $0.1) })
  }
}
