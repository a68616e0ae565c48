public import TensorFiles

/// What a run was trained on.
public struct DataDescription: Hashable, Sendable {
  /// The data set's name.
  public var name: String
  /// The files that hold it, so that a later reader can tell whether it has the same.
  public var files: [FileFingerprint]
  /// How pixels become inputs.
  public var normalization: Normalization
  /// The names of the classes.
  public var classNames: [String]
  /// The number of training examples.
  public var trainingExamples: Int
  /// The number of test examples.
  public var testExamples: Int
  /// How the files were read, where they do not say so.
  public var choice: DataChoice

  /// Creates a description.
  public init(
    name: String, files: [FileFingerprint], normalization: Normalization, classNames: [String],
    trainingExamples: Int, testExamples: Int, choice: DataChoice = DataChoice()
  ) {
    self.name = name
    self.files = files
    self.normalization = normalization
    self.classNames = classNames
    self.trainingExamples = trainingExamples
    self.testExamples = testExamples
    self.choice = choice
  }
}

extension DataDescription {
  init(_ field: JSONField) throws(DescriptionError) {
    var files: [FileFingerprint] = []
    for item in try field.optional("files")?.items() ?? [] {
      files.append(
        FileFingerprint(
          name: try item.required("name").string(), sha256: try item.required("sha256").string()))
    }
    self.init(
      name: try field.required("name").string(),
      files: files,
      normalization: try field.optional("normalization").map { item throws(DescriptionError) in
        try Normalization(item)
      } ?? Normalization(),
      classNames: try field.optional("classes")?.strings() ?? [],
      trainingExamples: try field.optional("trainingExamples")?.count() ?? 0,
      testExamples: try field.optional("testExamples")?.count() ?? 0,
      choice: DataChoice(
        transposes: try field.optional("transposed")?.bool() ?? false,
        labelColumn: (try field.optional("labelColumn")?.string()).map { LabelColumn($0) }))
  }

  var document: JSON {
    let files = files.map { file in
      JSON.object([
        JSON.Member("name", .string(file.name)), JSON.Member("sha256", .string(file.sha256)),
      ])
    }
    var members = [
      JSON.Member("name", .string(name)),
      JSON.Member("files", .array(files)),
      JSON.Member("normalization", normalization.document),
      JSON.Member("classes", .strings(classNames)),
      JSON.Member("trainingExamples", .integer(trainingExamples)),
      JSON.Member("testExamples", .integer(testExamples)),
    ]
    if choice.transposes { members.append(JSON.Member("transposed", .bool(true))) }
    if let column = choice.labelColumn {
      members.append(JSON.Member("labelColumn", .string(column.text)))
    }
    return .object(members)
  }
}
