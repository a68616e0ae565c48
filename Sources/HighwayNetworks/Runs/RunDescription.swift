public import TensorFiles

/// What run.json says about a run.
///
/// Only the architecture must be there, so that other programs can write the file with what they know.
public struct RunDescription: Hashable, Sendable {
  /// What the run's networks are made of.
  public var architecture: Architecture
  /// What the run was trained on.
  public var data: DataDescription?
  /// What the training was set to, with the seed.
  public var hyperparameters: Hyperparameters?
  /// The version of Tollgate that wrote the run.
  public var version: String?
  /// The command line that started the run.
  public var command: String?

  /// Creates a description.
  public init(
    architecture: Architecture, data: DataDescription? = nil,
    hyperparameters: Hyperparameters? = nil, version: String? = nil, command: String? = nil
  ) {
    self.architecture = architecture
    self.data = data
    self.hyperparameters = hyperparameters
    self.version = version
    self.command = command
  }

  /// Describes a run that begins on a data set.
  ///
  /// - Throws: ``DataError`` where the data set's files cannot be read.
  public init(
    _ architecture: Architecture, on set: DataSet, at place: DataPlace,
    normalization: Normalization, _ hyperparameters: Hyperparameters, version: String? = nil,
    command: String? = nil
  ) throws(DataError) {
    self.init(
      architecture: architecture,
      data: DataDescription(
        name: set.name, files: try DataSet.reader(place).fingerprints(),
        normalization: normalization, classNames: set.classNames,
        trainingExamples: set.train.count, testExamples: set.test.count, choice: place.choice),
      hyperparameters: hyperparameters, version: version, command: command)
  }

  /// The seed that fixed initialization and shuffling.
  public var seed: UInt64? { hyperparameters?.seed }
}

extension RunDescription {
  /// Reads a description; members that are not known are passed over.
  ///
  /// - Throws: `DescriptionError` naming the member that is wrong.
  public init(json: String) throws(DescriptionError) {
    let field = try JSONField(parsing: json)
    architecture = try Architecture(try field.required("architecture"))
    data = try field.optional("data").map { item throws(DescriptionError) in
      try DataDescription(item)
    }
    hyperparameters = try field.optional("hyperparameters").map { item throws(DescriptionError) in
      try Hyperparameters(item, seed: try field.required("seed").unsigned())
    }
    version = try field.optional("version")?.string()
    command = try field.optional("command")?.string()
  }

  /// The description on one line, as a checkpoint's `run` holds it.
  public var json: String { document.text }

  /// The description as run.json holds it.
  public var indentedJSON: String { document.indentedText }

  private var document: JSON {
    var members = [JSON.Member("architecture", architecture.document)]
    if let data { members.append(JSON.Member("data", data.document)) }
    if let hyperparameters {
      members.append(JSON.Member("hyperparameters", hyperparameters.document))
      members.append(JSON.Member("seed", .integer(hyperparameters.seed)))
    }
    if let version { members.append(JSON.Member("version", .string(version))) }
    if let command { members.append(JSON.Member("command", .string(command))) }
    return .object(members)
  }
}
