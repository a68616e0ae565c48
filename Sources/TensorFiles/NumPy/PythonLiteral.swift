/// The plain values of Python that stand in the headers of NumPy's files; nothing is evaluated.
indirect enum PythonLiteral {
  case text(String)
  /// A whole number; nil where it is beyond the integers.
  case integer(Int?)
  case bool(Bool)
  case none
  case tuple([PythonLiteral])
  case list([PythonLiteral])
  case dictionary([(key: String, value: PythonLiteral)])

  /// What kind of value this is, for messages.
  var kind: String {
    switch self {
    case .text(let text): "the text \"\(text.excerpt)\""
    case .integer(let value): value.map(String.init) ?? "a number beyond all integers"
    case .bool(let value): value ? "True" : "False"
    case .none: "None"
    case .tuple: "a tuple"
    case .list: "a list"
    case .dictionary: "a dictionary"
    }
  }
}

/// A recursive-descent parser of ``PythonLiteral`` whose depth is bounded.
struct PythonLiteralParser {
  private static let maximumDepth = 32

  private let bytes: [UInt8]
  private let isUTF8: Bool
  private var position = 0
  private var depth = 0

  /// Creates a parser of a text in UTF-8, or in Latin-1.
  init(_ bytes: [UInt8], isUTF8: Bool) {
    self.bytes = bytes
    self.isUTF8 = isUTF8
  }

  /// Reads the one value that the text is.
  ///
  /// - Throws: ``NPYError`` where the text is not one plain value.
  mutating func document() throws(NPYError) -> PythonLiteral {
    let value = try value()
    skipSpace()
    guard position == bytes.count else { throw .syntax(offset: position, expected: "the end") }
    return value
  }

  private mutating func value() throws(NPYError) -> PythonLiteral {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else {
      throw .syntax(offset: position, expected: "at most \(Self.maximumDepth) levels")
    }
    skipSpace()
    switch peek {
    case UInt8(ascii: "{"): return .dictionary(try dictionary())
    case UInt8(ascii: "["): return .list(try sequence(closedBy: UInt8(ascii: "]")).items)
    case UInt8(ascii: "("):
      let (items, hasComma) = try sequence(closedBy: UInt8(ascii: ")"))
      // Without a comma, parentheses only group.
      return items.count == 1 && !hasComma ? items[0] : .tuple(items)
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return .text(try text())
    // Python 2 writes texts as u'…' where they may hold any character.
    case UInt8(ascii: "u"), UInt8(ascii: "b"):
      position += 1
      return .text(try text())
    case UInt8(ascii: "T"): return try word("True", .bool(true))
    case UInt8(ascii: "F"): return try word("False", .bool(false))
    case UInt8(ascii: "N"): return try word("None", .none)
    default: return try number()
    }
  }

  private mutating func dictionary() throws(NPYError) -> [(key: String, value: PythonLiteral)] {
    position += 1
    var members: [(key: String, value: PythonLiteral)] = []
    while true {
      skipSpace()
      if take(UInt8(ascii: "}")) { return members }
      guard case .text(let key) = try value() else {
        throw .syntax(offset: position, expected: "a text as key")
      }
      guard !members.contains(where: { $0.key == key }) else { throw .duplicateKey(key) }
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw .syntax(offset: position, expected: "\":\"") }
      members.append((key, try value()))
      skipSpace()
      if take(UInt8(ascii: ",")) { continue }
      guard peek == UInt8(ascii: "}") else {
        throw .syntax(offset: position, expected: "\",\" or \"}\"")
      }
    }
  }

  private mutating func sequence(
    closedBy end: UInt8
  ) throws(NPYError) -> (items: [PythonLiteral], hasComma: Bool) {
    position += 1
    var items: [PythonLiteral] = []
    var hasComma = false
    while true {
      skipSpace()
      if take(end) { return (items, hasComma) }
      items.append(try value())
      skipSpace()
      if take(UInt8(ascii: ",")) {
        hasComma = true
      } else if peek != end {
        throw .syntax(offset: position, expected: "\",\" or the end of the list")
      }
    }
  }

  private mutating func text() throws(NPYError) -> String {
    guard let quote = peek, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
      throw .syntax(offset: position, expected: "a quotation mark")
    }
    position += 1
    let start = position
    while let byte = peek, byte != quote {
      guard byte != UInt8(ascii: "\\"), byte >= 0x20 else {
        throw .syntax(offset: position, expected: "a text without escapes and control characters")
      }
      position += 1
    }
    let content = bytes[start..<position]
    guard take(quote) else { throw .syntax(offset: position, expected: "the end of a text") }
    guard isUTF8 else {
      return String(String.UnicodeScalarView(content.map { Unicode.Scalar($0) }))
    }
    guard let text = String(validating: content, as: UTF8.self) else { throw .notText }
    return text
  }

  private mutating func number() throws(NPYError) -> PythonLiteral {
    let start = position
    if peek == UInt8(ascii: "-") { position += 1 }
    let digits = position
    while let byte = peek, (48...57).contains(byte) { position += 1 }
    guard position > digits else { throw .syntax(offset: position, expected: "a value") }
    let value = Int(String(decoding: bytes[start..<position], as: UTF8.self))
    // Python 2 marks long integers.
    _ = take(UInt8(ascii: "L"))
    return .integer(value)
  }

  private mutating func word(
    _ word: String, _ value: PythonLiteral
  ) throws(NPYError) -> PythonLiteral {
    guard bytes[position...].starts(with: word.utf8) else {
      throw .syntax(offset: position, expected: word)
    }
    position += word.utf8.count
    return value
  }

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = peek, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
  }
}
