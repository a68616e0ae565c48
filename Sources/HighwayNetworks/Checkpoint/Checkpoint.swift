public import TensorFiles

/// One file with a network in it.
///
/// Tollgate writes safetensors in PyTorch's layout, weights `[outputs, inputs]`; what other programs wrote is brought
/// into it.
public struct Checkpoint: Sendable {
  /// The network and its parameters.
  public var network: Network
  /// The epoch after which it was recorded; 0 is the initialization.
  public var epoch: Int?
  /// The names of the classes; `[network.architecture.classes]`, nil where there is no output.
  public var classNames: [String]?
  /// What a network that reads a text tells apart.
  public var vocabulary: Vocabulary?
  /// How pixels become inputs.
  public var normalization: Normalization?
  /// What the run's run.json says, as JSON text; ``RunDescription/init(json:)`` reads it.
  public var run: String?
  /// Metadata of other keys, which stays with the checkpoint; texts of strangers.
  public var metadata: [(key: String, value: String)]
  /// The names of tensors in the file that the network does not use; they are not written again.
  public let extraTensors: [String]
  /// Where the network comes from, if another program wrote the file.
  public let origin: StackOrigin?

  /// Creates a checkpoint of a network.
  ///
  /// - Precondition: There is a name for each class, if there are names.
  public init(
    _ network: Network, epoch: Int? = nil, classNames: [String]? = nil,
    vocabulary: Vocabulary? = nil, normalization: Normalization? = nil, run: String? = nil,
    metadata: [(key: String, value: String)] = []
  ) {
    precondition(
      classNames.map { $0.count == network.architecture.classes } ?? true,
      "one name for each class")
    self.network = network
    self.epoch = epoch
    self.classNames = classNames
    self.vocabulary = vocabulary
    self.normalization = normalization
    self.run = run
    self.metadata = metadata
    extraTensors = []
    origin = nil
  }
}

// MARK: - Reading

extension Checkpoint {
  private static let knownKeys = [
    "alphabet", "architecture", "classes", "epoch", "format", "normalization", "run", "vocabulary",
    "vocabularyCounts",
  ]

  /// Reads a checkpoint from a file of any format that `TensorFileReader` opens; parameters may be stored as
  /// F32, F16, BF16 or F64.
  ///
  /// An architecture that is given counts more than what the metadata say, which need not say any then. Where
  /// nothing describes the network, the stack of highway layers in the file is taken, by the names that other
  /// programs give their tensors; where there are several, `PATH#NAME` is one.
  ///
  /// - Throws: ``CheckpointError`` for the first thing that keeps the file from being a checkpoint.
  public static func read(
    _ path: String, architecture: Architecture? = nil, choice: StackChoice = StackChoice()
  ) throws(CheckpointError) -> Checkpoint {
    let place = CheckpointPath(path)
    let file: any TensorFile
    do { file = try TensorFileReader.open(place.file) } catch { throw CheckpointError(error) }
    if let architecture { return try Checkpoint(file, architecture) }
    guard let description = file.metadata("architecture") else {
      return try Checkpoint(foreign: file, stack: place.stack, choice)
    }
    let described = try metadata("architecture", file.path) { () throws(DescriptionError) in
      try Architecture(json: description)
    }
    return try Checkpoint(file, described)
  }

  /// Reads a network that another program wrote, from the stack of a name, or the only one.
  init(
    foreign file: any TensorFile, stack: String?, _ choice: StackChoice
  ) throws(CheckpointError) {
    let foreign = try ForeignNetwork(file, stack: stack, choice)
    network = foreign.network
    epoch = file.metadata("epoch").flatMap { Int($0) }.flatMap {
      0...EpochMetrics.maximumEpoch ~= $0 ? $0 : nil
    }
    metadata = file.metadata.filter { !Self.knownKeys.contains($0.key) }
    extraTensors = foreign.leftOut
    origin = foreign.origin
  }

