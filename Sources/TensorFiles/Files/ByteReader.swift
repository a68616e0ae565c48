/// Bytes that come a piece at a time.
public protocol ByteReader: AnyObject {
  /// The next bytes, up to a number; fewer only at the end.
  ///
  /// - Throws: ``ReadError`` where they cannot be read, or are found to be damaged.
  func read(upTo count: Int) throws(ReadError) -> [UInt8]
}

/// A part of a file that is read as it is.
package final class FileBytes: ByteReader {
  private let file: InputFile
  private var position: Int
  private let end: Int

  /// Starts at the beginning of a file, to read all of it.
  package init(_ file: InputFile) {
    self.file = file
    (position, end) = (0, file.size)
  }

  /// Starts at the beginning of a range that lies within the file.
  init(_ file: InputFile, _ range: Range<Int>) {
    self.file = file
    position = range.lowerBound
    end = range.upperBound
  }

  /// The next bytes, up to a number; fewer only at the end.
  package func read(upTo count: Int) throws(ReadError) -> [UInt8] {
    let next = min(position + count, end)
    defer { position = next }
    do { return try file.read(position..<next) } catch { throw .file(error) }
  }
}
