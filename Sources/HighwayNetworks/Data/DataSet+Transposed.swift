extension DataSet {
  /// The same with rows and columns of its pictures exchanged.
  ///
  /// - Throws: ``DataError/noPictures(path:found:)`` where examples are no pictures.
  func transposed(path: String) throws(DataError) -> DataSet {
    guard shape.positions.count == 2 else { throw .noPictures(path: path, found: shape) }
    let turned = Shape.image(
      channels: shape.features, height: shape.positions[1], width: shape.positions[0])
    return DataSet(
      name: name, shape: turned, classNames: classNames, train: transposed(train),
      test: transposed(test),
      remarks: remarks + [DataRemark("pictures", "rows and columns are exchanged")])
  }

  private func transposed(_ split: Split) -> Split {
    if let vectors = split.vectors {
      return Split(vectors: transposed(vectors), count: split.count, labels: split.labels)
    }
    let pixels = transposed(split.pixels)
    return split.labels.map { Split(pixels: pixels, labels: $0) }
      ?? Split(unlabelled: pixels, count: split.count)
  }

  private func transposed<Pixel>(_ pixels: [Pixel]) -> [Pixel] {
    let (height, width) = (shape.positions[0], shape.positions[1])
    var result: [Pixel] = []
    result.reserveCapacity(pixels.count)
    for plane in stride(from: 0, to: pixels.count, by: height * width) {
      for column in 0..<width {
        for index in stride(from: plane + column, to: plane + height * width, by: width) {
          result.append(pixels[index])
        }
      }
    }
    return result
  }
}
