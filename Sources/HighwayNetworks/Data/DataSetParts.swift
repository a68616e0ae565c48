import TensorFiles

/// What a reader has read, before it is known to fit together.
struct DataSetParts {
  /// One split and the shape of its images.
  struct Part {
    var split: DataSet.Split
    let shape: Shape
    /// The path of the file with the labels.
    let labelPath: String
    /// The names that labels are the places of; nil where they are numbers.
    var labelNames: [String]?
  }

  var train: Part?
  var test: Part?
  /// The names of the classes, where files tell them.
  var classNames: [String]?
  /// What is to be said of how the files were read.
  var remarks: [DataRemark] = []

  /// Makes a data set of the parts.
  ///
  /// - Throws: ``DataError`` where there is no example, the splits have different shapes, or a label has no
  ///   class.
  func assembled(name: String, path: String) throws(DataError) -> DataSet {
    var parts = self
    try parts.numberNames()
    return try parts.assembledByNumbers(name: name, path: path)
  }

  private func assembledByNumbers(name: String, path: String) throws(DataError) -> DataSet {
    let (trainSplit, testSplit) = (train?.split ?? .empty, test?.split ?? .empty)
    guard let shape = train?.shape ?? test?.shape, trainSplit.count + testSplit.count > 0 else {
      throw .noExamples(path: path)
    }
    if let train, let test, train.shape != test.shape {
      throw .shapesDiffer(path: path, train: train.shape, test: test.shape)
    }
    let greatest = [trainSplit, testSplit].compactMap { $0.labels?.max() }.max() ?? -1
    let isLabelled = [train, test].contains { $0?.split.labels != nil }
    let classNames =
      classNames
      ?? (isLabelled ? DataSetFamily.classNames(name: name, atLeast: Int(greatest) + 1) : [])
    for part in [train, test] {
      guard let part, let labels = part.split.labels,
        let offender = labels.firstIndex(where: { $0 >= classNames.count })
      else { continue }
      throw .labelOutOfRange(
        path: part.labelPath, example: offender, label: Int(labels[offender]),
        classes: classNames.count)
    }
    return DataSet(
      name: name, shape: shape, classNames: classNames, train: trainSplit, test: testSplit,
      remarks: remarks)
  }

  /// Numbers classes whose names are the labels: by the list that files tell, otherwise all that occur in order.
  private mutating func numberNames() throws(DataError) {
    let parts = [train, test].compactMap { $0 }
    guard parts.contains(where: { $0.labelNames != nil }) else { return }
    // Beside names, numbers are names too: a part may have those classes alone that look like numbers.
    func names(_ part: Part) -> [String] {
      part.labelNames ?? Set(part.split.labels ?? []).map { "\($0)" }
    }
    let all = ClassLabels.ordered(parts.flatMap(names))
    let known = classNames ?? all
    let places = Dictionary(
      known.enumerated().map { ($0.element, Int32($0.offset)) }, uniquingKeysWith: min)
    func numbered(_ part: Part) throws(DataError) -> Part {
      guard let labels = part.split.labels else { return part }
      if classNames != nil, part.labelNames == nil { return part }
      if let stranger = names(part).first(where: { places[$0] == nil }) {
        throw .classNames(
          path: part.labelPath, expected: "labels among the \(known.count) names of classes",
          found: stranger)
      }
      var numbered = part
      numbered.split = part.split.labelled(
        labels.map { label in
          places[part.labelNames.map { $0[Int(label)] } ?? "\(label)"] ?? 0
        })
      numbered.labelNames = nil
      return numbered
    }
    train = try train.map { part throws(DataError) in try numbered(part) }
    test = try test.map { part throws(DataError) in try numbered(part) }
    if classNames == nil {
      remarks.append(.numberedByNames)
    }
    classNames = known
  }
}
