/// Unpacks a member of a zip archive a piece at a time, never further than the directory says.
package final class ZipMemberReader: ByteReader {
  private static let inputCount = 1 << 16

  private let entry: ZipDirectory.Entry
  private let archive: ZipArchive
  private let inflater: Inflater?
  private var position: Int
  private let end: Int
  private var input: [UInt8] = []
  private var inputPosition = 0
  private var done = 0
  private var checksum = CRC32()

  /// Starts at the beginning of the member's bytes.
  init(
    _ entry: ZipDirectory.Entry, of archive: ZipArchive, from start: Int
  ) throws(ReadError) {
    self.entry = entry
    self.archive = archive
    position = start
    end = start + entry.packedCount
    do throws(InflateError) {
      inflater = entry.isDeflated ? try Inflater(.none) : nil
    } catch {
      throw .zip(.corrupt(member: entry.name, detail: error.detail), archive.path)
    }
  }

  /// The next bytes; with the last of them, the checksum has been checked.
  ///
  /// - Throws: ``ReadError`` where the member is damaged, has another size than the directory says, or
  ///   cannot be read.
  package func read(upTo count: Int) throws(ReadError) -> [UInt8] {
    let count = min(count, entry.count - done)
    let bytes = inflater == nil ? try stored(count) : try inflated(count)
    checksum.update(bytes)
    done += bytes.count
    guard bytes.count == count else {
      throw .zip(.memberCount(member: entry.name, expected: entry.count, found: done), archive.path)
    }
    if done == entry.count { try finish() }
    return bytes
  }

  private func stored(_ count: Int) throws(ReadError) -> [UInt8] {
    let next = min(position + count, end)
    defer { position = next }
    return try archive.bytes(position..<next)
  }

  private func inflated(_ count: Int) throws(ReadError) -> [UInt8] {
    guard let inflater else { return [] }
    var output = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count, !inflater.isAtEnd {
      if inputPosition == input.count { try refill() }
      if input.isEmpty { break }
      do throws(InflateError) {
        filled += try inflater.inflate(&input, from: &inputPosition, into: &output, from: filled)
      } catch {
        throw .zip(.corrupt(member: entry.name, detail: error.detail), archive.path)
      }
    }
    output.removeLast(count - filled)
    return output
  }

  private func refill() throws(ReadError) {
    let next = min(position + Self.inputCount, end)
    input = try archive.bytes(position..<next)
    inputPosition = 0
    position = next
  }

  /// Checks that nothing is left of the packed bytes, and the checksum.
  private func finish() throws(ReadError) {
    if let inflater {
      // One byte of room shows whether there is more than the directory says, and lets zlib meet the end.
      if !inflater.isAtEnd, try !inflated(1).isEmpty {
        throw .zip(
          .memberCount(member: entry.name, expected: entry.count, found: entry.count + 1),
          archive.path)
      }
      guard inflater.isAtEnd else {
        throw .zip(.corrupt(member: entry.name, detail: "cut off"), archive.path)
      }
      guard inputPosition == input.count, position == end else {
        throw .zip(.corrupt(member: entry.name, detail: "something follows it"), archive.path)
      }
    }
    guard checksum.value == entry.checksum else {
      throw .zip(
        .checksum(member: entry.name, expected: entry.checksum, found: checksum.value), archive.path
      )
    }
  }
}
