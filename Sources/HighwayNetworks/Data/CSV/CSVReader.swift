import TensorFiles

/// The records of a CSV file one at a time, as RFC 4180 has them: fields between commas, in quotes where they hold commas,
/// quotes (doubled) or ends of lines.
///
/// Lines end in CR, LF or both; empty ones are passed over. In the place of commas semicolons or tabs may stand. A file
/// that gzip has packed is unpacked on the way. Nothing is kept but the record that was read last. It is a value, so that no access
/// to its place in the file is checked at run time, twice a byte.
struct CSVReader {
  /// The most fields of a record.
  static let mostFields = 1 << 18
  /// The most bytes of a record.
  static let mostBytes = 8 << 20

  private static let quote = UInt8(ascii: "\"")
  private static let pieceCount = 1 << 18

  /// Where the file was opened.
  let path: String
  /// The record that was read last.
  private(set) var record = CSVRecord()

  private let source: any ByteReader
  private var piece: [UInt8] = []
  private var position = 0
  private var line = 1
  private var separator = UInt8(ascii: ",")
  private var isStarted = false

  /// Opens a file.
  ///
  /// - Throws: ``DataError`` where it cannot be read.
  init(_ path: String) throws(DataError) {
    self.path = path
    do throws(ReadError) {
      let file: InputFile
      let prefix: [UInt8]
      do throws(FileError) {
        file = try InputFile(path)
        prefix = try file.read(0..<min(2, file.size))
      } catch {
        throw .file(error)
      }
      source = GzipReader.recognizes(prefix) ? try GzipReader(file) : FileBytes(file)
    } catch {
      throw DataError(error)
    }
  }

  private enum Place {
    case start
    case plain
    case quoted
    case behindQuotes
  }

  /// Reads the next record; false at the end of the file.
  ///
  /// - Throws: ``DataError/line(path:line:expected:found:)`` where quotes are wrong or the record is too large, or what
  ///   reading the file throws.
  mutating func next() throws(DataError) -> Bool {
    if !isStarted { try begin() }
    record.clear(line: line)
    var place = Place.start
    while let byte = try nextByte() {
      guard record.bytes.count < Self.mostBytes, record.ends.count < Self.mostFields else {
        throw failure(
          "at most \(Self.mostFields) fields and \(Self.mostBytes) bytes in a record", "more")
      }
      if place == .quoted {
        if byte == Self.quote {
          place = .behindQuotes
        } else {
          if byte == 10 { line += 1 }
          record.bytes.append(byte)
        }
      } else if byte == separator {
        record.endField()
        place = .start
      } else if byte == 10 || byte == 13 {
        try endLine(byte)
        if place == .start, record.isEmpty {
          record.clear(line: line)
          continue
        }
        record.endField()
        return true
      } else if byte == Self.quote {
        guard place != .plain else {
          throw failure("quotes around a whole field", "one within it")
        }
        if place == .behindQuotes { record.bytes.append(byte) }
        place = .quoted
      } else {
        guard place != .behindQuotes else {
          throw failure("the end of a field behind its quotes", "more of it")
        }
        place = .plain
        record.bytes.append(byte)
      }
    }
    guard place != .quoted else { throw failure("quotes at the end of a field", "the file's end") }
    if place == .start, record.isEmpty { return false }
    record.endField()
    return true
  }

  private func failure(_ expected: String, _ found: String) -> DataError {
    .line(path: path, line: record.line, expected: expected, found: found)
  }

  /// Reads the first piece, passes over a mark of UTF-8 and finds out what stands between fields.
  private mutating func begin() throws(DataError) {
    isStarted = true
    guard try refill() else { return }
    guard !piece.starts(with: [0xFF, 0xFE]), !piece.starts(with: [0xFE, 0xFF]) else {
      throw .line(path: path, line: 1, expected: "UTF-8", found: "UTF-16")
    }
    if piece.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    var isQuoted = false
    var counts = [0, 0, 0]
    let separators = Array(",;\t".utf8)
    for byte in piece[position...] {
      if byte == Self.quote { isQuoted.toggle() }
      guard !isQuoted else { continue }
      if byte == 10 || byte == 13 { break }
      if let index = separators.firstIndex(of: byte) { counts[index] += 1 }
    }
    let most = counts.max() ?? 0
    separator = separators[counts.firstIndex(of: most) ?? 0]
  }

  private mutating func endLine(_ byte: UInt8) throws(DataError) {
    line += 1
    guard byte == 13 else { return }
    if position == piece.count { _ = try refill() }
    if position < piece.count, piece[position] == 10 { position += 1 }
  }

  @inline(__always)
  private mutating func nextByte() throws(DataError) -> UInt8? {
    if position == piece.count {
      guard try refill() else { return nil }
    }
    defer { position += 1 }
    return piece[position]
  }

  private mutating func refill() throws(DataError) -> Bool {
    do { piece = try source.read(upTo: Self.pieceCount) } catch { throw DataError(error) }
    position = 0
    return !piece.isEmpty
  }
}

/// A record of a CSV file: its fields without quotes.
struct CSVRecord {
  /// The bytes of all fields one behind the other.
  var bytes: [UInt8] = []
  /// Where each field ends among the bytes.
  private(set) var ends: [Int] = []
  /// The number of the line that it begins on, counted from 1.
  private(set) var line = 1

  /// Whether nothing was read yet.
  var isEmpty: Bool { bytes.isEmpty && ends.isEmpty }

  /// The number of fields.
  var count: Int { ends.count }

  mutating func clear(line: Int) {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    self.line = line
  }

  mutating func endField() { ends.append(bytes.count) }

  /// The bytes of a field without blanks at its ends.
  subscript(field: Int) -> ArraySlice<UInt8> {
    var (start, end) = (field == 0 ? 0 : ends[field - 1], ends[field])
    while start < end, bytes[start] == 32 || bytes[start] == 9 { start += 1 }
    while start < end, bytes[end - 1] == 32 || bytes[end - 1] == 9 { end -= 1 }
    return bytes[start..<end]
  }

  /// A field as a text; what is no UTF-8 becomes U+FFFD.
  func text(_ field: Int) -> String { String(decoding: self[field], as: UTF8.self) }

  /// A field as a finite number; nil where it is none.
  func number(_ field: Int) -> Float? {
    let digits = self[field]
    // Most are whole and short.
    if digits.count <= 7, !digits.isEmpty {
      var value = 0
      for byte in digits {
        guard 48...57 ~= byte else { return Self.number(digits) }
        value = value * 10 + Int(byte - 48)
      }
      return Float(value)
    }
    return Self.number(digits)
  }

  /// Decimal numbers alone: Swift would read `0x1p3`, `nan` and `inf` too.
  private static func number(_ field: ArraySlice<UInt8>) -> Float? {
    guard !field.isEmpty, field.count <= 64,
      field.allSatisfy({ 48...57 ~= $0 || [43, 45, 46, 69, 101].contains($0) }),
      let value = Float(String(decoding: field, as: UTF8.self)), value.isFinite
    else { return nil }
    return value
  }
}
