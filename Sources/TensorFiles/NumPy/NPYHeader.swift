/// What stands in front of a NumPy array's elements (.npy, versions 1.0 to 3.0).
///
/// It is a Python dictionary as text, which is parsed and not evaluated. What NumPy's own reader accepts
/// is accepted: padding of any kind, either byte order, Fortran order, Python 2's `2L`, structured
/// elements (which no data set has), single values.
package struct NPYHeader: Hashable {
  /// The greatest length that NumPy's reader accepts.
  package static let maximumLength = 10_000

  /// The bytes that tell how long the header is, in the longer of the two layouts.
  package static let prefixCount = 12

  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  private static let maximumDimensions = 64

  /// The element type; its name is as the header writes it, such as `<f4`.
  package let type: ElementType
  /// Whether the first index varies fastest, not the last.
  package let isFortranOrder: Bool
  /// The extents, outermost first; empty for a single value.
  package let shape: [Int]
  /// The number of bytes of the elements.
  package let byteCount: Int
  /// Where the elements begin.
  package let dataOffset: Int

  /// Where the header ends, from the first ``prefixCount`` bytes, or as many as there are.
  ///
  /// - Throws: ``NPYError`` where this is no array, or one of another version.
  package static func end(prefix: [UInt8]) throws(NPYError) -> Int {
    guard prefix.starts(with: magic) else { throw .magic(found: Array(prefix.prefix(6))) }
    var fields = ByteFields(prefix, from: magic.count)
    let version = fields.u16()
    let length: Int
    switch version {
    case 0x0001: length = Int(fields.u16())
    case 0x0002, 0x0003: length = Int(fields.u32())
    default:
      guard !fields.isCutOff else { throw .headerCutOff(expected: 10, found: prefix.count) }
      throw .version(
        major: UInt8(truncatingIfNeeded: version), minor: UInt8(truncatingIfNeeded: version >> 8))
    }
    guard !fields.isCutOff else {
      throw .headerCutOff(expected: version == 1 ? 10 : 12, found: prefix.count)
    }
    guard length <= maximumLength else {
      throw .headerTooLarge(limit: maximumLength, found: length)
    }
    return fields.position + length
  }

  /// Whether a file starts as arrays do.
  package static func recognizes(_ prefix: [UInt8]) -> Bool { prefix.starts(with: magic) }

  /// Reads a header, which begins at the first byte and ends at the last.
  ///
  /// - Throws: ``NPYError`` for the first thing that is wrong.
  package init(parsing bytes: [UInt8]) throws(NPYError) {
    let end = try Self.end(prefix: bytes)
    guard end == bytes.count else { throw .headerCutOff(expected: end, found: bytes.count) }
    let version = bytes[6]
    let start = version == 1 ? 10 : 12
    var parser = PythonLiteralParser(Array(bytes[start...]), isUTF8: version == 3)
    let literal = try parser.document()
    guard case .dictionary(let members) = literal else {
      throw .valueType(key: "header", expected: "a dictionary", found: literal.kind)
    }
    var values: [String: PythonLiteral] = [:]
    for member in members {
      guard ["descr", "fortran_order", "shape"].contains(member.key) else {
        throw .unknownKey(member.key)
      }
      values[member.key] = member.value
    }
    guard let descr = values["descr"] else { throw .missingKey("descr") }
    guard let order = values["fortran_order"] else { throw .missingKey("fortran_order") }
    guard let extents = values["shape"] else { throw .missingKey("shape") }
    guard case .bool(let isFortranOrder) = order else {
      throw .valueType(key: "fortran_order", expected: "True or False", found: order.kind)
    }
    let type = try ElementType(numPy: descr)
    let shape = try Self.shape(extents)
    var byteCount = 1
    var overflows = false
    // The product of the extents must fit by itself, and whichever zero comes later.
    for extent in shape + [type.bits / 8] {
      let (product, overflow) = byteCount.multipliedReportingOverflow(by: extent)
      byteCount = product
      overflows = overflows || overflow
    }
    guard !overflows else { throw .sizeOverflow(shape: shape) }
    self.type = type
    self.isFortranOrder = isFortranOrder
    self.shape = shape
    self.byteCount = byteCount
    dataOffset = end
  }

  private static func shape(_ literal: PythonLiteral) throws(NPYError) -> [Int] {
    guard case .tuple(let items) = literal else {
      throw .valueType(key: "shape", expected: "a tuple", found: literal.kind)
    }
    guard items.count <= maximumDimensions else {
      throw .dimensions(limit: maximumDimensions, found: items.count)
    }
    var shape: [Int] = []
    for item in items {
      guard case .integer(let value?) = item, value >= 0 else {
        throw .extent(found: item.kind)
      }
      shape.append(value)
    }
    return shape
  }
}
