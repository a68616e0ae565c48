import Libc

/// A regular file that is open for reading.
///
/// It is read, not mapped: a file that another program cuts short is an error here and would be a signal
/// in a map.
package final class InputFile: Sendable {
  /// The greatest size of a file that is opened, 2⁵⁰ bytes; sums and small multiples of offsets in it fit
  /// in an integer.
  ///
  /// A file may claim more bytes than any disk holds: it has holes then.
  package static let maximumSize = 1 << 50

  /// Where the file was opened.
  package let path: String
  /// The size in bytes when the file was opened.
  package let size: Int

  private let descriptor: Int32

  /// Opens a file.
  ///
  /// - Throws: ``FileError`` where there is no regular file at the path, it cannot be read, or
  ///   it is larger than ``maximumSize``.
  package init(_ path: String) throws(FileError) {
    guard !path.utf8.contains(0) else { throw .invalidPath(path: path) }
    // Without O_NONBLOCK, opening a pipe would wait for its other end.
    let descriptor = unsafe open(path.systemPath, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileError(code: errno, path: path, operation: "open") }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      let code = errno
      _ = close(descriptor)
      throw FileError(code: code, path: path, operation: "fstat")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      _ = close(descriptor)
      let isDirectory = status.st_mode & S_IFMT == S_IFDIR
      throw .notARegularFile(path: path, found: isDirectory ? "a directory" : "a special file")
    }
    guard status.st_size <= Self.maximumSize else {
      _ = close(descriptor)
      throw .tooLarge(path: path, limit: Self.maximumSize, found: Int(status.st_size))
    }
    self.path = path
    size = Int(status.st_size)
    self.descriptor = descriptor
  }

  deinit { _ = close(descriptor) }

  /// Reads bytes that lie inside the file.
  ///
  /// - Precondition: The range lies within the size; a claim from the file is checked first.
  /// - Throws: ``FileError/changedWhileRead(path:expected:found:)`` where the file has become shorter,
  ///   or what the system says.
  package func read(_ range: Range<Int>) throws(FileError) -> [UInt8] {
    precondition(range.lowerBound >= 0 && range.upperBound <= size, "a range within the file")
    var failure: FileError?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: range.count) { buffer, done in
      do throws(FileError) {
        while done < range.count {
          unsafe done += try read(range.dropFirst(done), into: buffer, at: done)
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }

  /// Reads bytes of the file, as many at once as the system gives, and returns how many.
  private func read(
    _ range: Range<Int>, into buffer: UnsafeMutableBufferPointer<UInt8>, at start: Int
  ) throws(FileError) -> Int {
    while true {
      let count = unsafe pread(
        descriptor, buffer.baseAddress?.advanced(by: start), min(range.count, 1 << 30),
        off_t(range.lowerBound))
      if count > 0 { return count }
      if count == 0 {
        throw .changedWhileRead(path: path, expected: size, found: range.lowerBound)
      }
      guard errno == EINTR else { throw FileError(code: errno, path: path, operation: "read") }
    }
  }

  /// Reads the whole file; one that is replaced meanwhile is read anew.
  ///
  /// - Throws: ``FileError/tooLarge(path:limit:found:)`` where it is larger than the limit.
  package static func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
    for _ in 0..<3 {
      do throws(FileError) {
        return try readOnce(path, limit: limit)
      } catch {
        guard error.isOfReplacedFile else { throw error }
      }
    }
    return try readOnce(path, limit: limit)
  }

  private static func readOnce(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
    let file = try InputFile(path)
    guard file.size <= limit else {
      throw .tooLarge(path: path, limit: limit, found: file.size)
    }
    return try file.read(0..<file.size)
  }
}
