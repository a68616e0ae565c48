/// The sizes of a zip member, which stand in 32 bits or, where those are all ones, in an extra field.
struct ZipSizes {
  private static let wide = UInt64(UInt32.max)
  private static let extraTag: UInt16 = 1

  /// The number of bytes in the archive.
  var packed: UInt64
  /// The number of bytes unpacked.
  var original: UInt64
  /// Where the header before the member's bytes begins.
  var offset: UInt64 = 0
  /// The part of an archive in several.
  var disk: UInt16 = 0

  init(packed: UInt32, original: UInt32) {
    self.packed = UInt64(packed)
    self.original = UInt64(original)
  }

  /// Takes those fields that are all ones from the extra field for 64-bit sizes.
  ///
  /// - Throws: ``ZipError/zip64(detail:)`` where it is not there, too short, or there twice.
  mutating func widen(_ extra: [UInt8], member: String) throws(ZipError) {
    let needed = packed == Self.wide || original == Self.wide || offset == Self.wide
    guard needed || disk == .max else { return }
    guard var fields = try Self.field(extra, member: member) else {
      throw .zip64(detail: "\(member.excerpt) has none")
    }
    if original == Self.wide { original = fields.u64() }
    if packed == Self.wide { packed = fields.u64() }
    if offset == Self.wide { offset = fields.u64() }
    if disk == .max { disk = fields.u32() == 0 ? 0 : .max }
    guard !fields.isCutOff else { throw .zip64(detail: "those of \(member.excerpt) are cut off") }
  }

  private static func field(
    _ extra: [UInt8], member: String
  ) throws(ZipError) -> ByteFields? {
    var found: ByteFields?
    var fields = ByteFields(extra)
    while fields.left >= 4 {
      let tag = fields.u16()
      let content = fields.take(Int(fields.u16()))
      if fields.isCutOff { break }
      guard tag == extraTag else { continue }
      guard found == nil else { throw .zip64(detail: "\(member.excerpt) has them twice") }
      found = ByteFields(content)
    }
    return found
  }
}
