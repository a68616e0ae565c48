/// Builds PNG files, right and wrong ones.
package struct PNGBuilder {
  package var width: UInt32
  package var height: UInt32
  package var depth: UInt8 = 8
  /// 0 gray, 2 colours, 3 a palette, 4 and 6 with an alpha channel.
  package var color: UInt8 = 0
  package var interlace: UInt8 = 0
  /// The rows, each behind the number of its filter.
  package var rows: [UInt8]
  /// Chunks before the pixels.
  package var others: [(name: String, bytes: [UInt8])] = []
  /// What the pixels' bytes stand for in place of the stream that is right.
  package var stream: [UInt8]?

  /// A gray picture of rows of pixels.
  package init(_ pixels: [[UInt8]]) {
    width = UInt32(pixels.first?.count ?? 0)
    height = UInt32(pixels.count)
    rows = pixels.flatMap { [0] + $0 }
  }

  /// The file.
  package var bytes: [UInt8] {
    let header = Self.word(width) + Self.word(height) + [depth, color, 0, 0, interlace]
    var bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    bytes += Self.chunk("IHDR", header)
    for other in others { bytes += Self.chunk(other.name, other.bytes) }
    return bytes + Self.chunk("IDAT", stream ?? Self.stored(rows)) + Self.chunk("IEND", [])
  }

  private static func chunk(_ name: String, _ bytes: [UInt8]) -> [UInt8] {
    let body = Array(name.utf8) + bytes
    return word(UInt32(bytes.count)) + body + word(ZipBuilder.checksum(body))
  }

  /// A zlib stream of one block that is stored as it is.
  package static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var (a, b) = (UInt32(1), UInt32(0))
    for byte in bytes {
      a = (a + UInt32(byte)) % 65_521
      b = (b + a) % 65_521
    }
    let count = UInt16(bytes.count)
    return [0x78, 1, 1] + le(count) + le(~count) + bytes + word(b << 16 | a)
  }

  private static func word(_ value: UInt32) -> [UInt8] { le(value.byteSwapped) }
}
