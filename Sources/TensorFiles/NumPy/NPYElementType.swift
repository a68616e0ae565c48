/// The element type that a NumPy array's header names.
struct NPYElementType {
  /// As the header writes it; `structure` for elements of several fields.
  let name: String
  /// The number of bytes of one element.
  let size: Int
  /// How elements are read; nil where they are no numbers.
  let format: ElementFormat?

  /// The largest element that is read; it bounds products.
  private static let maximumSize = 1 << 20

  /// Reads the value of `descr`: a text such as `<f4`, or a list of fields.
  ///
  /// - Throws: ``NPYError/objects``, or ``NPYError/elementType(found:)`` where the type is not known.
  init(_ literal: PythonLiteral) throws(NPYError) {
    switch literal {
    case .text(let text): try self.init(text)
    case .list(let fields) where !fields.isEmpty:
      var size = 0
      for field in fields {
        size += try Self.size(ofField: field)
        guard size <= Self.maximumSize else { throw .elementType(found: "a structure too large") }
      }
      self.init(name: "structure", size: size, format: nil)
    case .list, .tuple, .dictionary, .bool, .integer, .none:
      throw .valueType(key: "descr", expected: "a text or a list of fields", found: literal.kind)
    }
  }

  private init(name: String, size: Int, format: ElementFormat?) {
    self.name = name
    self.size = size
    self.format = format
  }

  /// Reads a type: a byte order, a letter, a size.
  private init(_ text: String) throws(NPYError) {
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
      number <= Self.maximumSize
    else { throw .elementType(found: text) }
    let sizes: [Int]
    let kind: ElementFormat.Kind?
    switch letter {
    case "b": (sizes, kind) = ([1], .bool)
    case "i": (sizes, kind) = ([1, 2, 4, 8], .signed)
    case "u": (sizes, kind) = ([1, 2, 4, 8], .unsigned)
    case "f": (sizes, kind) = (number == 16 ? ([16], nil) : ([2, 4, 8], .float))
    case "c": (sizes, kind) = ([8, 16, 32], nil)
    case "m", "M": (sizes, kind) = ([8], nil)
    case "S", "a", "U", "V": (sizes, kind) = ([number], nil)
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
      name: text, size: letter == "U" ? 4 * number : number,
      format: kind.map {
        ElementFormat(kind: $0, size: number, isBigEndian: order == UInt8(ascii: ">"))
      })
  }

  /// The size of one field: `(name, type)` or `(name, type, shape)`.
  private static func size(ofField literal: PythonLiteral) throws(NPYError) -> Int {
    guard case .tuple(let parts) = literal, parts.count == 2 || parts.count == 3 else {
      throw .valueType(key: "descr", expected: "fields of name and type", found: literal.kind)
    }
    var size = try NPYElementType(parts[1]).size
    guard parts.count == 3 else { return size }
    guard case .tuple(let extents) = parts[2] else {
      throw .valueType(key: "descr", expected: "a tuple as a field's shape", found: parts[2].kind)
    }
    for extent in extents {
      guard case .integer(let value?) = extent, 0...maximumSize ~= value else {
        throw .extent(found: extent.kind)
      }
      // An element has at most 2²² bytes and an extent is at most 2²⁰, so that the product fits.
      size *= value
      guard size <= maximumSize else { throw .elementType(found: "a structure too large") }
    }
    return size
  }
}
