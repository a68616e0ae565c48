import TensorFiles

/// What the columns of a CSV file hold, by its first two records and by what a person says.
struct CSVLayout {
  /// The names of the columns; nil where the first line holds numbers already.
  let header: [String]?
  /// The number of columns.
  let columns: Int
  /// The column of the labels, counted from 0.
  private(set) var label: Int?
  /// A column that counts the rows, which is left out.
  private(set) var counter: Int?
  /// What is to be said of how the columns were taken.
  private(set) var remarks: [DataRemark] = []

  private static let labelNames: Set<String> = [
    "label", "labels", "class", "classes", "target", "targets", "y", "category", "species",
  ]
  private static let counterNames: Set<String> = ["", "unnamed: 0", "id", "index"]

  /// The columns of features.
  var features: Int { columns - (label == nil ? 0 : 1) - (counter == nil ? 0 : 1) }

  /// Whether the names of the columns are those of pixels: `pixel0`, `pixel1` … or `1x1`, `1x2` ….
  var namesPixels: Bool {
    guard let header else { return false }
    return header.indices.allSatisfy {
      $0 == label || $0 == counter || Self.isPixel(header[$0].lowercased())
    }
  }

  /// Finds out what the columns are.
  ///
  /// - Throws: ``DataError/labelColumn(path:expected:found:)`` where the column that was named is not there.
  init(
    _ first: CSVRecord, _ second: CSVRecord?, label choice: LabelColumn?, path: String
  ) throws(DataError) {
    columns = first.count
    header = Self.isHeader(first, second) ? (0..<first.count).map(first.text) : nil
    // A record of another length is refused when it is read.
    guard let data = header == nil ? first : second, data.count == columns else { return }
    if let choice {
      label = try column(choice, path)
      if let label { remarks.append(DataRemark("labels", words(label))) }
    } else {
      findLabels(data)
    }
    findCounter(first, second)
  }

  /// Whether the first record has a text where the second has a number, or numbers that count the columns.
  private static func isHeader(_ first: CSVRecord, _ second: CSVRecord?) -> Bool {
    guard let second, second.count == first.count else {
      return (0..<first.count).allSatisfy { first.number($0) == nil }
    }
    if (0..<first.count).contains(where: { first.number($0) == nil && second.number($0) != nil }) {
      return true
    }
    let numbers = (0..<first.count).compactMap { first.number($0) }
    func counts(_ record: [Float]) -> Bool {
      record.count >= 4 && zip(record, record.dropFirst()).allSatisfy { $1 == $0 + 1 }
    }
    return counts(numbers) && [0, 1].contains(numbers[0])
      && !counts((0..<second.count).compactMap { second.number($0) })
  }

  private static func isPixel(_ name: String) -> Bool {
    for prefix in ["pixel", "pix", "px"] where name.hasPrefix(prefix) {
      return name.dropFirst(prefix.count).allSatisfy { $0.isNumber || $0 == "_" }
    }
    let sides = name.split(separator: "x", omittingEmptySubsequences: false)
    return sides.count == 2 && sides.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isNumber) }
  }

  private func column(_ choice: LabelColumn, _ path: String) throws(DataError) -> Int? {
    switch choice {
    case .none: return nil
    case .last: return columns - 1
    case .number(let number):
      guard number <= columns else {
        throw .labelColumn(path: path, expected: "1 to \(columns)", found: "\(number)")
      }
      return number - 1
    case .name(let name):
      let names = header ?? []
      let found =
        names.firstIndex(of: name)
        ?? names.firstIndex { $0.lowercased() == name.lowercased() }
      guard let found else {
        throw .labelColumn(
          path: path,
          expected: header == nil
            ? "none, last or 1 to \(columns), as the file has no header line"
            : "one of the columns \(names.prefix(8).map(\.excerpt).joined(separator: ", "))"
              + (names.count > 8 ? " …" : ""),
          found: name.excerpt)
      }
      return found
    }
  }

  private mutating func findLabels(_ data: CSVRecord) {
    if let named = header?.firstIndex(where: { Self.labelNames.contains($0.lowercased()) }) {
      label = named
      remarks.append(DataRemark("labels", words(named)))
      return
    }
    let texts = (0..<data.count).filter { data.number($0) == nil }
    if let text = texts.contains(columns - 1) ? columns - 1 : texts.first {
      label = text
      remarks.append(
        DataRemark("labels", "\(words(text)), which holds no numbers", isCertain: false))
      return
    }
    guard header == nil, Self.pictureExtents(columns) == nil,
      let extents = Self.pictureExtents(columns - 1)
    else { return }
    let whole = [0, columns - 1].first { ClassLabels.number(data.text($0)) != nil }
    guard let whole else { return }
    label = whole
    remarks.append(
      DataRemark(
        "labels",
        "\(words(whole)), as the others make pictures of \(extents[1])×\(extents[2]) pixels; "
          + "--label-column says it otherwise", isCertain: false))
  }

  private mutating func findCounter(_ first: CSVRecord, _ second: CSVRecord?) {
    guard let header, let second,
      let found = header.firstIndex(where: { Self.counterNames.contains($0.lowercased()) }),
      found != label, let number = second.number(found), [0, 1].contains(number)
    else { return }
    counter = found
    remarks.append(
      DataRemark("left out", "\(words(found)), which counts the rows", isCertain: false))
  }

  /// A column in words, counted from 1.
  func words(_ column: Int) -> String {
    "column \(column + 1)" + (header.map { " (\($0[column].excerpt))" } ?? "")
  }

  /// The extents of pictures of so many values, `[channels, height, width]`; nil where they are no squares of at least 16
  /// pixels a side.
  static func pictureExtents(_ values: Int) -> [Int]? {
    ImageArray.flatExtents(values).flatMap { $0[1] >= 16 ? $0 : nil }
  }
}