  /// Reads a checkpoint of a network that is described, by the file's metadata or otherwise.
  private init(
    _ file: any TensorFile, _ architecture: Architecture
  ) throws(CheckpointError) {
    let path = file.path
    classNames = try file.metadata("classes").map { text throws(CheckpointError) in
      try Self.metadata("classes", path) { () throws(DescriptionError) in
        try Self.classNames(text, count: architecture.classes)
      }
    }
    normalization = try file.metadata("normalization").map { text throws(CheckpointError) in
      try Self.metadata("normalization", path) { () throws(DescriptionError) in
        try Self.normalization(text, input: architecture.input)
      }
    }
    vocabulary = try Self.vocabulary(file, architecture)
    epoch = try file.metadata("epoch").map { text throws(CheckpointError) in
      try Self.metadata("epoch", path) { () throws(DescriptionError) in
        try JSONField(parsing: text).epoch()
      }
    }
    run = file.metadata("run")
    metadata = file.metadata.filter { !Self.knownKeys.contains($0.key) }
    network = try Network(architecture) { layout throws(CheckpointError) in
      try file.parameters(layout)
    }
    let used = Set(network.layout.tensors.map(\.name))
    extraTensors = file.tensors.map(\.name).filter { !used.contains($0) }
    origin = nil
  }

  private static func metadata<Value>(
    _ key: String, _ path: String, _ read: () throws(DescriptionError) -> Value
  ) throws(CheckpointError) -> Value {
    do { return try read() } catch { throw .metadata(path: path, key: key, error) }
  }

  private static func classNames(
    _ text: String, count: Int?
  ) throws(DescriptionError) -> [String] {
    let field = try JSONField(parsing: text)
    let names = try field.strings()
    guard let count else { throw field.mismatch("no names, as the network has no output") }
    guard names.count == count else {
      throw field.mismatch("a name for each of the \(count) classes")
    }
    return names
  }

  private static func normalization(
    _ text: String, input: Shape
  ) throws(DescriptionError) -> Normalization {
    let field = try JSONField(parsing: text)
    let normalization = try Normalization(field)
    let count = normalization.mean.count
    // Images laid out flat do not tell their channels, but each has as many pixels.
    let fits = input.isVector ? input.count % count == 0 : input.features == count
    guard count == 1 || fits else {
      throw try field.required("mean").mismatch("one value, or one per channel of \(input)")
    }
    guard normalization.pixelMean.isEmpty || normalization.pixelMean.count == input.count else {
      throw try field.required("pixelMean").mismatch("a value for each of \(input.count) pixels")
    }
    return normalization
  }
}

// MARK: - Writing

extension Checkpoint {
  /// Writes the checkpoint as F32, in place of what is at the path.
  ///
  /// - Throws: `FileError`; what was at the path is then untouched.
  public func write(to path: String) throws(FileError) {
    try AtomicFile.write(path, contents.encoded)
  }

  private var contents: SafetensorsContents {
    // "pt" tells readers of the format that PyTorch can load the tensors as they are.
    var entries = [
      (key: "architecture", value: network.architecture.json), (key: "format", value: "pt"),
    ]
    if let epoch { entries.append(("epoch", String(epoch))) }
    if let classNames { entries.append(("classes", JSON.strings(classNames).text)) }
    if let vocabulary {
      entries.append(("vocabulary", JSON.strings(vocabulary.words).text))
      if !vocabulary.counts.isEmpty {
        entries.append(
          ("vocabularyCounts", JSON.array(vocabulary.counts.map { .integer($0) }).text))
      }
      if !vocabulary.alphabet.isEmpty {
        entries.append(("alphabet", JSON.strings(vocabulary.alphabet).text))
      }
    }
    if let normalization { entries.append(("normalization", normalization.document.text)) }
    if let run { entries.append(("run", run)) }
    var keys = Set(Self.knownKeys)
    for entry in metadata where keys.insert(entry.key).inserted { entries.append(entry) }
    return SafetensorsContents(
      tensors: network.layout.contents(network.parameters), metadata: entries)
  }
}
