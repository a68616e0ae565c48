/// How training images are changed each time they are met.
public struct Augmentation: Hashable, Sendable {
  /// The greatest number of rows and columns that are added on each side.
  public static let maximumPadding = 64

  /// The number of rows and columns of the mean that are added on each side, before a part of the image's
  /// size is taken at random.
  public var padding: Int
  /// Whether left and right are exchanged in half of the images.
  public var mirrors: Bool

  /// Creates an augmentation.
  ///
  /// - Precondition: 0 ≤ padding ≤ ``maximumPadding``.
  public init(padding: Int = 0, mirrors: Bool = false) {
    precondition(0...Self.maximumPadding ~= padding, "a padding")
    self.padding = padding
    self.mirrors = mirrors
  }

  /// What an image shows in a step; it depends on the step's key and the image's number alone.
  func crop(key: UInt64, example: Int) -> Crop {
    var random = RandomKey(key)
    random.mix(UInt64(example))
    let choices = UInt64(2 * padding + 1)
    let row = Int((random.value >> 32) % choices) - padding
    random.mix(1)
    let column = Int((random.value >> 32) % choices) - padding
    random.mix(2)
    return Crop(row: row, column: column, isMirrored: mirrors && random.value >> 63 == 1)
  }
}
