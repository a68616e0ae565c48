/// The arrays of a data set, found by their names.
struct ArrayPairs {
  private var arrays: [ArrayNames.Role: StoredArray] = [:]

  /// Sorts arrays by what their names say; others are left out.
  ///
  /// - Throws: ``DataError/ambiguous(path:found:)`` where two hold the same, or
  ///   ``DataError/missingFile(path:present:missing:)`` where images stand without labels or labels without
  ///   images.
  init(_ candidates: [StoredArray], path: String) throws(DataError) {
    for array in candidates {
      guard let role = ArrayNames.role(array.name) else { continue }
      if let other = arrays[role] {
        throw .ambiguous(path: path, found: [other.name, array.name])
      }
      arrays[role] = array
    }
    for (role, array) in arrays.sorted(by: { $0.value.name < $1.value.name }) {
      let other = ArrayNames.Role(isTest: role.isTest, isLabels: !role.isLabels)
      guard arrays[other] == nil else { continue }
      throw .missingFile(
        path: path, present: array.name, missing: ArrayNames.partner(of: array.name))
    }
  }

  /// Reads images and labels.
  ///
  /// Floating-point pixels of all arrays together have one scale: where none is above 1 they go from 0 to 1
  /// and are multiplied by 255, otherwise they go from 0 to 255.
  ///
  /// - Throws: ``DataError`` where an array cannot be what its name says.
  func read() throws(DataError) -> (train: DataSetParts.Part?, test: DataSetParts.Part?) {
    let train = try pair(isTest: false)
    let test = try pair(isTest: true)
    var greatest = 0.0
    for images in [train?.images, test?.images] {
      if let images, images.isReal { greatest = max(greatest, try images.greatest()) }
    }
    let factor = greatest <= 1 ? 255.0 : 1.0
    return (
      try train.map { pair throws(DataError) in try pair.read(factor: factor) },
      try test.map { pair throws(DataError) in try pair.read(factor: factor) }
    )
  }

  private func pair(isTest: Bool) throws(DataError) -> Pair? {
    guard let images = arrays[ArrayNames.Role(isTest: isTest, isLabels: false)],
      let labels = arrays[ArrayNames.Role(isTest: isTest, isLabels: true)]
    else { return nil }
    let pair = Pair(images: try ImageArray(images), labels: try LabelArray(labels))
    guard pair.images.count == pair.labels.count else {
      throw .countsDiffer(
        path: images.path, images: pair.images.count, labels: pair.labels.count)
    }
    return pair
  }

  private struct Pair {
    let images: ImageArray
    let labels: LabelArray

    func read(factor: Double) throws(DataError) -> DataSetParts.Part {
      DataSetParts.Part(
        split: DataSet.Split(
          pixels: try images.pixels(factor: factor), labels: try labels.labels()),
        shape: images.shape, labelPath: labels.array.path)
    }
  }
}
