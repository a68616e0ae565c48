internal import CZlib

/// A stream of deflated data on its way through zlib.
@safe
package final class Inflater {
  /// What stands around the deflated data.
  enum Wrapper {
    /// A gzip header and a checked CRC.
    case gzip
    /// Nothing, as in zip archives.
    case none
  }

  /// How many times larger than its compressed form deflated data can be at most.
  package static let greatestRatio = 1032

  /// Whether the end of the stream has been reached.
  private(set) var isAtEnd = false

  // zlib keeps a pointer to the stream itself, which must therefore not move.
  private let stream: UnsafeMutablePointer<z_stream>

  /// Starts a stream.
  init(_ wrapper: Wrapper) throws(InflateError) {
    unsafe stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    let status =
      switch wrapper {
      case .gzip: unsafe tollgate_inflate_gzip(stream)
      case .none: unsafe tollgate_inflate_raw(stream)
      }
    guard status == Z_OK else { throw InflateError(detail: "zlib cannot start") }
  }

  deinit {
    _ = unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Starts the next stream; false where zlib cannot.
  func restart() -> Bool {
    isAtEnd = false
    return unsafe inflateReset(stream) == Z_OK
  }

  /// Runs zlib once on the input from a position, which it moves on, and returns the number of bytes
  /// that it wrote.
  ///
  /// - Precondition: There is input at the position, room from `start`, and the stream has not ended.
  func inflate(
    _ input: inout [UInt8], from position: inout Int, into output: inout [UInt8], from start: Int
  ) throws(InflateError) -> Int {
    precondition(position < input.count && start < output.count && !isAtEnd, "input and room")
    let room = min(output.count - start, 1 << 30)
    let available = min(input.count - position, 1 << 30)
    let status = unsafe input.withUnsafeMutableBufferPointer { source in
      unsafe output.withUnsafeMutableBufferPointer { target in
        unsafe stream.pointee.next_in = source.baseAddress?.advanced(by: position)
        unsafe stream.pointee.avail_in = UInt32(available)
        unsafe stream.pointee.next_out = target.baseAddress?.advanced(by: start)
        unsafe stream.pointee.avail_out = UInt32(room)
        return unsafe CZlib.inflate(stream, Z_NO_FLUSH)
      }
    }
    position += available - Int(unsafe stream.pointee.avail_in)
    switch status {
    case Z_OK: break
    case Z_STREAM_END: isAtEnd = true
    // No progress was possible: only more input helps, and there is some unless the file ends here.
    case Z_BUF_ERROR where position == input.count: break
    default:
      let detail = unsafe stream.pointee.msg.map { unsafe String(cString: $0) }
      throw InflateError(detail: detail ?? "zlib status \(status)")
    }
    return room - Int(unsafe stream.pointee.avail_out)
  }
}

/// The cyclic redundancy check of gzip and zip (CRC-32), taken piece by piece.
struct CRC32 {
  /// The check of the bytes so far.
  private(set) var value: UInt32 = 0

  /// Takes more bytes.
  mutating func update(_ bytes: [UInt8]) {
    // For no buffer zlib would start again.
    guard !bytes.isEmpty else { return }
    value = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe UInt32(truncatingIfNeeded: crc32_z(UInt(value), buffer.baseAddress, buffer.count))
    }
  }
}

/// Why no more can be decompressed, in zlib's words.
struct InflateError: Error {
  let detail: String
}
