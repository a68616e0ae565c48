/// Decompresses a gzip file a piece at a time, so that nobody has to believe what it claims to hold.
///
/// Several members in a row are one stream, as gzip itself reads them; zlib checks each one's CRC.
package final class GzipReader: ByteReader {
  private static let inputCount = 1 << 16

  private let file: InputFile
  private let inflater: Inflater
  private var input: [UInt8] = []
  private var inputPosition = 0
  private var filePosition = 0

  /// Starts at the beginning of a file.
  package init(_ file: InputFile) throws(ReadError) {
    do { inflater = try Inflater(.gzip) } catch {
      throw .format(path: file.path, GzipError.corrupt(detail: error.detail))
    }
    self.file = file
  }

  /// Whether a file starts as gzip files do.
  package static func recognizes(_ prefix: [UInt8]) -> Bool { prefix.starts(with: [0x1F, 0x8B]) }

  /// Decompresses up to a number of bytes; fewer only at the end, where the CRC has been checked.
  ///
  /// - Throws: ``ReadError`` where the file is damaged, or what reading it throws.
  package func read(upTo count: Int) throws(ReadError) -> [UInt8] {
    var output = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      if inputPosition == input.count { try refill() }
      if inflater.isAtEnd {
        if input.isEmpty { break }
        try startMember()
      }
      if input.isEmpty { throw .format(path: file.path, GzipError.truncated) }
      do throws(InflateError) {
        done += try inflater.inflate(&input, from: &inputPosition, into: &output, from: done)
      } catch {
        throw .format(path: file.path, GzipError.corrupt(detail: error.detail))
      }
    }
    output.removeLast(count - done)
    return output
  }

  private func refill() throws(ReadError) {
    let end = min(filePosition + Self.inputCount, file.size)
    do { input = try file.read(filePosition..<end) } catch { throw .file(error) }
    inputPosition = 0
    filePosition = end
  }

  private func startMember() throws(ReadError) {
    // Zeros that fill a tape's block are not compressed data either; gzip itself warns of them.
    guard input[inputPosition] == 0x1F, inflater.restart() else {
      throw .format(path: file.path, GzipError.trailingBytes)
    }
  }
}
