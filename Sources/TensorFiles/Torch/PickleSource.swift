/// The bytes of pickles that follow each other, read a piece at a time up to a limit.
final class PickleSource {
  /// The most bytes that are read of pickles; those of the largest networks have a hundredth.
  static let maximumCount = 1 << 26

  private static let pieceCount = 1 << 16

  /// Where the bytes are, for messages.
  let path: String
  /// How many bytes were taken.
  private(set) var position = 0

  private let reader: any ByteReader
  private var buffer: [UInt8] = []
  private var next = 0

  init(_ reader: any ByteReader, path: String) {
    self.reader = reader
    self.path = path
  }

  /// An error of this file.
  func failure(_ error: TorchError) -> ReadError { .format(path: path, error) }

  /// The next byte.
  func byte() throws(ReadError) -> UInt8 {
    if next == buffer.count { try refill() }
    defer {
      next += 1
      position += 1
    }
    return buffer[next]
  }

  /// The next bytes; a claimed number that is not there costs no memory.
  func bytes(_ count: Int) throws(ReadError) -> [UInt8] {
    guard count <= Self.maximumCount - position else { throw failure(.pickleTooLarge) }
    var result: [UInt8] = []
    while result.count < count {
      if next == buffer.count { try refill() }
      let taken = min(count - result.count, buffer.count - next)
      result += buffer[next..<next + taken]
      next += taken
      position += taken
    }
    return result
  }

  /// The next bytes as a whole number, the lowest byte first.
  func number(_ size: Int) throws(ReadError) -> UInt64 {
    var value: UInt64 = 0
    for index in 0..<size { value |= UInt64(try byte()) << UInt64(8 * index) }
    return value
  }

  /// The bytes up to the end of a line, which are taken with it.
  func line() throws(ReadError) -> [UInt8] {
    var line: [UInt8] = []
    while true {
      let byte = try byte()
      if byte == UInt8(ascii: "\n") { return line }
      line.append(byte)
      guard line.count <= 1_024 else { throw failure(.nameTooLong) }
    }
  }

  /// Reads what is left, so that an archive's checksum is met.
  func drain() throws(ReadError) {
    while true {
      do { try refill() } catch {
        if case .format(_, let error as TorchError) = error, error == .cutOff { return }
        throw error
      }
    }
  }

  private func refill() throws(ReadError) {
    guard position < Self.maximumCount else { throw failure(.pickleTooLarge) }
    buffer = try reader.read(upTo: Self.pieceCount)
    next = 0
    guard !buffer.isEmpty else { throw failure(.cutOff) }
  }
}
