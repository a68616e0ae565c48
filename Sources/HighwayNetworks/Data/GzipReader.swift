internal import CZlib

/// Decompresses a gzip file a piece at a time, so that nobody has to believe what it claims to hold.
///
/// Several members in a row are one stream, as gzip itself reads them; zlib checks each one's CRC.
@safe
final class GzipReader {
  /// How many times larger than its compressed form deflated data can be at most.
  static let greatestRatio = 1032

  private static let inputCount = 1 << 16

  private let file: InputFile
  // zlib keeps a pointer to the stream itself, which must therefore not move.
  private let stream: UnsafeMutablePointer<z_stream>
  private var input: [UInt8] = []
  private var inputPosition = 0
  private var filePosition = 0
  private var isAtMemberEnd = false

  /// Starts at the beginning of a file.
  init(_ file: consuming InputFile) throws(DataError) {
    self.file = file
    unsafe stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    guard unsafe tollgate_inflate_gzip(stream) == Z_OK else {
      throw .compression(path: self.file.path, .corrupt(detail: "zlib cannot start"))
    }
  }

  deinit {
    _ = unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Whether a file starts as gzip files do.
  static func recognizes(_ prefix: [UInt8]) -> Bool { prefix.starts(with: [0x1F, 0x8B]) }

  /// Decompresses up to a number of bytes; fewer only at the end, where the CRC has been checked.
  ///
  /// - Throws: ``DataError/compression(path:_:)`` where the file is damaged, or what reading it throws.
  func read(upTo count: Int) throws(DataError) -> [UInt8] {
    var output = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      if inputPosition == input.count { try refill() }
      if isAtMemberEnd {
        if input.isEmpty { break }
        try startMember()
      }
      if input.isEmpty { throw .compression(path: file.path, .truncated) }
      done += try inflate(into: &output, from: done)
    }
    output.removeLast(count - done)
    return output
  }

  private func refill() throws(DataError) {
    let end = min(filePosition + Self.inputCount, file.size)
    do { input = try file.read(filePosition..<end) } catch { throw .file(error) }
    inputPosition = 0
    filePosition = end
  }

  private func startMember() throws(DataError) {
    // Zeros that fill a tape's block are not compressed data either; gzip itself warns of them.
    guard input[inputPosition] == 0x1F, unsafe inflateReset(stream) == Z_OK else {
      throw .compression(path: file.path, .trailingBytes)
    }
    isAtMemberEnd = false
  }

  /// Runs zlib once and returns the number of bytes it wrote.
  private func inflate(into output: inout [UInt8], from start: Int) throws(DataError) -> Int {
    let room = min(output.count - start, 1 << 30)
    let available = input.count - inputPosition
    let status = unsafe input.withUnsafeMutableBufferPointer { source in
      unsafe output.withUnsafeMutableBufferPointer { target in
        unsafe stream.pointee.next_in = source.baseAddress?.advanced(by: inputPosition)
        unsafe stream.pointee.avail_in = UInt32(available)
        unsafe stream.pointee.next_out = target.baseAddress?.advanced(by: start)
        unsafe stream.pointee.avail_out = UInt32(room)
        return unsafe CZlib.inflate(stream, Z_NO_FLUSH)
      }
    }
    inputPosition += available - Int(unsafe stream.pointee.avail_in)
    switch status {
    case Z_OK: break
    case Z_STREAM_END: isAtMemberEnd = true
    // No progress was possible: only more input helps, and there is some unless the file ends here.
    case Z_BUF_ERROR where inputPosition == input.count: break
    default:
      let detail = unsafe stream.pointee.msg.map { unsafe String(cString: $0) }
      throw .compression(
        path: file.path, .corrupt(detail: detail ?? "zlib status \(status)"))
    }
    return room - Int(unsafe stream.pointee.avail_out)
  }
}
