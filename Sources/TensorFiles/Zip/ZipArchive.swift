/// A zip archive that is open for reading and whose members have been checked not to overlap.
package final class ZipArchive: Sendable {
  /// What is checked of the header before a member's bytes.
  package enum LocalHeaders: Sendable {
    /// That it agrees with the directory in everything.
    case compared
    /// That it is there and has the member's name; the directory alone tells the rest, as PyTorch takes it.
    case located
  }

  private static let localCount = 30

  /// The members in the order of the directory.
  package let entries: [ZipDirectory.Entry]

  private let file: InputFile
  private let starts: [String: Int]

  /// Opens an archive and checks its directory and the headers before its members.
  ///
  /// - Throws: ``ReadError`` for the first thing that is wrong.
  package init(_ path: String, headers: LocalHeaders = .compared) throws(ReadError) {
    let file: InputFile
    do { file = try InputFile(path) } catch { throw .file(error) }
    let directory = try ZipDirectory(file)
    entries = directory.entries
    // In the order of the file and never back, however many headers claim the same bytes.
    var starts: [String: Int] = [:]
    var last: (name: String, end: Int)?
    for entry in entries.sorted(by: { $0.headerOffset < $1.headerOffset }) {
      if let last, entry.headerOffset < last.end {
        throw .zip(.overlap(member: entry.name, with: last.name), file.path)
      }
      let start = try Self.dataStart(entry, in: file, limit: directory.offset, headers)
      starts[entry.name] = start
      last = (entry.name, start + entry.packedCount)
    }
    self.file = file
    self.starts = starts
  }

  /// Whether a file starts as zip archives do, with a member or, where there is none, with the end.
  package static func recognizes(_ prefix: [UInt8]) -> Bool {
    prefix.starts(with: [0x50, 0x4B, 3, 4]) || prefix.starts(with: [0x50, 0x4B, 5, 6])
  }

  /// The path of the file.
  package var path: String { file.path }

  /// Starts reading a member of the archive.
  package func reader(
    of entry: ZipDirectory.Entry
  ) throws(ReadError) -> ZipMemberReader {
    try ZipMemberReader(entry, of: self, from: starts[entry.name] ?? 0)
  }

  /// Where a member's bytes stand in the file as they are; nil where they are compressed.
  func storedRange(of entry: ZipDirectory.Entry) -> Range<Int>? {
    guard !entry.isDeflated, let start = starts[entry.name] else { return nil }
    return start..<start + entry.packedCount
  }

  /// Starts reading a range of the file, without a checksum.
  func rangeReader(_ range: Range<Int>) -> any ByteReader { FileBytes(file, range) }

  /// Bytes of the file.
  func bytes(_ range: Range<Int>) throws(ReadError) -> [UInt8] {
    try Self.read(file, range)
  }

  /// Checks the header before a member against the directory and returns where the member's bytes begin.
  private static func dataStart(
    _ entry: ZipDirectory.Entry, in file: InputFile, limit: Int, _ headers: LocalHeaders
  ) throws(ReadError) -> Int {
    let outside = ZipError.memberRange(
      member: entry.name, offset: UInt64(entry.headerOffset), count: UInt64(entry.packedCount),
      limit: limit)
    guard entry.headerOffset <= limit - localCount else { throw .zip(outside, file.path) }
    var fields = ByteFields(
      try read(file, entry.headerOffset..<entry.headerOffset + localCount))
    func check(_ condition: Bool, _ field: String) throws(ReadError) {
      guard condition else { throw .zip(.localHeader(member: entry.name, field: field), file.path) }
    }
    try check(fields.u32() == 0x0403_4B50, "signature")
    _ = fields.take(2)  // the version needed
    let flags = fields.u16()
    guard flags & 0x2041 == 0 else { throw .zip(.encrypted(member: entry.name), file.path) }
    let method = fields.u16()
    if headers == .compared {
      try check((flags & 8 != 0) == entry.hasDescriptor, "flags")
      try check(method == (entry.isDeflated ? 8 : 0), "method")
    }
    _ = fields.take(4)  // the time
    let checksum = fields.u32()
    var sizes = ZipSizes(packed: fields.u32(), original: fields.u32())
    let nameCount = Int(fields.u16())
    let extraCount = Int(fields.u16())
    let nameStart = entry.headerOffset + localCount
    let start = nameStart + nameCount + extraCount
    guard start + entry.packedCount <= limit else { throw .zip(outside, file.path) }
    var names = ByteFields(try read(file, nameStart..<start))
    try check(names.take(nameCount) == Array(entry.name.utf8), "name")
    guard headers == .compared else { return start }
    do { try sizes.widen(names.take(extraCount), member: entry.name) } catch {
      throw .zip(error, file.path)
    }
    // With a descriptor behind the bytes, the fields before them are zero, or filled in all the same.
    let isLater = entry.hasDescriptor
    try check(checksum == entry.checksum || isLater && checksum == 0, "checksum")
    try check(
      sizes.packed == UInt64(entry.packedCount) || isLater && sizes.packed == 0, "packed size")
    try check(
      sizes.original == UInt64(entry.count) || isLater && sizes.original == 0, "size")
    return start
  }

  /// Bytes of a file, as the archive's readers need them.
  static func read(
    _ file: InputFile, _ range: Range<Int>
  ) throws(ReadError) -> [UInt8] {
    do { return try file.read(range) } catch { throw .file(error) }
  }
}
