/// A directory with IDX files under the names that MNIST and its descendants use.
struct IDXDirectory: DataSetReader {
  /// The two files of one split.
  private struct Pair {
    let images: String
    let labels: String
  }

  static let expectation =
    "a directory with train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte "
    + "and t10k-labels-idx1-ubyte, plain or .gz"

  private let path: String
  private let train: Pair?
  private let test: Pair?
  private let classFile: String?

  var files: [String] { [train, test].compactMap { $0 }.flatMap { [$0.images, $0.labels] } }

  init?(_ path: String) throws(DataError) {
    guard Directory.exists(path) else {
      // A path with nothing at it is the likelier mistake and gets its own words.
      if case .failure(let error) = Self.open(path) { throw .file(error) }
      return nil
    }
    let names: [String]
    do { names = try Directory.names(in: path) } catch { throw .file(error) }
    self.path = path
    train = try Self.pair("train", in: path, names)
    test = try Self.pair("t10k", in: path, names)
    classFile = names.contains("classes.txt") ? path + "/classes.txt" : nil
    if train == nil, test == nil { return nil }
  }

  private static func open(_ path: String) -> Result<Void, FileError> {
    do throws(FileError) {
      _ = try InputFile(path)
      return .success(())
    } catch {
      return .failure(error)
    }
  }

  private static func pair(
    _ prefix: String, in path: String, _ names: [String]
  ) throws(DataError) -> Pair? {
    func find(_ content: String) -> String? {
      let plain = ["-", "."].map { "\(prefix)-\(content.replacingDash(with: $0))" }
      // An unpacked file stands before the packed one that it came from.
      return (plain + plain.map { $0 + ".gz" }).first { names.contains($0) }
    }
    let images = find("images-idx3-ubyte")
    let labels = find("labels-idx1-ubyte")
    switch (images, labels) {
    case (let images?, let labels?):
      return Pair(images: path + "/" + images, labels: path + "/" + labels)
    case (nil, nil): return nil
    case (let images?, nil):
      throw .missingFile(
        path: path, present: images, missing: "\(prefix)-labels-idx1-ubyte or the same with .gz")
    case (nil, let labels?):
      throw .missingFile(
        path: path, present: labels, missing: "\(prefix)-images-idx3-ubyte or the same with .gz")
    }
  }
}

extension String {
  /// `images-idx3-ubyte` with another character before `idx`, as some copies are named.
  fileprivate func replacingDash(with separator: String) -> String {
    guard let dash = firstIndex(of: "-") else { return self }
    return self[..<dash] + separator + self[index(after: dash)...]
  }
}

// MARK: - Reading

extension IDXDirectory {
  /// One split's images and labels, and the image's shape.
  private typealias Part = (split: DataSet.Split, shape: Shape)

  func read(name: String?) throws(DataError) -> DataSet {
    let trainPart = try train.map { pair throws(DataError) in try read(pair) }
    let testPart = try test.map { pair throws(DataError) in try read(pair) }
    let empty = DataSet.Split(pixels: [], labels: [])
    let (trainSplit, testSplit) = (trainPart?.split ?? empty, testPart?.split ?? empty)
    guard let shape = trainPart?.shape ?? testPart?.shape,
      trainSplit.count + testSplit.count > 0
    else { throw .noExamples(path: path) }
    if let trainPart, let testPart, trainPart.shape != testPart.shape {
      throw .shapesDiffer(path: path, train: trainPart.shape, test: testPart.shape)
    }
    let name = name ?? DataSetFamily.name(ofDirectory: path)
    let greatest = Int(max(trainSplit.labels.max() ?? 0, testSplit.labels.max() ?? 0))
    let classNames =
      try classFile.map { file throws(DataError) in try Self.classNames(file) }
      ?? DataSetFamily.classNames(name: name, atLeast: greatest + 1)
    for (split, pair) in [(trainSplit, train), (testSplit, test)] {
      let offender = split.labels.firstIndex { $0 >= classNames.count }
      guard let offender, let pair else { continue }
      throw .labelOutOfRange(
        path: pair.labels, example: offender, label: Int(split.labels[offender]),
        classes: classNames.count)
    }
    return DataSet(
      name: name, shape: shape, classNames: classNames, train: trainSplit, test: testSplit)
  }

  private func read(_ pair: Pair) throws(DataError) -> Part {
    let images = try IDXFile(pair.images, .images)
    let labels = try IDXFile(pair.labels, .labels)
    guard images.extents[0] == labels.extents[0] else {
      throw .countsDiffer(
        path: pair.images, images: images.extents[0], labels: labels.extents[0])
    }
    return (
      DataSet.Split(pixels: images.bytes, labels: labels.bytes),
      Shape([1, images.extents[1], images.extents[2]])
    )
  }

  /// Reads one name per line.
  private static func classNames(_ path: String) throws(DataError) -> [String] {
    let bytes: [UInt8]
    do { bytes = try InputFile.read(path, limit: 1 << 16) } catch { throw .file(error) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .classNames(path: path, expected: "UTF-8", found: "other bytes")
    }
    var names = text.split(omittingEmptySubsequences: false) { $0.isNewline }.map(String.init)
    while names.last?.isEmpty == true { names.removeLast() }
    guard (1...256).contains(names.count), !names.contains("") else {
      throw .classNames(
        path: path, expected: "1 to 256 lines with a name on each",
        found: names.contains("") ? "an empty line" : "\(names.count) lines")
    }
    return names
  }
}
