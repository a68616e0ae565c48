extension JSON {
  /// The deepest nesting of lists and objects that is read, as in the reference safetensors reader.
  package static let maximumDepth = 128

  /// The greatest number of values that is read; it bounds the memory that a hostile text can ask for.
  package static let maximumValues = 4_000_000

  /// Reads a document.
  ///
  /// - Throws: ``JSONError`` where the bytes are not one strict JSON value: duplicate keys, a byte order
  ///   mark, NaN, lone surrogates, invalid UTF-8, trailing content and deep nesting are refused.
  package init(parsing bytes: [UInt8]) throws(JSONError) {
    var parser = JSONParser(bytes)
    self = try parser.document()
  }

  /// Reads a document.
  ///
  /// - Throws: ``JSONError`` as ``init(parsing:)-([UInt8])`` does.
  package init(parsing text: String) throws(JSONError) {
    try self.init(parsing: Array(text.utf8))
  }
}

/// A recursive-descent parser whose depth is bounded.
struct JSONParser {
  private let bytes: [UInt8]
  private var position = 0
  private var depth = 0
  private var values = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() throws(JSONError) -> JSON {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { throw .byteOrderMark }
    let result = try value()
    skipSpace()
    guard position == bytes.count else { throw .trailingContent(offset: position) }
    return result
  }

  private mutating func value() throws(JSONError) -> JSON {
    skipSpace()
    values += 1
    guard values <= JSON.maximumValues else {
      throw .tooManyValues(offset: position, limit: JSON.maximumValues)
    }
    switch try peek() {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try literal("true", .bool(true))
    case UInt8(ascii: "f"): return try literal("false", .bool(false))
    case UInt8(ascii: "n"): return try literal("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    case let other: throw .unexpectedByte(offset: position, expected: "a value", found: other)
    }
  }

  private mutating func object() throws(JSONError) -> JSON {
    try enter()
    var members: [JSON.Member] = []
    var keys: Set<String> = []
    skipSpace()
    if try peek() == UInt8(ascii: "}") {
      leave()
      return .object([])
    }
    while true {
      skipSpace()
      let start = position
      guard try peek() == UInt8(ascii: "\"") else {
        throw .unexpectedByte(offset: position, expected: "a key", found: bytes[position])
      }
      let key = try string()
      // A set pays only for objects of many members; most have three.
      let isNew: Bool
      if members.count < 8 {
        isNew = !members.contains { $0.key == key }
      } else {
        if keys.isEmpty { keys.formUnion(members.lazy.map(\.key)) }
        isNew = keys.insert(key).inserted
      }
      guard isNew else { throw .duplicateKey(offset: start, key: key) }
      skipSpace()
      try expect(UInt8(ascii: ":"), "\":\"")
      members.append(JSON.Member(key, try value()))
      skipSpace()
      if try peek() == UInt8(ascii: "}") { break }
      try expect(UInt8(ascii: ","), "\",\" or \"}\"")
    }
    leave()
    return .object(members)
  }

  private mutating func array() throws(JSONError) -> JSON {
    try enter()
    var items: [JSON] = []
    skipSpace()
    if try peek() == UInt8(ascii: "]") {
      leave()
      return .array([])
    }
    while true {
      items.append(try value())
      skipSpace()
      if try peek() == UInt8(ascii: "]") { break }
      try expect(UInt8(ascii: ","), "\",\" or \"]\"")
    }
    leave()
    return .array(items)
  }

  private mutating func enter() throws(JSONError) {
    guard depth < JSON.maximumDepth else {
      throw .tooDeep(offset: position, limit: JSON.maximumDepth)
    }
    depth += 1
    position += 1
  }

  private mutating func leave() {
    depth -= 1
    position += 1
  }

  private mutating func literal(_ text: StaticString, _ value: JSON) throws(JSONError) -> JSON {
    for byte in "\(text)".utf8 { try expect(byte, "\(text)") }
    return value
  }

  private mutating func number() throws(JSONError) -> JSON {
    let start = position
    if bytes[position] == UInt8(ascii: "-") { position += 1 }
    let leadingZero = position < bytes.count && bytes[position] == UInt8(ascii: "0")
    let digits = skipDigits()
    guard digits == 1 || (digits > 1 && !leadingZero) else { throw .invalidNumber(offset: start) }
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      position += 1
      guard skipDigits() > 0 else { throw .invalidNumber(offset: start) }
    }
    if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      if position < bytes.count,
        bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-")
      {
        position += 1
      }
      guard skipDigits() > 0 else { throw .invalidNumber(offset: start) }
    }
    return .number(JSON.Number(text: String(decoding: bytes[start..<position], as: UTF8.self)))
  }

  private mutating func skipDigits() -> Int {
    let start = position
    while position < bytes.count, isDigit(bytes[position]) { position += 1 }
    return position - start
  }

  private func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}

