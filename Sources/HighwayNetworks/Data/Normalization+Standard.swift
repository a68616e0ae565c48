extension Normalization {
  /// The normalization that gives the pixels of a split, or the steps of its sequences, mean 0 and standard
  /// deviation 1.
  ///
  /// Values are rounded to four digits, so that they can be written down. A channel without spread keeps
  /// its scale.
  ///
  /// - Parameters:
  ///   - split: The images whose means and deviations are taken.
  ///   - shape: The shape of one image.
  ///   - contrast: Whether the contrast of each image is normalized before.
  ///   - perPixel: Whether each pixel has a mean of its own and all one deviation, instead of one of each for a
  ///     channel.
  /// - Returns: The normalization, by the images of the split.
  /// - Precondition: The split has `shape.count` pixels for each example.
  public static func standard(
    of split: DataSet.Split, shape: Shape, contrast: Bool = false, perPixel: Bool = false
  ) -> Normalization {
    if let lengths = split.lengths, let values = split.vectors {
      return standard(of: values, lengths: lengths, shape: shape)
    }
    // Other numbers than those of sequences reach a network as they are.
    guard split.vectors == nil else { return Normalization() }
    let parts = perPixel ? shape.count : shape.isVector ? 1 : shape.features
    let plane = shape.count / parts
    var sums = Moments(parts: parts)
    for image in 0..<split.count {
      let pixels = split.pixels[image * shape.count..<(image + 1) * shape.count]
      let (mean, deviation) = contrast ? Self.contrast(of: pixels) : (0, 1)
      for part in 0..<parts {
        let start = pixels.startIndex + part * plane
        sums.add(pixels[start..<start + plane], to: part, mean: mean, deviation: deviation)
      }
    }
    guard perPixel else {
      return Normalization(
        mean: sums.means.map(rounded), std: sums.deviations.map(scale), normalizesContrast: contrast
      )
    }
    let variances = sums.deviations.map { $0 * $0 }
    let deviation = (variances.reduce(0, +) / Double(max(1, variances.count))).squareRoot()
    return Normalization(
      mean: [0], std: [scale(deviation)], pixelMean: sums.means.map(rounded),
      normalizesContrast: contrast)
  }

  private static func standard(
    of values: [Float], lengths: [Int32], shape: Shape
  ) -> Normalization {
    let features = shape.features
    var sums = Moments(parts: features)
    for (example, length) in lengths.enumerated() {
      let start = example * shape.count
      for index in 0..<Int(length) * features {
        let value = Double(values[start + index])
        sums.add(1, sum: value, squares: value * value, to: index % features)
      }
    }
    return Normalization(mean: sums.means.map(rounded), std: sums.deviations.map(scale))
  }

  private static func rounded(_ value: Double) -> Float { Float((value * 1e4).rounded() / 1e4) }

  private static func scale(_ deviation: Double) -> Float {
    deviation < 1e-4 ? 1 : rounded(deviation)
  }
}

/// Sums of values and of their squares, by the part of an image that they stand in.
private struct Moments {
  private var counts: [Double]
  private var sums: [Double]
  private var squares: [Double]

  init(parts: Int) {
    counts = [Double](repeating: 0, count: parts)
    sums = counts
    squares = counts
  }

  /// Adds `(pixel / 255 − mean) / deviation` for some pixels.
  mutating func add(_ pixels: ArraySlice<UInt8>, to part: Int, mean: Double, deviation: Double) {
    let own = PixelSums(pixels)
    let (sum, square) = (Double(own.sum) / 255, Double(own.squares) / (255 * 255))
    let count = Double(pixels.count)
    add(
      count, sum: (sum - count * mean) / deviation,
      squares: (square - 2 * mean * sum + count * mean * mean) / (deviation * deviation), to: part)
  }

  /// Adds the sums of some values.
  mutating func add(_ count: Double, sum: Double, squares: Double, to part: Int) {
    counts[part] += count
    sums[part] += sum
    self.squares[part] += squares
  }

  var means: [Double] { zip(sums, counts).map { $0 / max(1, $1) } }

  var deviations: [Double] {
    zip(squares, zip(counts, means)).map { square, rest in
      max(0, square / max(1, rest.0) - rest.1 * rest.1).squareRoot()
    }
  }
}
