import TensorFiles

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
  /// Floating-point pixels of all arrays together have one scale: where one is below 0 they are standardized and stay
  /// as they are; where none is above 1 they go from 0 to 1 and are multiplied by 255; otherwise they go from 0 to
  /// 255.
  ///
  /// - Throws: ``DataError`` where an array cannot be what its name says.
  func read() throws(DataError) -> DataSetParts {
    let train = try pair(isTest: false)
    let test = try pair(isTest: true)
    var (least, greatest) = (0.0, 0.0)
    for images in [train?.images, test?.images] {
      guard let images, images.isReal else { continue }
      let range = try images.range()
      (least, greatest) = (min(least, range.lowerBound), max(greatest, range.upperBound))
    }
    let factor: Double? = least < 0 ? nil : greatest <= 1 ? 255 : 1
    var parts = DataSetParts(
      train: try train.map { pair throws(DataError) in try pair.read(factor: factor) },
      test: try test.map { pair throws(DataError) in try pair.read(factor: factor) })
    for pair in [train, test] {
      guard let pair, let form = pair.labels.form else { continue }
      parts.remarks.append(DataRemark("labels", "\(pair.labels.array.name.excerpt): \(form)"))
    }
    return parts
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

    /// Pixels are multiplied by a factor and become bytes, or stay the numbers that they are without one.
    func read(factor: Double?) throws(DataError) -> DataSetParts.Part {
      let classes = try labels.labels()
      let split: DataSet.Split
      if let factor {
        split = DataSet.Split(pixels: try images.pixels(factor: factor), labels: classes.values)
      } else {
        split = DataSet.Split(
          vectors: try images.values(), count: images.count, labels: classes.values)
      }
      return DataSetParts.Part(
        split: split, shape: images.shape, labelPath: labels.array.path, labelNames: classes.names)
    }
  }
}
