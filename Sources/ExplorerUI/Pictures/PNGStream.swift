internal import CZlib

/// Writes a PNG row by row: eight bits each of red, green and blue.
@safe
final class PNGStream {
  /// The file so far; whole after ``finish()``.
  private(set) var bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  // zlib keeps a pointer to the stream itself, which must therefore not move.
  private let stream: UnsafeMutablePointer<z_stream>
  private var previous: [UInt8]

  /// Starts a picture of a width and height in pixels.
  ///
  /// - Throws: ``PictureError/noMemory``.
  init(width: UInt32, height: UInt32) throws(PictureError) {
    previous = [UInt8](repeating: 0, count: 3 * Int(width))
    unsafe stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    guard unsafe tollgate_deflate_start(stream) == Z_OK else { throw .noMemory }
    // Eight bits a channel, red, green and blue, the only compression and filters that there are.
    chunk("IHDR", Self.bigEndian(width) + Self.bigEndian(height) + [8, 2, 0, 0, 0])
  }

  deinit {
    _ = unsafe deflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Adds the next row; `[3 * width]`.
  func add(_ row: [UInt8]) {
    precondition(row.count == previous.count, "a row is as wide as the picture")
    // Each byte as its difference from the one above (filter 2): areas become zeros.
    var filtered: [UInt8] = [2]
    filtered.reserveCapacity(row.count + 1)
    for index in row.indices { filtered.append(row[index] &- previous[index]) }
    previous = row
    compress(filtered, Z_NO_FLUSH)
  }

  /// Ends the picture.
  func finish() {
    compress([], Z_FINISH)
    chunk("IEND", [])
  }

  private func compress(_ input: [UInt8], _ flush: Int32) {
    var input = input
    var output = [UInt8](repeating: 0, count: 1 << 16)
    let capacity = output.count
    unsafe input.withUnsafeMutableBufferPointer { source in
      unsafe stream.pointee.next_in = source.baseAddress
      unsafe stream.pointee.avail_in = UInt32(source.count)
      var room = 0
      repeat {
        let written = unsafe output.withUnsafeMutableBufferPointer { target in
          unsafe stream.pointee.next_out = target.baseAddress
          unsafe stream.pointee.avail_out = UInt32(capacity)
          _ = unsafe deflate(stream, flush)
          room = Int(unsafe stream.pointee.avail_out)
          return capacity - room
        }
        if written > 0 { chunk("IDAT", Array(output[..<written])) }
      } while room == 0
    }
  }

  private func chunk(_ type: String, _ data: [UInt8]) {
    let checked = Array(type.utf8) + data
    let check = unsafe checked.withUnsafeBufferPointer { buffer in
      unsafe UInt32(truncatingIfNeeded: crc32_z(0, buffer.baseAddress, buffer.count))
    }
    bytes += Self.bigEndian(UInt32(data.count)) + checked + Self.bigEndian(check)
  }

  private static func bigEndian(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }
}
