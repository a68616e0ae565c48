import TensorFiles

/// CSV files with a line for each example: one, or a directory with one for training and one for testing.
struct CSVFiles: DataSetReader {
  static let expectation =
    "a .csv file with numbers and, where it is known, a label on each line, or a directory with train.csv "
    + "and test.csv"

  private static let ends = [".csv", ".csv.gz", ".tsv", ".tsv.gz"]

  let format = "CSV"
  let namesClasses = false
  private let path: String
  private let train: String?
  private let test: String?
  private let label: LabelColumn?

  var files: [String] { [train, test].compactMap { $0 } }

  init?(_ location: DataSetLocation) throws(DataError) {
    path = location.path
    label = location.choice.labelColumn
    guard location.isDirectory else {
      guard let stem = Self.stem(Directory.name(of: path)) else { return nil }
      let isTest = Self.isTest(stem)
      (train, test) = (isTest ? nil : path, isTest ? path : nil)
      return
    }
    let directory = try location.directory()
    let names = directory.names.sorted().filter { Self.stem($0) != nil }
    func one(_ found: [String]) throws(DataError) -> String? {
      guard found.count <= 1 else { throw .ambiguous(path: directory.path, found: found) }
      return found.first.map { directory.path + "/" + $0 }
    }
    let tests = names.filter { Self.isTest(Self.stem($0) ?? "") }
    let trains = names.filter { !tests.contains($0) && Self.stem($0)?.contains("train") == true }
    if names.isEmpty { return nil }
    let isSplit = !tests.isEmpty || !trains.isEmpty
    train = try one(isSplit ? trains : names)
    test = try one(tests)
  }

  /// The name without its end, in small letters; nil where it is not that of a CSV file.
  private static func stem(_ name: String) -> String? {
    let lower = name.lowercased()
    return ends.first { lower.hasSuffix($0) && lower != $0 }.map {
      String(lower.dropLast($0.count))
    }
  }

  private static func isTest(_ stem: String) -> Bool {
    stem.contains("test") && !stem.contains("train")
  }

  func read(name: String?) throws(DataError) -> DataSet {
    let train = try train.map { file throws(DataError) in try CSVTable(file, label: label) }
    let test = try test.map { file throws(DataError) in
      // Kaggle's files for testing have no labels.
      let columns = try CSVTable.columns(file)
      let isShorter = train?.labels != nil && columns + 1 == train?.layout.columns
      return try CSVTable(file, label: isShorter ? LabelColumn.none : label)
    }
    let tables = [train, test].compactMap { $0 }
    let form = CSVForm(tables)
    var remarks = Self.remarks(train, test)
    if let remark = form.remark { remarks.append(remark) }
    return try DataSetParts(
      train: train.map(form.part), test: test.map(form.part), remarks: remarks
    ).assembled(name: name ?? DataSetFamily.name(ofPath: path), path: path)
  }

  /// What both files' columns are, said once where it is the same.
  private static func remarks(_ train: CSVTable?, _ test: CSVTable?) -> [DataRemark] {
    let (first, second) = (train?.layout.remarks ?? [], test?.layout.remarks ?? [])
    return first + second.filter { !first.contains($0) }
  }
}

/// What the values of tables are taken for: vectors or pictures.
private struct CSVForm {
  private let extents: [Int]?
  /// What pixels are multiplied by to become bytes; nil where they stay as they are.
  private let factor: Float?
  /// Why they are taken for pictures.
  let remark: DataRemark?

  /// Pictures are what columns are named for, and whole numbers from 0 to 255 that make a square and of which some are as
  /// large as counts seldom are.
  init(_ tables: [CSVTable]) {
    let features = tables.first?.layout.features ?? 0
    let least = tables.map(\.range.lowerBound).min() ?? 0
    let greatest = tables.map(\.range.upperBound).max() ?? 0
    let isNamed = tables.allSatisfy(\.layout.namesPixels)
    let seemsSo = greatest >= 128 && tables.allSatisfy { $0.numbers == nil }
    let found = isNamed ? ImageArray.flatExtents(features) : CSVLayout.pictureExtents(features)
    guard let found, isNamed || seemsSo, greatest <= 255 else {
      (extents, factor, remark) = (nil, nil, nil)
      return
    }
    extents = found
    factor = least < 0 ? nil : greatest <= 1 ? 255 : 1
    let text = "\(features) columns are pictures of \(found[1])×\(found[2]) pixels"
    remark =
      isNamed
      ? DataRemark("pictures", "\(text), by their names")
      : DataRemark("pictures", "\(text), as their values suggest", isCertain: false)
  }

  /// A table as a part of a data set.
  func part(_ table: CSVTable) -> DataSetParts.Part {
    let labels = table.labels?.values
    let vectors = table.numbers ?? table.bytes.map { Float($0) }
    let split: DataSet.Split
    if extents == nil || factor == nil {
      split = DataSet.Split(vectors: vectors, count: table.count, labels: labels)
    } else {
      let pixels = pixels(table)
      split =
        labels.map { DataSet.Split(pixels: pixels, labels: $0) }
        ?? DataSet.Split(unlabelled: pixels, count: table.count)
    }
    return DataSetParts.Part(
      split: split,
      shape: extents.map { .image(channels: $0[0], height: $0[1], width: $0[2]) }
        ?? Shape(features: table.layout.features),
      labelPath: table.path, labelNames: table.labels?.names)
  }

  private func pixels(_ table: CSVTable) -> [UInt8] {
    let factor = factor ?? 1
    if let numbers = table.numbers { return numbers.map { UInt8(($0 * factor).rounded()) } }
    return factor == 1 ? table.bytes : table.bytes.map { UInt8((Float($0) * factor).rounded()) }
  }
}
