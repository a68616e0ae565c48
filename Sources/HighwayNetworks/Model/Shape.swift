/// The extents of one example's activations: `[features]`, or `[channels, height, width]`.
///
/// A batch of activations is stored row-major as `[examples] + extents`.
public struct Shape: Hashable, Sendable, CustomStringConvertible {
  /// The extents, outermost first; every one is at least 1.
  public let extents: [Int]

  /// The number of values in one example: the product of the extents.
  public let count: Int

  /// Creates a shape.
  ///
  /// - Precondition: There is at least one extent, each is positive, and their product does not
  ///   overflow.
  public init(_ extents: [Int]) {
    precondition(!extents.isEmpty && extents.allSatisfy { $0 > 0 }, "extents must be positive")
    self.extents = extents
    count = extents.reduce(1, *)
  }

  /// The extents joined by `×`, such as `1×28×28`.
  public var description: String { extents.map(String.init).joined(separator: "×") }
}
