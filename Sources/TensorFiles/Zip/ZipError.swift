/// A way in which a zip archive is wrong, or more than is read of one.
public enum ZipError: FormatError {
  /// The record that ends every archive is not at the end of the file.
  case noEndRecord(size: Int)
  /// The archive is one of several parts.
  case severalParts
  /// A record of 64-bit sizes is announced, and is not there or contradicts what announces it.
  case zip64(detail: String)
  /// The directory does not lie between the members and the end record.
  case directoryRange(offset: UInt64, count: UInt64, limit: Int)
  /// The directory has another number of entries than the end record says, or is cut off.
  case directoryEntries(expected: UInt64, found: Int)
  /// The directory has more entries than are read.
  case tooManyEntries(limit: Int, found: UInt64)
  /// The directory is larger than what is read.
  case directoryTooLarge(limit: Int, found: UInt64)
  /// A member's name is no text, leads out of the archive or cannot be a file's.
  case name(found: String)
  /// Two members have the same name.
  case duplicateName(String)
  /// A member is encrypted.
  case encrypted(member: String)
  /// A member is compressed in a way other than deflate.
  case method(member: String, found: UInt16)
  /// A member that is stored as it is claims two different sizes.
  case storedSize(member: String, stored: UInt64, original: UInt64)
  /// A member claims to unpack to more than deflate can make of its bytes.
  case ratio(member: String, packed: UInt64, original: UInt64)
  /// A member lies beyond the members' part of the file.
  case memberRange(member: String, offset: UInt64, count: UInt64, limit: Int)
  /// Two members share bytes of the file.
  case overlap(member: String, with: String)
  /// The header before a member's bytes contradicts the directory.
  case localHeader(member: String, field: String)
  /// A member's bytes fail their checksum.
  case checksum(member: String, expected: UInt32, found: UInt32)
  /// A member unpacks to more or fewer bytes than the directory says; `found` stops counting beyond
  /// `expected`.
  case memberCount(member: String, expected: Int, found: Int)
  /// A member's compressed bytes are invalid, in zlib's words.
  case corrupt(member: String, detail: String)
}

extension ZipError {
  /// What is wrong, what was expected and what was found.
  public var description: String {
    switch self {
    case .noEndRecord(let size):
      "not a zip archive, or cut off: no end record at the end of its \(size) bytes"
    case .severalParts: "one part of an archive in several parts, which are not read"
    case .zip64(let detail): "the 64-bit sizes are wrong: \(detail)"
    case .directoryRange(let offset, let count, let limit):
      "the directory should end where the end record begins, at byte \(limit), "
        + "but is said to have \(count) bytes from byte \(offset) on"
    case .directoryEntries(let expected, let found):
      "the end record counts \(expected) members, but the directory holds \(found)"
    case .tooManyEntries(let limit, let found):
      "\(found) members, but at most \(limit) are read"
    case .directoryTooLarge(let limit, let found):
      "a directory of \(found) bytes, but at most \(limit) are read"
    case .name(let found): "a member is called \"\(found.excerpt)\", which is no safe file name"
    case .duplicateName(let name): "two members are called \"\(name.excerpt)\""
    case .encrypted(let member): "\(member.excerpt) is encrypted; expected an archive without"
    case .method(let member, let found):
      "\(member.excerpt) is compressed by method \(found); expected 0 (stored) or 8 (deflated)"
    case .storedSize(let member, let stored, let original):
      "\(member.excerpt) is stored as it is, but in \(stored) bytes for \(original)"
    case .ratio(let member, let packed, let original):
      "\(member.excerpt) claims \(original) bytes packed in \(packed), more than deflate can pack"
    case .memberRange(let member, let offset, let count, let limit):
      "\(member.excerpt) is said to have \(count) bytes from byte \(offset) on, "
        + "but the members end at byte \(limit)"
    case .overlap(let member, let other):
      "\(member.excerpt) and \(other.excerpt) share bytes of the file"
    case .localHeader(let member, let field):
      "\(member.excerpt): the header before it and the directory differ in the \(field)"
    case .checksum(let member, let expected, let found):
      "\(member.excerpt): expected checksum 0x\(String(expected, radix: 16)), "
        + "found 0x\(String(found, radix: 16))"
    case .memberCount(let member, let expected, let found):
      "\(member.excerpt): expected \(expected) bytes, found "
        + (found > expected ? "more" : "\(found)")
    case .corrupt(let member, let detail):
      "\(member.excerpt): the compressed data is damaged: \(detail.excerpt)"
    }
  }
}

extension ReadError {
  /// An archive at a path that is wrong.
  static func zip(_ error: ZipError, _ path: String) -> ReadError {
    .format(path: path, error)
  }
}
