/// The little-endian fields of a record, read from a position that moves on.
///
/// A field beyond the end reads as zero and marks the record as cut off, so that a record is read first
/// and checked once.
struct ByteFields {
  private let bytes: [UInt8]
  /// Where the next field begins.
  private(set) var position: Int
  /// Whether a field was beyond the end.
  private(set) var isCutOff = false

  init(_ bytes: [UInt8], from position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  /// The number of bytes from the position on.
  var left: Int { bytes.count - position }

  mutating func u8() -> UInt8 { word() }

  mutating func u16() -> UInt16 { word() }

  mutating func u32() -> UInt32 { word() }

  mutating func u64() -> UInt64 { word() }

  /// The next bytes; none where the record does not hold as many.
  mutating func take(_ count: Int) -> [UInt8] {
    guard count <= left else {
      isCutOff = true
      return []
    }
    defer { position += count }
    return Array(bytes[position..<position + count])
  }

  private mutating func word<Word: FixedWidthInteger & BitwiseCopyable>() -> Word {
    LittleEndian.words(take(MemoryLayout<Word>.size), Word.self).first ?? 0
  }
}