// MARK: - Strings

extension JSONParser {
  private mutating func string() throws(JSONError) -> String {
    let opening = position
    position += 1
    let start = position
    while true {
      switch try peek() {
      case UInt8(ascii: "\""):
        let text = String(validating: bytes[start..<position], as: UTF8.self)
        guard let text else { throw .invalidUTF8(offset: opening) }
        position += 1
        return text
      case UInt8(ascii: "\\"): return try escapedString(opening: opening)
      case let byte where byte < 0x20: throw .controlCharacter(offset: position, found: byte)
      default: position += 1
      }
    }
  }

  /// Goes on with a string at its first backslash.
  private mutating func escapedString(opening: Int) throws(JSONError) -> String {
    var content = Array(bytes[(opening + 1)..<position])
    while true {
      let byte = try peek()
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: content, as: UTF8.self) else {
          throw .invalidUTF8(offset: opening)
        }
        position += 1
        return text
      case UInt8(ascii: "\\"): try appendEscape(to: &content)
      case 0..<0x20: throw .controlCharacter(offset: position, found: byte)
      default:
        content.append(byte)
        position += 1
      }
    }
  }

  private mutating func appendEscape(to content: inout [UInt8]) throws(JSONError) {
    let start = position
    position += 1
    let letter = try peek()
    position += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(letter)
    case UInt8(ascii: "b"): content.append(0x08)
    case UInt8(ascii: "f"): content.append(0x0C)
    case UInt8(ascii: "n"): content.append(0x0A)
    case UInt8(ascii: "r"): content.append(0x0D)
    case UInt8(ascii: "t"): content.append(0x09)
    case UInt8(ascii: "u"):
      var value = try hexadecimal(start)
      if 0xD800...0xDBFF ~= value {
        guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
          bytes[position + 1] == UInt8(ascii: "u")
        else { throw .loneSurrogate(offset: start) }
        position += 2
        let low = try hexadecimal(start)
        guard 0xDC00...0xDFFF ~= low else { throw .loneSurrogate(offset: start) }
        value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(value) else { throw .loneSurrogate(offset: start) }
      content.append(contentsOf: UTF8.encode(scalar).map { Array($0) } ?? [])
    default: throw .invalidEscape(offset: start)
    }
  }

  private mutating func hexadecimal(_ start: Int) throws(JSONError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      let byte = try peek()
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
      default: throw .invalidEscape(offset: start)
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }
}

// MARK: - Bytes

extension JSONParser {
  private func peek() throws(JSONError) -> UInt8 {
    guard position < bytes.count else { throw .unexpectedEnd(offset: position) }
    return bytes[position]
  }

  private mutating func expect(_ byte: UInt8, _ expected: String) throws(JSONError) {
    let found = try peek()
    guard found == byte else {
      throw .unexpectedByte(offset: position, expected: expected, found: found)
    }
    position += 1
  }

  private mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }
}
