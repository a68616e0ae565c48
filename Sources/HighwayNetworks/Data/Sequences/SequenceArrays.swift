import TensorFiles

/// A file with an array of sequences, `[examples, steps, features]`, and another with the lengths of each; labels
/// `[examples]`, or `[examples, steps]`, where they are known.
struct SequenceArrays: DataSetReader {
  static let expectation =
    "sequences, [examples, steps, features], with lengths, [examples], as x and lengths, or x_train, "
    + "lengths_train, y_train and the same of test, in .npz or .safetensors"

  /// What names of one part have behind them.
  private static let parts: [(suffix: String, isTest: Bool)] = [
    ("_train", false), ("_test", true), ("", true),
  ]
  private static let inputNames = ["x", "inputs", "sequences"]
  private static let labelNames = ["y", "labels", "tags"]
  /// The most words that steps may be.
  private static let mostWords = 1 << 17

  let format: String
  private let path: String
  let namesClasses: Bool

  var files: [String] { [path] }

  init?(_ location: DataSetLocation) throws(DataError) {
    path = location.path
    do throws(ReadError) {
      guard !location.isDirectory,
        let format = try TensorFileReader.format(location.prefix, at: path), format != NPYFile.self,
        format != TorchFile.self, format != SafetensorsIndex.self
      else { return nil }
      let file = try format.init(path)
      guard Self.parts.contains(where: { file["lengths" + $0.suffix] != nil }) else { return nil }
      self.format = "sequences in a " + format.format
      namesClasses = file.metadata("classes") != nil || file["classes"] != nil
    } catch {
      throw DataError(error)
    }
  }

  func read(name: String?) throws(DataError) -> DataSet {
    let file: any TensorFile
    do { file = try TensorFileReader.open(path) } catch { throw DataError(error) }
    let words =
      try texts(file, "vocabulary", "the words by their numbers", most: Self.mostWords) ?? []
    var train: SequenceList?
    var test: SequenceList?
    for (suffix, isTest) in Self.parts {
      guard let lengths = file["lengths" + suffix] else { continue }
      guard isTest ? test == nil : train == nil else {
        throw .ambiguous(path: path, found: ["lengths", "lengths_test"])
      }
      let list = try read(file, lengths, suffix, words: words.count)
      if isTest { test = list } else { train = list }
    }
    if let train, let test, train.features != test.features {
      throw .shapesDiffer(
        path: path, train: Shape(features: train.features), test: Shape(features: test.features))
    }
    var set = try SequenceList.dataSet(
      train: train, test: test, name: name ?? DataSetFamily.name(ofPath: path),
      classNames: try classNames(file), path: path)
    set.words = words
    return set
  }

  /// The names of the classes in the metadata, or in an array of texts; nil where there are neither.
  private func classNames(_ file: any TensorFile) throws(DataError) -> [String]? {
    if let text = file.metadata("classes") { return try ArrayFile.classNames(text, path: path) }
    return try texts(file, "classes", "the names of the classes", most: ClassLabels.mostClasses)
  }

  /// The texts of an array of a name; nil where there is none.
  private func texts(
    _ file: any TensorFile, _ name: String, _ meaning: String, most: Int
  ) throws(DataError) -> [String]? {
    guard let tensor = file[name] else { return nil }
    guard tensor.type.isText else {
      throw .arrayType(
        path: path, array: tensor.name, expected: "texts, " + meaning, found: tensor.type.name)
    }
    guard tensor.shape.count == 1, 1...most ~= tensor.count else {
      throw .arrayShape(
        path: path, array: tensor.name, expected: "[1 to \(most)]", found: tensor.shape)
    }
    var texts: [String] = []
    try StoredArray(file: file, tensor: tensor).forEachPiece { bytes throws(DataError) in
      texts += tensor.type.texts(bytes)
    }
    return texts
  }

  private func read(
    _ file: any TensorFile, _ lengthTensor: StoredTensor, _ suffix: String, words: Int
  ) throws(DataError) -> SequenceList {
    let found = Self.inputNames.compactMap { file[$0 + suffix] }
    guard let inputs = found.first, found.count == 1 else {
      if found.isEmpty {
        throw .missingFile(path: path, present: lengthTensor.name, missing: "x" + suffix)
      }
      throw .ambiguous(path: path, found: found.map(\.name))
    }
    let shape = inputs.shape
    guard shape.count == 3, shape[1] > 0, words > 0 ? shape[2] == 1 : shape[2] > 0,
      inputs.count <= SequenceList.maximumCount
    else {
      throw .arrayShape(
        path: path, array: inputs.name,
        expected: words > 0
          ? "[examples, steps, 1], numbers of words" : "[examples, steps, features]",
        found: shape)
    }
    guard inputs.type.isReal else {
      throw .arrayType(
        path: path, array: inputs.name, expected: "floating-point numbers",
        found: inputs.type.name)
    }
    let lengths = try whole(file, lengthTensor, 1...shape[1], [[shape[0]]])
    let labelTensor = Self.labelNames.compactMap { file[$0 + suffix] }.first
    let labels = try labelTensor.map { tensor throws(DataError) in
      try whole(file, tensor, -1...(1 << 20), [[shape[0]], [shape[0], shape[1]]])
    }
    let values: [Float]
    do { values = try file.values(of: inputs) } catch { throw DataError(error) }
    var list = SequenceList(features: shape[2])
    for (example, length) in lengths.enumerated() {
      let start = example * shape[1]
      let steps = values[start * shape[2]..<(start + length) * shape[2]]
      let index = steps.firstIndex {
        words > 0 ? !(0..<Float(words) ~= $0 && $0 == $0.rounded()) : !$0.isFinite
      }
      if let index {
        throw .element(
          path: path, array: inputs.name, index: index,
          expected: words > 0 ? "the number of a word, 0 to \(words - 1)" : "a finite number",
          found: "\(values[index])")
      }
      var own: ArraySlice<Int> = []
      if let labels {
        let isTagged = labels.count > lengths.count
        own = isTagged ? labels[start..<start + length] : labels[example..<example + 1]
      }
      if let index = own.firstIndex(where: { $0 < 0 }) {
        throw .element(
          path: path, array: labelTensor?.name ?? "", index: index, expected: "a class, at least 0",
          found: "\(own[index])")
      }
      list.append(steps, labels: own.map { Int32($0) })
    }
    return list
  }

  /// Whole numbers of an array that has one of some shapes.
  private func whole(
    _ file: any TensorFile, _ tensor: StoredTensor, _ range: ClosedRange<Int>, _ shapes: [[Int]]
  ) throws(DataError) -> [Int] {
    guard tensor.type.isInteger else {
      throw .arrayType(
        path: path, array: tensor.name, expected: "whole numbers", found: tensor.type.name)
    }
    guard shapes.contains(tensor.shape), !tensor.isFortranOrder || tensor.shape.count == 1 else {
      throw .arrayShape(
        path: path, array: tensor.name, expected: StoredTensor.text(of: shapes[0]),
        found: tensor.shape)
    }
    var values: [Int] = []
    let limits = Double(range.lowerBound)...Double(range.upperBound)
    try StoredArray(file: file, tensor: tensor).forEachPiece { bytes throws(DataError) in
      for value in tensor.type.doubles(bytes) {
        guard limits ~= value else {
          throw .element(
            path: path, array: tensor.name, index: values.count,
            expected: "\(range.lowerBound) to \(range.upperBound)", found: ElementType.text(value))
        }
        values.append(Int(value))
      }
    }
    return values
  }
}
