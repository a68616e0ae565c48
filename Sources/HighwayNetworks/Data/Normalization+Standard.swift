extension Normalization {
  /// The normalization that gives the pixels of a split, or the steps of its sequences, mean 0 and standard
  /// deviation 1 in each channel.
  ///
  /// Values are rounded to four digits, so that they can be written down. A channel without spread keeps
  /// its scale.
  ///
  /// - Precondition: The split has `shape.count` pixels for each example.
  public static func standard(of split: DataSet.Split, shape: Shape) -> Normalization {
    if let lengths = split.lengths, let values = split.vectors {
      return standard(of: values, lengths: lengths, shape: shape)
    }
    let channels = shape.isVector ? 1 : shape.features
    let plane = shape.count / channels
    var counts = [Int](repeating: 0, count: channels * 256)
    for (index, pixel) in split.pixels.enumerated() {
      counts[index / plane % channels * 256 + Int(pixel)] += 1
    }
    var means: [Float] = []
    var deviations: [Float] = []
    for channel in 0..<channels {
      let own = counts[channel * 256..<channel * 256 + 256]
      let total = Double(max(1, own.reduce(0, +)))
      var mean = 0.0
      var squares = 0.0
      for (pixel, count) in own.enumerated() {
        let value = Double(pixel) / 255
        mean += Double(count) * value / total
        squares += Double(count) * value * value / total
      }
      let deviation = max(0, squares - mean * mean).squareRoot()
      means.append(rounded(mean))
      deviations.append(rounded(deviation: deviation))
    }
    return Normalization(mean: means, std: deviations)
  }

  private static func standard(
    of values: [Float], lengths: [Int32], shape: Shape
  ) -> Normalization {
    let features = shape.features
    let total = Double(max(1, lengths.reduce(0) { $0 + Int($1) }))
    var sums = [Double](repeating: 0, count: features)
    var squares = sums
    for (example, length) in lengths.enumerated() {
      let start = example * shape.count
      for index in 0..<Int(length) * features {
        let value = Double(values[start + index])
        sums[index % features] += value
        squares[index % features] += value * value
      }
    }
    return Normalization(
      mean: sums.map { rounded($0 / total) },
      std: zip(sums, squares).map {
        rounded(deviation: max(0, $1 / total - $0 * $0 / total / total).squareRoot())
      })
  }

  private static func rounded(_ value: Double) -> Float { Float((value * 1e4).rounded() / 1e4) }

  private static func rounded(deviation: Double) -> Float {
    deviation < 1e-4 ? 1 : rounded(deviation)
  }
}
