extension JSON {
  /// The document on one line without white space, members in their order.
  package var text: String {
    var bytes: [UInt8] = []
    append(to: &bytes, indentation: nil)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The document with one member or item to a line and a line break at the end, for people.
  ///
  /// Lists of plain values stay on one line.
  package var indentedText: String {
    var bytes: [UInt8] = []
    append(to: &bytes, indentation: 0)
    bytes.append(UInt8(ascii: "\n"))
    return String(decoding: bytes, as: UTF8.self)
  }

  private func append(to bytes: inout [UInt8], indentation: Int?) {
    switch self {
    case .null: bytes += "null".utf8
    case .bool(let value): bytes += (value ? "true" : "false").utf8
    case .number(let number): bytes += number.text.utf8
    case .string(let text): Self.append(text, to: &bytes)
    case .array(let items):
      let inner = items.contains { $0.isNested } ? indentation.map { $0 + 2 } : nil
      bytes.append(UInt8(ascii: "["))
      for (index, item) in items.enumerated() {
        if index > 0 { bytes += (indentation != nil && inner == nil ? ", " : ",").utf8 }
        Self.appendBreak(inner, to: &bytes)
        item.append(to: &bytes, indentation: inner)
      }
      if inner != nil { Self.appendBreak(indentation, to: &bytes) }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      let inner = indentation.map { $0 + 2 }
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        Self.appendBreak(inner, to: &bytes)
        Self.append(member.key, to: &bytes)
        bytes += (inner == nil ? ":" : ": ").utf8
        member.value.append(to: &bytes, indentation: inner)
      }
      if !members.isEmpty { Self.appendBreak(indentation, to: &bytes) }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  private var isNested: Bool {
    switch self {
    case .array, .object: true
    case .null, .bool, .number, .string: false
    }
  }

  private static func appendBreak(_ indentation: Int?, to bytes: inout [UInt8]) {
    guard let indentation else { return }
    bytes.append(UInt8(ascii: "\n"))
    bytes += repeatElement(UInt8(ascii: " "), count: indentation)
  }

  private static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": bytes += [UInt8(ascii: "\\"), UInt8(ascii: scalar)]
      case "\n": bytes += "\\n".utf8
      case "\r": bytes += "\\r".utf8
      case "\t": bytes += "\\t".utf8
      case " "..."~": bytes.append(UInt8(ascii: scalar))
      // Most need no escape in JSON, but a terminal that shows the text might obey them.
      case _ where !scalar.isPlain:
        for unit in UTF16.encode(scalar).map(Array.init) ?? [] {
          let digits = String(unit, radix: 16)
          bytes += ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8
        }
      default: bytes += UTF8.encode(scalar).map(Array.init) ?? []
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
