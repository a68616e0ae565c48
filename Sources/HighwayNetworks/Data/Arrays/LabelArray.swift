import TensorFiles

/// An array of labels: whole numbers from 0 to 255, `[examples]` or `[examples, 1]`.
struct LabelArray {
  let array: StoredArray
  /// The number of labels.
  let count: Int
  private let element: ElementType

  /// Checks that an array can be labels.
  ///
  /// - Throws: ``DataError/arrayShape(path:array:expected:found:)`` or
  ///   ``DataError/arrayType(path:array:expected:found:)``.
  init(_ array: StoredArray) throws(DataError) {
    let element = array.tensor.type
    guard element.isInteger else {
      throw .arrayType(
        path: array.path, array: array.name, expected: "whole numbers", found: element.name)
    }
    guard
      array.tensor.shape.count == 1 || (array.tensor.shape.count == 2 && array.tensor.shape[1] == 1)
    else {
      throw .arrayShape(
        path: array.path, array: array.name, expected: "[examples] or [examples, 1]",
        found: array.tensor.shape)
    }
    self.array = array
    self.element = element
    count = array.tensor.shape[0]
  }

  /// The labels; `[count]`.
  ///
  /// - Throws: ``DataError/element(path:array:index:expected:found:)`` where one is out of range.
  func labels() throws(DataError) -> [UInt8] {
    var labels: [UInt8] = []
    let limit = element.kind == .bool ? 1.0 : 255.0
    try array.forEachPiece { bytes throws(DataError) in
      for value in element.doubles(bytes) {
        guard 0...limit ~= value else {
          throw .element(
            path: array.path, array: array.name, index: labels.count,
            expected: "labels from 0 to \(Int(limit))", found: ElementType.text(value))
        }
        labels.append(UInt8(value))
      }
    }
    return labels
  }
}
