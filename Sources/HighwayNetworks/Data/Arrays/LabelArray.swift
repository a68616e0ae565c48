import TensorFiles

/// An array of labels: whole numbers from 0, of whatever type, or texts, `[examples]` or `[examples, 1]`; or one-hot
/// rows, `[examples, classes]`.
struct LabelArray {
  let array: StoredArray
  /// The number of labels.
  let count: Int
  /// The number of columns of one-hot rows, otherwise 1.
  let columns: Int
  private let element: ElementType

  /// Checks that an array can be labels.
  ///
  /// - Throws: ``DataError/arrayShape(path:array:expected:found:)`` or
  ///   ``DataError/arrayType(path:array:expected:found:)``.
  init(_ array: StoredArray) throws(DataError) {
    let element = array.tensor.type
    guard element.isNumber || element.isText else {
      throw .arrayType(
        path: array.path, array: array.name, expected: "numbers or texts", found: element.name)
    }
    let shape = array.tensor.shape
    let columns = shape.count == 2 ? shape[1] : 1
    guard (1...2).contains(shape.count), columns == 1 || element.isNumber,
      1...ClassLabels.mostClasses ~= columns
    else {
      throw .arrayShape(
        path: array.path, array: array.name,
        expected: "[examples], [examples, 1] or, of one-hot numbers, [examples, classes]",
        found: shape)
    }
    self.array = array
    self.element = element
    self.columns = columns
    count = shape[0]
  }

  /// What the labels are, where they are no whole numbers.
  var form: String? {
    if element.isText { return "texts" }
    if columns > 1 { return "one-hot, \(columns) columns" }
    return element.isReal ? "floating-point numbers, all of them whole" : nil
  }

  /// The labels; `[count]`.
  ///
  /// - Throws: ``DataError/element(path:array:index:expected:found:)`` where one is out of range.
  func labels() throws(DataError) -> ClassLabels {
    if element.isText { return try names() }
    return ClassLabels(numbers: try columns > 1 ? places() : numbers())
  }

  private func numbers() throws(DataError) -> [Int32] {
    var labels: [Int32] = []
    let limit = element.kind == .bool ? 1 : ClassLabels.mostClasses - 1
    try array.forEachPiece { bytes throws(DataError) in
      for value in element.doubles(bytes) {
        guard 0...Double(limit) ~= value, let label = Int32(exactly: value) else {
          throw failure(
            labels.count, (element.isReal ? "whole " : "") + "labels from 0 to \(limit)", value)
        }
        labels.append(label)
      }
    }
    return labels
  }

  /// The columns of the ones, of which each row has to have one among zeros.
  private func places() throws(DataError) -> [Int32] {
    var places = [Int32](repeating: -1, count: count)
    var index = 0
    try array.forEachPiece { bytes throws(DataError) in
      for value in element.doubles(bytes) {
        let (row, column) =
          array.tensor.isFortranOrder
          ? (index % count, index / count) : (index / columns, index % columns)
        if value == 1, places[row] < 0 {
          places[row] = Int32(column)
        } else if value != 0 {
          throw failure(index, "one-hot labels, a single 1 among zeros in each row", value)
        }
        index += 1
      }
    }
    if let row = places.firstIndex(of: -1) {
      throw failure(
        array.tensor.isFortranOrder ? row : row * columns,
        "one-hot labels, a single 1 among zeros in each row", 0)
    }
    return places
  }

  private func names() throws(DataError) -> ClassLabels {
    var list = TextList()
    var places: [Int32] = []
    try array.forEachPiece { bytes throws(DataError) in
      for text in element.texts(bytes) {
        guard let place = list.place(of: text) else {
          throw .element(
            path: array.path, array: array.name, index: places.count,
            expected: "at most \(ClassLabels.mostClasses) names of classes", found: text.excerpt)
        }
        places.append(place)
      }
    }
    return ClassLabels(places, of: list.texts)
  }

  private func failure(_ index: Int, _ expected: String, _ value: Double) -> DataError {
    .element(
      path: array.path, array: array.name, index: index, expected: expected,
      found: ElementType.text(value))
  }
}
