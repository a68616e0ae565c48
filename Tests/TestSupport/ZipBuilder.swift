/// Builds zip archives, right and wrong ones.
package struct ZipBuilder {
  /// One member; a field that is set stands in place of the right value.
  package struct Member {
    package var name: String
    /// The bytes as they stand in the archive.
    package var packed: [UInt8]
    /// The bytes unpacked.
    package var content: [UInt8]
    package var method: UInt16 = 0
    package var flags: UInt16 = 0
    package var checksum: UInt32?
    package var packedCount: UInt32?
    package var count: UInt32?
    package var offset: UInt32?
    package var disk: UInt16 = 0
    package var extra: [UInt8] = []
    /// What the header before the bytes says where that is something else.
    package var localName: String?
    package var localMethod: UInt16?
    package var localFlags: UInt16?
    package var localChecksum: UInt32?
    package var localPackedCount: UInt32?
    package var localCount: UInt32?
    package var localSignature: UInt32 = 0x0403_4B50
    package var localExtra: [UInt8] = []

    package init(_ name: String, _ content: [UInt8]) {
      self.name = name
      packed = content
      self.content = content
    }
  }

  /// Creates an archive that is right.
  package init(members: [Member]) { self.members = members }

  package var members: [Member]
  package var centralSignature: UInt32 = 0x0201_4B50
  package var entries: UInt16?
  package var entriesHere: UInt16?
  package var directoryCount: UInt32?
  package var directoryOffset: UInt32?
  package var disk: UInt16 = 0
  package var comment: [UInt8] = []
  package var commentCount: UInt16?
  /// Whether sizes and counts of the end stand in the record of 64-bit sizes.
  package var isWide = false
  package var wideCount: UInt64?
  package var wideEntries: UInt64?
  package var wideSignature: UInt32 = 0x0606_4B50
  package var locatorSignature: UInt32 = 0x0706_4B50
  package var locatorOffset: UInt64?

  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    var directory: [UInt8] = []
    for member in members {
      let offset = member.offset ?? UInt32(bytes.count)
      let checksum = member.checksum ?? Self.checksum(member.content)
      let packedCount = member.packedCount ?? UInt32(member.packed.count)
      let count = member.count ?? UInt32(member.content.count)
      let localName = Array((member.localName ?? member.name).utf8)
      bytes += le(member.localSignature) + le(UInt16(20)) + le(member.localFlags ?? member.flags)
      bytes += le(member.localMethod ?? member.method) + le(UInt32(0))
      bytes += le(member.localChecksum ?? checksum) + le(member.localPackedCount ?? packedCount)
      bytes += le(member.localCount ?? count) + le(UInt16(localName.count))
      bytes += le(UInt16(member.localExtra.count)) + localName + member.localExtra + member.packed
      directory += le(centralSignature) + le(UInt32(0x14_0014)) + le(member.flags)
      directory += le(member.method) + le(UInt32(0)) + le(checksum) + le(packedCount) + le(count)
      directory += le(UInt16(member.name.utf8.count)) + le(UInt16(member.extra.count))
      directory += le(UInt16(0)) + le(member.disk) + le(UInt16(0)) + le(UInt32(0)) + le(offset)
      directory += Array(member.name.utf8) + member.extra
    }
    let directoryStart = bytes.count
    bytes += directory
    let total = UInt16(members.count)
    if isWide { bytes += wideEnd(at: bytes.count, directory.count, directoryStart) }
    bytes += le(UInt32(0x0605_4B50)) + le(disk) + le(disk)
    bytes += le(entriesHere ?? entries ?? (isWide ? .max : total))
    bytes += le(entries ?? (isWide ? .max : total))
    bytes += le(directoryCount ?? (isWide ? .max : UInt32(directory.count)))
    bytes += le(directoryOffset ?? (isWide ? .max : UInt32(directoryStart)))
    return bytes + le(commentCount ?? UInt16(comment.count)) + comment
  }

  private func wideEnd(at position: Int, _ count: Int, _ offset: Int) -> [UInt8] {
    let entries = wideEntries ?? UInt64(members.count)
    var bytes = le(wideSignature) + le(UInt64(44)) + le(UInt32(0x2D_002D)) + le(UInt64(0))
    bytes += le(entries) + le(entries) + le(wideCount ?? UInt64(count)) + le(UInt64(offset))
    return bytes + le(locatorSignature) + le(UInt32(0)) + le(locatorOffset ?? UInt64(position))
      + le(UInt32(1))
  }

  /// The checksum, a bit at a time.
  package static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var value = UInt32.max
    for byte in bytes {
      value ^= UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    }
    return ~value
  }
}
