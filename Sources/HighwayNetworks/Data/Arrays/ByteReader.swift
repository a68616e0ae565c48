import TensorFiles

/// Bytes that come a piece at a time.
protocol ByteReader: AnyObject {
  /// The next bytes, up to a number; fewer only at the end.
  func read(upTo count: Int) throws(DataError) -> [UInt8]
}

/// A part of a file that is read as it is.
final class FileBytes: ByteReader {
  private let file: InputFile
  private var position: Int
  private let end: Int

  /// Starts at the beginning of the range.
  ///
  /// - Throws: ``DataError/file(_:)`` where the file cannot be opened or no longer has the range.
  init(_ path: String, _ range: Range<Int>) throws(DataError) {
    do { file = try InputFile(path) } catch { throw .file(error) }
    guard range.upperBound <= file.size else {
      throw .file(
        .changedWhileRead(path: path, expected: range.upperBound, found: file.size))
    }
    position = range.lowerBound
    end = range.upperBound
  }

  func read(upTo count: Int) throws(DataError) -> [UInt8] {
    let next = min(position + count, end)
    defer { position = next }
    do { return try file.read(position..<next) } catch { throw .file(error) }
  }
}

/// The unpacked bytes of a member of an archive.
final class MemberBytes: ByteReader {
  private let archive: ZipArchive
  private let reader: ZipMemberReader

  /// Starts at the beginning of the member.
  init(_ entry: ZipDirectory.Entry, of archive: ZipArchive) throws(DataError) {
    self.archive = archive
    do { reader = try archive.reader(of: entry) } catch {
      throw DataError(error, path: archive.path)
    }
  }

  func read(upTo count: Int) throws(DataError) -> [UInt8] {
    do { return try reader.read(upTo: count) } catch {
      throw DataError(error, path: archive.path)
    }
  }
}
