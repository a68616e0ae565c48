/// The elements of a tensor that stand apart in its storage, brought into row-major order.
final class StridedBytes: ByteReader {
  private let source: any ByteReader
  private let spanCount: Int
  private let size: Int
  private var span: [UInt8] = []
  private var places: StridedPlaces
  private var left: Int

  /// Takes a tensor of elements of so many bytes, whose first is the first of the source.
  init(
    _ source: any ByteReader, spanCount: Int, shape: [Int], strides: [Int], size: Int
  ) {
    self.source = source
    self.spanCount = spanCount
    self.size = size
    places = StridedPlaces(shape: shape, strides: strides)
    left = shape.reduce(1, *)
  }

  /// The next elements; whole ones where the number of bytes is a multiple of their size.
  func read(upTo count: Int) throws(ReadError) -> [UInt8] {
    // The span lies in the file, so that it is no claim.
    if span.isEmpty, left > 0 { span = try source.read(upTo: spanCount) }
    var bytes: [UInt8] = []
    let elements = min(count / size, left)
    bytes.reserveCapacity(elements * size)
    for _ in 0..<elements {
      let start = places.next() * size
      bytes += span[start..<start + size]
    }
    left -= elements
    return bytes
  }
}
