extension ElementType {
  /// The largest element that is read; it bounds products.
  private static let maximumNumPySize = 1 << 20

  /// Reads the value of `descr`: a text such as `<f4`, or a list of fields.
  ///
  /// - Throws: ``NPYError/objects``, or ``NPYError/elementType(found:)`` where the type is not known.
  init(numPy literal: PythonLiteral) throws(NPYError) {
    switch literal {
    case .text(let text): try self.init(numPy: text)
    case .list(let fields) where !fields.isEmpty:
      var size = 0
      for field in fields {
        size += try Self.size(ofField: field)
        guard size <= Self.maximumNumPySize else {
          throw .elementType(found: "a structure too large")
        }
      }
      self.init("structure", .other, bits: 8 * size)
    case .list, .tuple, .dictionary, .bool, .integer, .none:
      throw .valueType(key: "descr", expected: "a text or a list of fields", found: literal.kind)
    }
  }

  /// Reads a type: a byte order, a letter, a size.
  private init(numPy text: String) throws(NPYError) {
    let bytes = Array(text.utf8)
    let hasOrder = bytes.first.map { Array("<>|=".utf8).contains($0) } ?? false
    let order = hasOrder ? bytes[0] : UInt8(ascii: "|")
    let rest = bytes.dropFirst(hasOrder ? 1 : 0)
    guard let letter = rest.first.map({ Character(Unicode.Scalar($0)) }) else {
      throw .elementType(found: text)
    }
    if letter == "O" { throw .objects }
    // Units of time stand in brackets behind the size.
    let isTime = letter == "m" || letter == "M"
    let digits = rest.dropFirst().prefix { !isTime || $0 != UInt8(ascii: "[") }
    let isNatural = !digits.isEmpty && digits.allSatisfy { (48...57).contains($0) }
    guard isNatural, let number = Int(String(decoding: digits, as: UTF8.self)),
      number <= Self.maximumNumPySize
    else { throw .elementType(found: text) }
    let sizes: [Int]
    let kind: Kind
    switch letter {
    case "b": (sizes, kind) = ([1], .bool)
    case "i": (sizes, kind) = ([1, 2, 4, 8], .signed)
    case "u": (sizes, kind) = ([1, 2, 4, 8], .unsigned)
    case "f": (sizes, kind) = (number == 16 ? ([16], .other) : ([2, 4, 8], .float))
    case "c": (sizes, kind) = ([8, 16, 32], .other)
    case "m", "M": (sizes, kind) = ([8], .other)
    case "S", "a", "U", "V": (sizes, kind) = ([number], .other)
    default: throw .elementType(found: text)
    }
    guard sizes.contains(number) else { throw .elementType(found: text) }
    // Without an order, only single bytes and texts are the same to every reader.
    guard hasOrder || number == 1 || letter == "S" || letter == "V" else {
      throw .elementType(found: text)
    }
    guard order != UInt8(ascii: "|") || number <= 1 || "SVa".contains(letter) else {
      throw .elementType(found: text)
    }
    self.init(
      text, kind, bits: 8 * (letter == "U" ? 4 * number : number),
      isBigEndian: order == UInt8(ascii: ">"))
  }

  /// The size of one field: `(name, type)` or `(name, type, shape)`.
  private static func size(ofField literal: PythonLiteral) throws(NPYError) -> Int {
    guard case .tuple(let parts) = literal, parts.count == 2 || parts.count == 3 else {
      throw .valueType(key: "descr", expected: "fields of name and type", found: literal.kind)
    }
    var size = try ElementType(numPy: parts[1]).bits / 8
    guard parts.count == 3 else { return size }
    guard case .tuple(let extents) = parts[2] else {
      throw .valueType(key: "descr", expected: "a tuple as a field's shape", found: parts[2].kind)
    }
    for extent in extents {
      guard case .integer(let value?) = extent, 0...maximumNumPySize ~= value else {
        throw .extent(found: extent.kind)
      }
      // An element has at most 2²² bytes and an extent is at most 2²⁰, so that the product fits.
      size *= value
      guard size <= maximumNumPySize else { throw .elementType(found: "a structure too large") }
    }
    return size
  }
}
