/// How a pixel becomes an input value: `(pixel / 255 − mean) / std`.
public struct Normalization: Hashable, Sendable {
  /// One value, or one per channel.
  public var mean: [Float]
  /// One value, or one per channel; none is 0.
  public var std: [Float]

  /// Creates a normalization.
  ///
  /// - Precondition: `mean` and `std` have the same number of values, at least one, and no `std` is 0.
  public init(mean: [Float] = [0], std: [Float] = [1]) {
    precondition(mean.count == std.count && !mean.isEmpty, "as many means as deviations")
    precondition(std.allSatisfy { $0 != 0 }, "deviations are not zero")
    self.mean = mean
    self.std = std
  }
}
