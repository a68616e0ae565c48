import TensorFiles

/// A directory with the binary files of CIFAR-10 or CIFAR-100.
struct CIFARDirectory: DataSetReader {
  /// Which of the two.
  enum Kind {
    case ten
    /// With fine labels; the coarse ones are checked and left out.
    case hundred

    var name: String { self == .ten ? "CIFAR-10" : "CIFAR-100" }
    var classes: Int { self == .ten ? 10 : 100 }
    /// What a label byte must be less than, for each label byte of a record.
    var labelLimits: [Int] { self == .ten ? [10] : [20, 100] }
    var classFile: String { self == .ten ? "batches.meta.txt" : "fine_label_names.txt" }
    /// The directory that the archive unpacks to.
    var directory: String { self == .ten ? "cifar-10-batches-bin" : "cifar-100-binary" }
  }

  /// `[channels, height, width]` of every image.
  static let shape = Shape([3, 32, 32])

  static let expectation =
    "a directory with data_batch_1.bin (CIFAR-10), or with train.bin and fine_label_names.txt "
    + "(CIFAR-100)"

  private let kind: Kind
  private let path: String
  private let train: [String]
  private let test: [String]
  private let classFile: String?

  var format: String { kind.name + " binary" }
  var files: [String] { train + test }
  var namesClasses: Bool { classFile != nil }

  init?(_ location: DataSetLocation) throws(DataError) {
    guard location.isDirectory else { return nil }
    let outer = try location.directory()
    var found: [(kind: Kind, directory: DataSetLocation.Listing)] = []
    for kind in [Kind.ten, .hundred] {
      if Self.holds(outer, kind) {
        found.append((kind, outer))
      } else if outer.names.contains(kind.directory) {
        let path = outer.path + "/" + kind.directory
        guard Directory.exists(path) else { continue }
        let inner = try DataSetLocation.listing(path)
        if Self.holds(inner, kind) { found.append((kind, inner)) }
      }
    }
    guard let (kind, directory) = found.first else { return nil }
    guard found.count == 1 else {
      throw .ambiguous(path: location.path, found: found.map { $0.kind.name })
    }
    self.kind = kind
    path = directory.path
    let files = try Self.files(directory, kind)
    train = files.train.map { directory.path + "/" + $0 }
    test = files.test.map { directory.path + "/" + $0 }
    classFile =
      directory.names.contains(kind.classFile) ? directory.path + "/" + kind.classFile : nil
  }

  /// Whether a directory has files of that kind; the names of CIFAR-100's are too common to count alone.
  private static func holds(_ directory: DataSetLocation.Listing, _ kind: Kind) -> Bool {
    switch kind {
    case .ten:
      directory.names.contains("test_batch.bin")
        || directory.names.contains { batchNumber($0) != nil }
    case .hundred:
      directory.names.contains(kind.classFile)
        && (directory.names.contains("train.bin") || directory.names.contains("test.bin"))
    }
  }

  /// The names of the files, the batches in the order of their numbers.
  private static func files(
    _ directory: DataSetLocation.Listing, _ kind: Kind
  ) throws(DataError) -> (train: [String], test: [String]) {
    switch kind {
    case .ten:
      let numbers = directory.names.compactMap(batchNumber).sorted()
      if let last = numbers.last, let gap = (1...last).first(where: { !numbers.contains($0) }) {
        throw .missingFile(
          path: directory.path, present: "data_batch_\(last).bin",
          missing: "data_batch_\(gap).bin")
      }
      return (
        numbers.map { "data_batch_\($0).bin" },
        ["test_batch.bin"].filter(directory.names.contains)
      )
    case .hundred:
      return (
        ["train.bin"].filter(directory.names.contains),
        ["test.bin"].filter(directory.names.contains)
      )
    }
  }

  private static func batchNumber(_ name: String) -> Int? {
    (1...9).first { name == "data_batch_\($0).bin" }
  }
}

// MARK: - Reading

extension CIFARDirectory {
  func read(name: String?) throws(DataError) -> DataSet {
    var parts = DataSetParts(train: try part(train), test: try part(test))
    parts.classNames =
      try classFile.map { file throws(DataError) in
        let names = try ClassNameFile.read(file)
        guard names.count == kind.classes else {
          throw .classNames(
            path: file, expected: "\(kind.classes) names", found: "\(names.count)")
        }
        return names
      } ?? DataSetFamily.classNames(name: kind.name, atLeast: kind.classes)
    return try parts.assembled(name: name ?? kind.name, path: path)
  }

  private func part(_ files: [String]) throws(DataError) -> DataSetParts.Part? {
    guard let first = files.first else { return nil }
    var pixels: [UInt8] = []
    var labels: [UInt8] = []
    for file in files { try read(file, into: &pixels, &labels) }
    return DataSetParts.Part(
      split: DataSet.Split(pixels: pixels, labels: labels), shape: Self.shape, labelPath: first)
  }

  /// Reads records of label bytes and an image's three planes.
  private func read(
    _ path: String, into pixels: inout [UInt8], _ labels: inout [UInt8]
  ) throws(DataError) {
    let limits = kind.labelLimits
    let record = limits.count + Self.shape.count
    let size: Int
    let bytes: [UInt8]
    do throws(FileError) {
      let file = try InputFile(path)
      size = file.size
      bytes = size % record == 0 && size <= ImageArray.maximumCount ? try file.read(0..<size) : []
    } catch {
      throw .file(error)
    }
    guard size % record == 0 else {
      throw .recordLength(path: path, record: record, found: size)
    }
    guard bytes.count == size else {
      throw .file(.tooLarge(path: path, limit: ImageArray.maximumCount, found: size))
    }
    for start in stride(from: 0, to: bytes.count, by: record) {
      for (index, limit) in limits.enumerated() where bytes[start + index] >= limit {
        throw .labelOutOfRange(
          path: path, example: start / record, label: Int(bytes[start + index]), classes: limit)
      }
      labels.append(bytes[start + limits.count - 1])
      pixels += bytes[start + limits.count..<start + record]
    }
  }
}
