/// What a reader has read, before it is known to fit together.
struct DataSetParts {
  /// One split and the shape of its images.
  struct Part {
    let split: DataSet.Split
    let shape: Shape
    /// The path of the file with the labels.
    let labelPath: String
  }

  let train: Part?
  let test: Part?
  /// The names of the classes, where files tell them.
  var classNames: [String]?

  /// Makes a data set of the parts.
  ///
  /// - Throws: ``DataError`` where there is no example, the splits have different shapes, or a label has no
  ///   class.
  func assembled(name: String, path: String) throws(DataError) -> DataSet {
    let (trainSplit, testSplit) = (train?.split ?? .empty, test?.split ?? .empty)
    guard let shape = train?.shape ?? test?.shape, trainSplit.count + testSplit.count > 0 else {
      throw .noExamples(path: path)
    }
    if let train, let test, train.shape != test.shape {
      throw .shapesDiffer(path: path, train: train.shape, test: test.shape)
    }
    let greatest = [trainSplit, testSplit].compactMap { $0.labels?.max() }.max() ?? 0
    let classNames =
      classNames ?? DataSetFamily.classNames(name: name, atLeast: Int(greatest) + 1)
    for part in [train, test] {
      guard let part, let labels = part.split.labels,
        let offender = labels.firstIndex(where: { $0 >= classNames.count })
      else { continue }
      throw .labelOutOfRange(
        path: part.labelPath, example: offender, label: Int(labels[offender]),
        classes: classNames.count)
    }
    return DataSet(
      name: name, shape: shape, classNames: classNames, train: trainSplit, test: testSplit)
  }
}
