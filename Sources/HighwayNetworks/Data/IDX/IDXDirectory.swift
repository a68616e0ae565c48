import TensorFiles

/// A directory with IDX files under the names that MNIST and its descendants use, or with directories of those names
/// that hold them.
///
/// EMNIST's files have the name of the variant in front, such as `emnist-letters-`; where there are several
/// variants in a directory, the path of one of the files chooses.
struct IDXDirectory: DataSetReader {
  /// The two files of one split.
  private struct Pair {
    let images: String
    let labels: String
  }

  static let expectation =
    "a directory with train-images-idx3-ubyte and train-labels-idx1-ubyte, plain or .gz (MNIST and "
    + "its like)"

  let format = "IDX"
  private let path: String
  /// What stands before `train-` and `t10k-`.
  private let prefix: String
  private let train: Pair?
  private let test: Pair?
  private let classFile: String?

  var files: [String] { [train, test].compactMap { $0 }.flatMap { [$0.images, $0.labels] } }

  init?(_ location: DataSetLocation) throws(DataError) {
    let directory = try location.directory()
    let prefixes: [String]
    if location.isDirectory {
      prefixes = Set(directory.names.compactMap(Self.prefix)).sorted()
    } else {
      prefixes = [Self.prefix(of: Directory.name(of: location.path))].compactMap { $0 }
    }
    guard let prefix = prefixes.first else { return nil }
    guard prefixes.count == 1 else {
      throw .ambiguous(
        path: location.path, found: prefixes.map { $0 + "train-images-idx3-ubyte" })
    }
    path = directory.path
    self.prefix = prefix
    train = try Self.pair(prefix, ["train"], in: directory)
    test = try Self.pair(prefix, ["t10k", "test"], in: directory)
    classFile = directory.names.contains("classes.txt") ? directory.path + "/classes.txt" : nil
    if train == nil, test == nil { return nil }
  }

  /// What stands before the split in the name of a file of images or of labels, or nil for other names.
  private static func prefix(of name: String) -> String? {
    for split in ["train", "t10k", "test"] {
      for content in ["images-idx3-ubyte", "labels-idx1-ubyte"] {
        for spelling in spellings("\(split)-\(content)") where name.hasSuffix(spelling) {
          let prefix = name.dropLast(spelling.count)
          if prefix.isEmpty || prefix.last == "-" { return String(prefix) }
        }
      }
    }
    return nil
  }

  /// The ways in which a file is named, an unpacked one before the packed one that it came from.
  private static func spellings(_ name: String) -> [String] {
    let plain = [name, name.replacingLastDash]
    return plain + plain.map { $0 + ".gz" }
  }

  private static func pair(
    _ prefix: String, _ splits: [String], in directory: DataSetLocation.Listing
  ) throws(DataError) -> Pair? {
    func find(_ content: String) -> String? {
      let names = splits.flatMap { spellings("\(prefix)\($0)-\(content)") }
      let found = names.filter(directory.names.contains)
      if let file = found.first(where: { !Directory.exists(directory.path + "/" + $0) }) {
        return file
      }
      // Kaggle packs each file into a directory of its name.
      for outer in found {
        let inner = (try? Directory.names(in: directory.path + "/" + outer)) ?? []
        if let file = names.first(where: inner.contains) { return outer + "/" + file }
      }
      return nil
    }
    let images = find("images-idx3-ubyte")
    let labels = find("labels-idx1-ubyte")
    let missing = "\(prefix)\(splits[0])-"
    switch (images, labels) {
    case (let images?, let labels?):
      return Pair(images: directory.path + "/" + images, labels: directory.path + "/" + labels)
    case (nil, nil): return nil
    case (let images?, nil):
      throw .missingFile(
        path: directory.path, present: images,
        missing: missing + "labels-idx1-ubyte or the same with .gz")
    case (nil, let labels?):
      throw .missingFile(
        path: directory.path, present: labels,
        missing: missing + "images-idx3-ubyte or the same with .gz")
    }
  }
}

extension String {
  /// `train-images-idx3-ubyte` with a point before `idx`, as some copies are named.
  fileprivate var replacingLastDash: String {
    var parts = split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count >= 3 else { return self }
    let end = parts.removeLast()
    let middle = parts.removeLast()
    return parts.joined(separator: "-") + "." + middle + "-" + end
  }
}

// MARK: - Reading

extension IDXDirectory {
  var namesClasses: Bool { classFile != nil }

  func read(name: String?) throws(DataError) -> DataSet {
    var parts = DataSetParts(
      train: try train.map { pair throws(DataError) in try read(pair) },
      test: try test.map { pair throws(DataError) in try read(pair) })
    parts.classNames = try classFile.map { file throws(DataError) in
      try ClassNameFile.read(file)
    }
    let place = prefix.isEmpty ? path : String(prefix.dropLast())
    return try parts.assembled(name: name ?? DataSetFamily.name(ofPath: place), path: path)
  }

  private func read(_ pair: Pair) throws(DataError) -> DataSetParts.Part {
    // Before anything is unpacked, which can take a while.
    let claimed = (
      images: try IDXFile.extents(pair.images, .images)[0],
      labels: try IDXFile.extents(pair.labels, .labels)[0]
    )
    guard claimed.images == claimed.labels else {
      throw .countsDiffer(path: pair.images, images: claimed.images, labels: claimed.labels)
    }
    let images = try IDXFile(pair.images, .images)
    let labels = try IDXFile(pair.labels, .labels)
    // The files may have been replaced in between.
    guard images.extents[0] == labels.extents[0] else {
      throw .countsDiffer(
        path: pair.images, images: images.extents[0], labels: labels.extents[0])
    }
    return DataSetParts.Part(
      split: DataSet.Split(pixels: images.bytes, labels: labels.bytes),
      shape: .image(channels: 1, height: images.extents[1], width: images.extents[2]),
      labelPath: pair.labels)
  }
}
