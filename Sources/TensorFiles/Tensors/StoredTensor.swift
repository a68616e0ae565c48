/// A tensor in a file: its name, type and shape, which have been checked against the size of the file.
public struct StoredTensor: Hashable, Sendable {
  /// The name; a text of strangers.
  public let name: String
  /// The type of its elements.
  public let type: ElementType
  /// The extents, outermost first; empty for a single value.
  public let shape: [Int]
  /// Whether the first index varies fastest in the file, not the last.
  public let isFortranOrder: Bool
  /// Where its bytes lie in the file, or in the unpacked member of an archive.
  package let bytes: Range<Int>

  /// Creates a tensor.
  package init(
    name: String, type: ElementType, shape: [Int], isFortranOrder: Bool = false, bytes: Range<Int>
  ) {
    self.name = name
    self.type = type
    self.shape = shape
    self.isFortranOrder = isFortranOrder
    self.bytes = bytes
  }

  /// The number of elements.
  public var count: Int { shape.reduce(1, *) }

  /// A shape as `[50, 784]`, cut after a few extents.
  package static func text(of shape: [Int]) -> String {
    "[" + shape.prefix(8).map(String.init).joined(separator: ", ")
      + (shape.count > 8 ? ", ...]" : "]")
  }
}
