extension Normalization {
  /// The normalization that gives the pixels of a split mean 0 and standard deviation 1 in each channel.
  ///
  /// Values are rounded to four digits, so that they can be written down. A channel without spread keeps
  /// its scale.
  ///
  /// - Precondition: The split has `shape.count` pixels for each example.
  public static func standard(of split: DataSet.Split, shape: Shape) -> Normalization {
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
      means.append(Float((mean * 1e4).rounded() / 1e4))
      deviations.append(deviation < 1e-4 ? 1 : Float((deviation * 1e4).rounded() / 1e4))
    }
    return Normalization(mean: means, std: deviations)
  }
}
