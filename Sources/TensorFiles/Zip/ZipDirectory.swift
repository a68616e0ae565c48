/// The central directory of a zip archive, every claim of which has been checked against the file's size.
package struct ZipDirectory {
  /// One member.
  package struct Entry: Hashable, Sendable {
    /// The name, checked to be safe; a text of strangers.
    package let name: String
    let isDeflated: Bool
    /// Whether the sizes stand behind the member's bytes and not before them.
    let hasDescriptor: Bool
    let checksum: UInt32
    /// The number of bytes in the archive.
    let packedCount: Int
    /// The number of bytes unpacked.
    package let count: Int
    /// Where the header before the member's bytes begins.
    let headerOffset: Int
  }

  /// The greatest number of members that is read.
  static let maximumEntries = 65_536

  /// The greatest size of a directory that is read: 1 KB for each entry, where 100 bytes are usual.
  static let maximumCount = maximumEntries << 10

  /// The members in the order of the directory.
  let entries: [Entry]
  /// Where the directory begins and the members end.
  let offset: Int

  /// Reads the directory.
  ///
  /// - Throws: ``ReadError`` where the file cannot be read or its directory is wrong.
  init(_ file: InputFile) throws(ReadError) {
    let end = try EndRecord.read(file)
    guard end.entries <= Self.maximumEntries else {
      throw .zip(.tooManyEntries(limit: Self.maximumEntries, found: end.entries), file.path)
    }
    // The directory ends where the end record begins, so its size is no claim but a fact.
    let (upper, overflow) = end.offset.addingReportingOverflow(end.count)
    guard !overflow, upper == UInt64(end.position) else {
      throw .zip(
        .directoryRange(offset: end.offset, count: end.count, limit: end.position), file.path)
    }
    guard end.count <= Self.maximumCount else {
      throw .zip(.directoryTooLarge(limit: Self.maximumCount, found: end.count), file.path)
    }
    offset = Int(end.offset)
    var fields = ByteFields(try ZipArchive.read(file, offset..<end.position))
    var entries: [Entry] = []
    var names: Set<String> = []
    while fields.left > 0 {
      let entry: Entry?
      do { entry = try Self.entry(&fields, limit: offset) } catch {
        throw .zip(error, file.path)
      }
      guard let entry else {
        throw .zip(.directoryEntries(expected: end.entries, found: entries.count), file.path)
      }
      guard names.insert(entry.name).inserted else {
        throw .zip(.duplicateName(entry.name), file.path)
      }
      entries.append(entry)
      // More entries than announced need not all be read to be refused.
      if entries.count > end.entries { break }
    }
    guard entries.count == end.entries else {
      throw .zip(.directoryEntries(expected: end.entries, found: entries.count), file.path)
    }
    self.entries = entries
  }

  /// Reads an entry, or nil where the directory is cut off or something else stands there.
  private static func entry(
    _ fields: inout ByteFields, limit: Int
  ) throws(ZipError) -> Entry? {
    guard fields.u32() == 0x0201_4B50 else { return nil }
    _ = fields.take(4)  // the versions that made it and that are needed
    let flags = fields.u16()
    let method = fields.u16()
    _ = fields.take(4)  // the time
    let checksum = fields.u32()
    var sizes = ZipSizes(packed: fields.u32(), original: fields.u32())
    let nameCount = Int(fields.u16())
    let extraCount = Int(fields.u16())
    let commentCount = Int(fields.u16())
    sizes.disk = fields.u16()
    _ = fields.take(6)  // attributes
    sizes.offset = UInt64(fields.u32())
    let nameBytes = fields.take(nameCount)
    let extra = fields.take(extraCount)
    _ = fields.take(commentCount)
    guard !fields.isCutOff else { return nil }

    let name = try self.name(nameBytes)
    try sizes.widen(extra, member: name)
    guard sizes.disk == 0 else { throw .severalParts }
    // Bit 0 is the usual encryption, 6 the strong one, 13 a hidden directory.
    guard flags & 0x2041 == 0 else { throw .encrypted(member: name) }
    guard method == 0 || method == 8 else {
      throw .method(member: name, found: method)
    }
    if method == 0, sizes.packed != sizes.original {
      throw .storedSize(member: name, stored: sizes.packed, original: sizes.original)
    }
    let (claim, overflow) = sizes.packed.addingReportingOverflow(sizes.offset)
    guard !overflow, claim <= UInt64(limit) else {
      throw .memberRange(member: name, offset: sizes.offset, count: sizes.packed, limit: limit)
    }
    // The packed size lies within the file, whose size is bounded, so that the product fits.
    guard sizes.original <= sizes.packed * UInt64(Inflater.greatestRatio) else {
      throw .ratio(member: name, packed: sizes.packed, original: sizes.original)
    }
    return Entry(
      name: name, isDeflated: method == 8, hasDescriptor: flags & 8 != 0, checksum: checksum,
      packedCount: Int(sizes.packed), count: Int(sizes.original), headerOffset: Int(sizes.offset))
  }

  private static func name(_ bytes: [UInt8]) throws(ZipError) -> String {
    guard let name = String(validating: bytes, as: UTF8.self) else {
      throw .name(found: String(decoding: bytes, as: UTF8.self))
    }
    // As bytes: in a text, a slash with an accent is another character, and no other than a slash to a
    // file system.
    let parts = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    // A directory's name ends with a slash.
    let components = parts.last?.isEmpty == true ? parts.dropLast() : parts[...]
    let special = ["", ".", ".."].map { Array($0.utf8)[...] }
    guard !components.isEmpty, components.allSatisfy({ !special.contains($0) }),
      !bytes.contains(UInt8(ascii: "\\")), !bytes.contains(0),
      !(bytes.count > 1 && bytes[1] == UInt8(ascii: ":"))
    else { throw .name(found: name) }
    return name
  }
}
