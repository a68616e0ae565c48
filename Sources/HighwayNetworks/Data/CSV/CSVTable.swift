import TensorFiles

/// The numbers and the labels of a CSV file.
struct CSVTable {
  /// The most values that are read.
  private static let maximumCount = 1 << 30

  /// Where the file was opened.
  let path: String
  /// What its columns are.
  let layout: CSVLayout
  /// The number of examples.
  private(set) var count = 0
  /// The class of each; nil where there is no column of them.
  private(set) var labels: ClassLabels?
  /// The values, as long as all of them are whole and from 0 to 255; `[examples, features]`.
  private(set) var bytes: [UInt8] = []
  /// The values otherwise.
  private(set) var numbers: [Float]?
  /// The least and the greatest value.
  private(set) var range: ClosedRange<Float> = 0...0

  /// Reads a file.
  ///
  /// - Throws: ``DataError`` naming the line and the column that is wrong.
  init(_ path: String, label: LabelColumn?) throws(DataError) {
    self.path = path
    var reader = try CSVReader(path)
    guard try reader.next() else { throw .noExamples(path: path) }
    let first = reader.record
    let second = try reader.next() ? reader.record : nil
    layout = try CSVLayout(first, second, label: label, path: path)
    guard layout.features > 0 else {
      throw .line(
        path: path, line: first.line, expected: "a column of numbers", found: "none but labels")
    }
    var texts = TextList()
    var places: [Int32] = []
    if layout.header == nil { try append(first, &texts, &places) }
    if let second { try append(second, &texts, &places) }
    while try reader.next() { try append(reader.record, &texts, &places) }
    guard count > 0 else { throw .noExamples(path: path) }
    labels = layout.label.map { _ in ClassLabels(places, of: texts.texts) }
  }

  /// The number of columns of a file, by its first line.
  ///
  /// - Throws: ``DataError`` where it cannot be read.
  static func columns(_ path: String) throws(DataError) -> Int {
    var reader = try CSVReader(path)
    return try reader.next() ? reader.record.count : 0
  }

  private mutating func append(
    _ record: CSVRecord, _ texts: inout TextList, _ places: inout [Int32]
  ) throws(DataError) {
    func failure(_ expected: String, _ found: String) -> DataError {
      .line(path: path, line: record.line, expected: expected, found: found)
    }
    guard record.count == layout.columns else {
      throw failure("\(layout.columns) fields as in the first line", "\(record.count)")
    }
    guard (count + 1) * layout.features <= Self.maximumCount else {
      throw failure("at most \(Self.maximumCount) values in all", "more")
    }
    for column in 0..<record.count where column != layout.counter {
      if column == layout.label {
        let text = record.text(column)
        guard !text.isEmpty else { throw failure("a label in \(layout.words(column))", "nothing") }
        guard let place = texts.place(of: text) else {
          throw failure(
            "at most \(ClassLabels.mostClasses) different labels in \(layout.words(column))",
            text.excerpt)
        }
        places.append(place)
        continue
      }
      guard let value = record.number(column) else {
        let text = record.text(column)
        throw failure(
          "a number in \(layout.words(column))", text.isEmpty ? "nothing" : text.excerpt)
      }
      append(value)
    }
    count += 1
  }

  private mutating func append(_ value: Float) {
    if bytes.isEmpty, numbers == nil { range = value...value }
    if !range.contains(value) {
      range = min(range.lowerBound, value)...max(range.upperBound, value)
    }
    if numbers != nil {
      numbers?.append(value)
    } else if let byte = UInt8(exactly: value) {
      bytes.append(byte)
    } else {
      numbers = bytes.map { Float($0) } + [value]
      bytes = []
    }
  }
}
