/// How a pixel becomes an input value: `(v − pixelMean − mean) / std`, where v is `pixel / 255`, or that after the
/// contrast of its image is normalized.
public struct Normalization: Hashable, Sendable {
  /// One value, or one per channel.
  public var mean: [Float]
  /// One value, or one per channel; none is 0.
  public var std: [Float]
  /// The mean of each value of an image, in the order of the data set, channel by channel; empty for none.
  public var pixelMean: [Float]
  /// Whether each image is first brought to mean 0 and deviation 1 over all its own values.
  ///
  /// That is called global contrast normalization. An image of one value becomes 0.
  public var normalizesContrast: Bool

  /// Creates a normalization.
  ///
  /// - Precondition: `mean` and `std` have the same number of values, at least one, and no `std` is 0.
  public init(
    mean: [Float] = [0], std: [Float] = [1], pixelMean: [Float] = [],
    normalizesContrast: Bool = false
  ) {
    precondition(mean.count == std.count && !mean.isEmpty, "as many means as deviations")
    precondition(std.allSatisfy { $0 != 0 }, "deviations are not zero")
    self.mean = mean
    self.std = std
    self.pixelMean = pixelMean
    self.normalizesContrast = normalizesContrast
  }

  /// Whether more is done to an image than to scale and shift its channels as all images'.
  var isOfEachImage: Bool { normalizesContrast || !pixelMean.isEmpty }

  /// Whether it is made for images of a shape.
  public func fits(_ shape: Shape) -> Bool {
    [1, shape.features].contains(mean.count)
      && (pixelMean.isEmpty || pixelMean.count == shape.count)
  }

  /// The mean and the deviation of the values of an image, `pixel / 255`; 1 for the deviation of an image of one
  /// value.
  static func contrast(of pixels: ArraySlice<UInt8>) -> (mean: Double, deviation: Double) {
    let count = Double(max(1, pixels.count))
    let own = PixelSums(pixels)
    let mean = Double(own.sum) / count
    // Both terms are whole numbers over the square of the count, so that one value has no spread at all.
    let variance =
      (count * Double(own.squares) - Double(own.sum) * Double(own.sum)) / (count * count)
    return (mean / 255, variance > 0 ? variance.squareRoot() / 255 : 1)
  }
}

/// The sums of some pixels and of their squares.
struct PixelSums {
  private(set) var sum = 0
  private(set) var squares = 0

  init(_ pixels: ArraySlice<UInt8>) {
    for pixel in pixels {
      sum += Int(pixel)
      squares += Int(pixel) * Int(pixel)
    }
  }
}
