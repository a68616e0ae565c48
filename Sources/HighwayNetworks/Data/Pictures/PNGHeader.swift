/// What a PNG file says of its picture in its first bytes.
struct PNGHeader: Hashable {
  /// The number of bytes that are looked at: the signature and the chunk IHDR.
  static let count = 33
  /// The greatest extent of a picture.
  static let maximumExtent = ImageArray.maximumExtent

  private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// The number of columns.
  let width: Int
  /// The number of rows.
  let height: Int
  /// The number of bits of a channel, or of a place in a palette.
  let depth: Int
  /// Whether it has colours, one by one or in a palette.
  let isColored: Bool
  /// The number of bytes that are packed at least: the pixels, and a byte for each row.
  let unpackedCount: Int

  /// Reads a header.
  ///
  /// - Throws: ``DataError/picture(path:expected:found:)`` where it is none, too large or of a kind that is not read.
  init(_ bytes: [UInt8], path: String) throws(DataError) {
    func failure(_ expected: String, _ found: String) -> DataError {
      .picture(path: path, expected: expected, found: found)
    }
    guard bytes.count >= Self.count, bytes.starts(with: Self.signature),
      bytes[8..<16].elementsEqual([0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52])
    else { throw failure("a PNG file", "other bytes") }
    func word(_ start: Int) -> Int {
      bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
    }
    (width, height) = (word(16), word(20))
    guard 1...Self.maximumExtent ~= width, 1...Self.maximumExtent ~= height else {
      throw failure("1 to \(Self.maximumExtent) pixels a side", "\(width)×\(height)")
    }
    depth = Int(bytes[24])
    let samples: Int
    switch bytes[25] {
    case 0: (samples, isColored) = (1, false)
    case 2: (samples, isColored) = (3, true)
    case 3: (samples, isColored) = (1, true)
    case 4, 6:
      throw failure("an opaque picture, gray or in colours", "one with an alpha channel")
    default: throw failure("a picture, gray or in colours", "colour type \(bytes[25])")
    }
    guard [1, 2, 4, 8].contains(depth), samples == 1 || depth == 8 else {
      throw failure("8 bits a channel", "\(depth)")
    }
    unpackedCount = height * (1 + (width * samples * depth + 7) / 8)
  }
}
