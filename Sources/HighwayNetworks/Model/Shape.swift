/// The shape of one example's activations: where there are values, and how many stand at each place.
///
/// A batch of activations is a matrix `[examples × positions, features]`, row-major: a map is stored channels
/// last, a sequence step after step. So what is done to the rows of vectors is done to those of maps and
/// sequences too. A *unit* is a feature.
public struct Shape: Hashable, Sendable, CustomStringConvertible {
  /// The extents of the places: none for a vector, `[height, width]` for a map, `[steps]` for a sequence.
  public let positions: [Int]

  /// The number of values at each position.
  public let features: Int

  /// The number of positions: the product of their extents, 1 for a vector.
  public let positionCount: Int

  /// The number of values of one example.
  public var count: Int { positionCount * features }

  /// Whether there is one position, which is not counted.
  public var isVector: Bool { positions.isEmpty }

  /// Creates a shape.
  ///
  /// - Precondition: The number of features and each extent are positive, and their product does not
  ///   overflow.
  public init(positions: [Int] = [], features: Int) {
    precondition(features > 0 && positions.allSatisfy { $0 > 0 }, "extents must be positive")
    self.positions = positions
    self.features = features
    positionCount = positions.reduce(1, *)
    precondition(!positionCount.multipliedReportingOverflow(by: features).overflow, "a size")
  }

  /// The shape of an image: `height × width` positions of `channels` features.
  ///
  /// - Precondition: As for ``init(positions:features:)``.
  public static func image(channels: Int, height: Int, width: Int) -> Shape {
    Shape(positions: [height, width], features: channels)
  }

  /// The extents as files write them, channels first: `[features]`, or `[features] + positions`.
  public var extents: [Int] { [features] + positions }

  /// The extents joined by `×`, channels first, such as `1×28×28`.
  public var description: String { extents.map(String.init).joined(separator: "×") }
}
