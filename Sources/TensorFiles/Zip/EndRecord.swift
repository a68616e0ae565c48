/// The record at the end of a zip archive, which says where the directory is.
struct EndRecord {
  /// The number of members.
  let entries: UInt64
  /// The size of the directory.
  let count: UInt64
  /// Where the directory begins.
  let offset: UInt64
  /// Where the first of the records that end the archive begins.
  let position: Int

  private static let byteCount = 22
  private static let locatorCount = 20
  private static let locatorSignature: UInt32 = 0x0706_4B50
  private static let wideCount = 56

  /// Finds and reads the record.
  ///
  /// - Throws: ``ReadError`` where there is none, or its 64-bit companion contradicts it.
  static func read(_ file: InputFile) throws(ReadError) -> EndRecord {
    let tailStart = max(0, file.size - byteCount - Int(UInt16.max))
    let tail = try ZipArchive.read(file, tailStart..<file.size)
    guard let start = find(tail) else { throw .zip(.noEndRecord(size: file.size), file.path) }
    var fields = ByteFields(tail, from: start + 4)
    let disk = fields.u16()
    let directoryDisk = fields.u16()
    let entriesHere = fields.u16()
    let entries = fields.u16()
    let count = fields.u32()
    let offset = fields.u32()
    let position = tailStart + start
    let needsWide = entries == .max || count == .max || offset == .max
    // PyTorch writes the 64-bit record also where nothing needs it; the directory ends before it then.
    let isWide = try hasLocator(file, before: position)
    if needsWide || isWide || disk == .max || directoryDisk == .max {
      return try readWide(
        file, before: position, count: count, offset: offset, entries: entries)
    }
    guard disk == 0, directoryDisk == 0, entriesHere == entries else {
      throw .zip(.severalParts, file.path)
    }
    return EndRecord(
      entries: UInt64(entries), count: UInt64(count), offset: UInt64(offset), position: position)
  }

  private static func hasLocator(
    _ file: InputFile, before end: Int
  ) throws(ReadError) -> Bool {
    guard end >= locatorCount + wideCount else { return false }
    let start = end - locatorCount
    var fields = ByteFields(try ZipArchive.read(file, start..<start + 4))
    return fields.u32() == locatorSignature
  }

  /// Reads the 64-bit record, which a locator before the 32-bit one leads to.
  private static func readWide(
    _ file: InputFile, before end: Int, count narrowCount: UInt32,
    offset narrowOffset: UInt32, entries narrowEntries: UInt16
  ) throws(ReadError) -> EndRecord {
    let locator = end - locatorCount
    guard locator >= wideCount else { throw .zip(.zip64(detail: "no record of them"), file.path) }
    var fields = ByteFields(try ZipArchive.read(file, locator..<end))
    guard fields.u32() == locatorSignature else {
      throw .zip(.zip64(detail: "no locator before the end record"), file.path)
    }
    let recordDisk = fields.u32()
    let claimed = fields.u64()
    let disks = fields.u32()
    guard recordDisk == 0, disks <= 1 else { throw .zip(.severalParts, file.path) }
    // The record stands right before its locator, whatever its own length field says.
    guard let start = Int(exactly: claimed), start <= locator - wideCount else {
      throw .zip(.zip64(detail: "the locator points to byte \(claimed)"), file.path)
    }
    fields = ByteFields(try ZipArchive.read(file, start..<start + wideCount))
    guard fields.u32() == 0x0606_4B50 else {
      throw .zip(.zip64(detail: "no record where the locator points"), file.path)
    }
    guard fields.u64() == UInt64(locator - start - 12) else {
      throw .zip(.zip64(detail: "the record does not reach to its locator"), file.path)
    }
    _ = fields.take(4)  // the versions that made it and that are needed
    let (disk, directoryDisk) = (fields.u32(), fields.u32())
    let (entriesHere, entries) = (fields.u64(), fields.u64())
    let (count, offset) = (fields.u64(), fields.u64())
    guard disk == 0, directoryDisk == 0, entriesHere == entries else {
      throw .zip(.severalParts, file.path)
    }
    for (narrow, wide, isWide) in [
      (UInt64(narrowCount), count, narrowCount == .max),
      (UInt64(narrowOffset), offset, narrowOffset == .max),
      (UInt64(narrowEntries), entries, narrowEntries == .max),
    ] where !isWide && narrow != wide {
      throw .zip(.zip64(detail: "\(wide) here, \(narrow) in the end record"), file.path)
    }
    return EndRecord(entries: entries, count: count, offset: offset, position: start)
  }

  /// Where the record begins whose comment reaches exactly to the end.
  private static func find(_ tail: [UInt8]) -> Int? {
    guard tail.count >= byteCount else { return nil }
    for start in stride(from: tail.count - byteCount, through: 0, by: -1)
    where tail[start] == 0x50 && tail[start..<start + 4].elementsEqual([0x50, 0x4B, 5, 6]) {
      let commentCount = Int(tail[start + 20]) | Int(tail[start + 21]) << 8
      if start + byteCount + commentCount == tail.count { return start }
    }
    return nil
  }
}
