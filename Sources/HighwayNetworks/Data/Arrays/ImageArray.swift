import TensorFiles

/// An array of images: `[examples, height, width]`, `[examples, height, width, channels]`,
/// `[examples, channels, height, width]`, or images laid out flat, `[examples, pixels]`.
///
/// Of four extents, the second counts the channels where it is 1, 3 or 4 (PyTorch's order), otherwise the
/// last where that is 1, 3 or 4 (Keras's). Flat images are squares of one channel or, where that cannot be,
/// of three; otherwise one row of pixels.
struct ImageArray {
  /// The greatest extent of an image.
  static let maximumExtent = 4_096
  /// The greatest number of pixels of one array, 2³², as of ``IDXFile``.
  static let maximumCount = IDXFile.maximumCount

  let array: StoredArray
  /// The number of images.
  let count: Int
  /// `[channels, height, width]`.
  let shape: Shape
  private let element: ElementType
  private let isChannelsLast: Bool

  /// Checks that an array can be images.
  ///
  /// - Throws: ``DataError/arrayShape(path:array:expected:found:)`` or
  ///   ``DataError/arrayType(path:array:expected:found:)``.
  init(_ array: StoredArray) throws(DataError) {
    let element = array.tensor.type
    guard element.isNumber else {
      throw .arrayType(
        path: array.path, array: array.name, expected: "numbers", found: element.name)
    }
    guard let (extents, isChannelsLast) = Self.extents(array.tensor.shape),
      extents.allSatisfy({ (1...Self.maximumExtent).contains($0) }),
      array.tensor.count <= Self.maximumCount
    else {
      throw .arrayShape(
        path: array.path, array: array.name,
        expected: "[examples, height, width], one more extent for channels, or [examples, pixels], "
          + "with 1 to \(Self.maximumExtent) pixels a side",
        found: array.tensor.shape)
    }
    self.array = array
    self.element = element
    self.isChannelsLast = isChannelsLast
    count = array.tensor.shape[0]
    shape = Shape(positions: Array(extents.dropFirst()), features: extents[0])
  }

  /// Whether pixels are floating-point numbers, of which ``range()`` tells the scale.
  var isReal: Bool { !element.isInteger }

  private static func extents(_ shape: [Int]) -> (extents: [Int], isChannelsLast: Bool)? {
    switch shape.count {
    case 2: return (flatExtents(shape[1]) ?? [1, 1, shape[1]], false)
    case 3: return ([1, shape[1], shape[2]], false)
    case 4:
      let isLast = ![1, 3, 4].contains(shape[1]) && [1, 3, 4].contains(shape[3])
      return isLast ? ([shape[3], shape[1], shape[2]], true) : (Array(shape[1...]), false)
    default: return nil
    }
  }

  /// The extents of so many pixels laid out flat, `[channels, height, width]`; nil where they are no square.
  static func flatExtents(_ pixels: Int) -> [Int]? {
    if let side = squareRoot(pixels) { return [1, side, side] }
    return pixels % 3 == 0 ? squareRoot(pixels / 3).map { [3, $0, $0] } : nil
  }

  private static func squareRoot(_ value: Int) -> Int? {
    guard 1...(maximumExtent * maximumExtent) ~= value else { return nil }
    let root = Int(Double(value).squareRoot())
    return root * root == value ? root : nil
  }
}

// MARK: - Reading

extension ImageArray {
  /// The least and the greatest pixel of an array of floating-point numbers; 0 where there is none.
  ///
  /// - Throws: ``DataError/element(path:array:index:expected:found:)`` where one is not finite.
  func range() throws(DataError) -> ClosedRange<Double> {
    var (least, greatest) = (0.0, 0.0)
    var index = 0
    try array.forEachPiece { bytes throws(DataError) in
      for value in element.doubles(bytes) {
        guard value.isFinite else { throw failure(index, value) }
        if index == 0 { (least, greatest) = (value, value) }
        (least, greatest) = (min(least, value), max(greatest, value))
        index += 1
      }
    }
    return least...greatest
  }

  /// The pixels as the numbers that they are; `[count] + shape.extents`.
  ///
  /// - Throws: What reading the file throws.
  func values() throws(DataError) -> [Float] {
    var values: [Float] = []
    try array.forEachPiece { bytes throws(DataError) in values += element.floats(bytes) }
    return inOrder(values)
  }

  /// The pixels as bytes; `[count] + shape.extents`.
  ///
  /// Bytes stay as they are, other whole numbers must lie from 0 to 255, True is 255. Floating-point
  /// numbers are multiplied by a factor and rounded.
  ///
  /// - Throws: ``DataError/element(path:array:index:expected:found:)`` where a pixel is out of range.
  func pixels(factor: Double) throws(DataError) -> [UInt8] {
    var pixels: [UInt8] = []
    let scale = isReal ? factor : element.kind == .bool ? 255 : 1
    let limit = element.kind == .bool ? 1.0 : 255 / (isReal ? factor : 1)
    try array.forEachPiece { bytes throws(DataError) in
      if element.isByte {
        pixels += bytes
        return
      }
      for value in element.doubles(bytes) {
        guard 0...limit ~= value else { throw failure(pixels.count, value) }
        pixels.append(UInt8((value * scale).rounded()))
      }
    }
    return inOrder(pixels)
  }

  private func failure(_ index: Int, _ value: Double) -> DataError {
    let range = element.kind == .bool ? "0 or 1" : "a number from 0 to 255"
    return .element(
      path: array.path, array: array.name, index: index,
      expected: isReal
        ? "pixels from 0 to 1 or from 0 to 255, or standardized ones, some below 0" : range,
      found: ElementType.text(value))
  }

  /// Brings pixels from the file's order into `[examples, channels, height, width]`.
  private func inOrder<Pixel>(_ pixels: [Pixel]) -> [Pixel] {
    guard array.tensor.isFortranOrder || isChannelsLast else { return pixels }
    var strides: [Int] = []
    var step = 1
    for extent in array.tensor.isFortranOrder ? array.tensor.shape : array.tensor.shape.reversed() {
      strides.append(step)
      step *= extent
    }
    if !array.tensor.isFortranOrder { strides.reverse() }
    // The strides of example, channel, row and column.
    let image = shape.extents
    switch (array.tensor.shape.count, isChannelsLast) {
    case (2, _):
      let pixel = strides[1]
      strides = [strides[0], image[1] * image[2] * pixel, image[2] * pixel, pixel]
    case (3, _): strides.insert(0, at: 1)
    case (_, true): strides = [strides[0], strides[3], strides[1], strides[2]]
    case (_, false): break
    }
    var result: [Pixel] = []
    result.reserveCapacity(pixels.count)
    for example in 0..<count {
      for channel in 0..<image[0] {
        for row in 0..<image[1] {
          var index = example * strides[0] + channel * strides[1] + row * strides[2]
          for _ in 0..<image[2] {
            result.append(pixels[index])
            index += strides[3]
          }
        }
      }
    }
    return result
  }
}
