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

  /// The number of cells at each position that a recurrent layer hands on beside its features, for a layer above
  /// that takes them; 0 for all others.
  public let cells: Int

  /// The number of micro-steps that a recurrent highway layer takes within each step, each of which has gates of its
  /// own; 0 for all others.
  public let microSteps: Int

  /// The number of values of one example.
  public var count: Int { positionCount * features }

  /// Whether there is one position, which is not counted.
  public var isVector: Bool { positions.isEmpty }

  /// Whether the positions are the steps of a sequence, of which an example may have fewer.
  public var isSequence: Bool { positions.count == 1 }

  /// The number of units at each position: cells where there are any, otherwise features, those of each micro-step
  /// where there are some.
  public var units: Int { cells > 0 ? cells : features * max(1, microSteps) }

  /// Creates a shape.
  ///
  /// - Precondition: The number of features and each extent are positive, those of cells and micro-steps are not
  ///   negative, and their products do not overflow.
  public init(positions: [Int] = [], features: Int, cells: Int = 0, microSteps: Int = 0) {
    precondition(
      features > 0 && cells >= 0 && microSteps >= 0 && positions.allSatisfy { $0 > 0 },
      "extents must be positive")
    self.positions = positions
    self.features = features
    self.cells = cells
    self.microSteps = microSteps
    positionCount = positions.reduce(1, *)
    precondition(!positionCount.multipliedReportingOverflow(by: features).overflow, "a size")
  }

  /// The shape of an image: `height × width` positions of `channels` features.
  ///
  /// - Precondition: As for ``init(positions:features:cells:microSteps:)``.
  public static func image(channels: Int, height: Int, width: Int) -> Shape {
    Shape(positions: [height, width], features: channels)
  }

  /// The shape of a sequence of so many steps.
  ///
  /// - Precondition: As for ``init(positions:features:cells:microSteps:)``.
  public static func sequence(steps: Int, features: Int) -> Shape {
    Shape(positions: [steps], features: features)
  }

  /// The same as what a layer takes that sees features alone.
  var withoutCells: Shape {
    cells == 0 && microSteps == 0 ? self : Shape(positions: positions, features: features)
  }

  /// The extents as files write them: `[features]`, channels first for a map, steps first for a sequence.
  public var extents: [Int] { isSequence ? positions + [features] : [features] + positions }

  /// The extents joined by `×` as files write them, such as `1×28×28`.
  public var description: String { extents.map(String.init).joined(separator: "×") }
}
