/// A JSON document as RFC 8259 defines it.
///
/// The platform's parsers silently accept an object with the same key twice and do not tell `1` from
/// `1.0`, and two programs that read such a file may see two different things. This one is strict, keeps
/// the order of members and the text of numbers, and needs no Foundation.
package enum JSON: Hashable, Sendable {
  /// One `"key": value` of an object.
  package struct Member: Hashable, Sendable {
    /// The key, unique in its object.
    package let key: String
    /// The value.
    package let value: JSON

    /// Creates a member.
    package init(_ key: String, _ value: JSON) {
      self.key = key
      self.value = value
    }
  }

  /// A number as it is written.
  package struct Number: Hashable, Sendable {
    /// The number's text, which follows JSON's grammar.
    package let text: String

    init(text: String) { self.text = text }

    /// The value of a number written without fraction and exponent, if it fits.
    package var integer: Int? { Int(text) }

    /// The value of a number written without fraction, exponent and sign, if it fits.
    package var unsigned: UInt64? { UInt64(text) }

    /// The nearest value, or nil where it would be infinite.
    package var double: Double? { Double(text).flatMap { $0.isFinite ? $0 : nil } }

    /// The nearest value, or nil where it would be infinite.
    package var float: Float? { Float(text).flatMap { $0.isFinite ? $0 : nil } }
  }

  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A number.
  case number(Number)
  /// A text.
  case string(String)
  /// A list.
  case array([JSON])
  /// An object, its members in the order in which they stand.
  case object([Member])

  /// A whole number.
  package static func integer(_ value: some FixedWidthInteger) -> JSON {
    .number(Number(text: String(value)))
  }

  /// The shortest text that reads back as the same value; null where the value is not finite.
  package static func real(_ value: some BinaryFloatingPoint & LosslessStringConvertible) -> JSON {
    guard value.isFinite else { return .null }
    // A whole number of a few digits reads better without ".0" and is the same number.
    if value.magnitude < 1_000_000, value == value.rounded(), value != 0 || value.sign == .plus {
      return .integer(Int(value))
    }
    return .number(Number(text: value.description))
  }

  /// A list of texts.
  package static func strings(_ values: [String]) -> JSON { .array(values.map(JSON.string)) }

  /// The value of an object's member, or nil where there is none or this is no object.
  package subscript(key: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// What kind of value this is, for messages.
  package var kind: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .number: "a number"
    case .string: "a text"
    case .array: "a list"
    case .object: "an object"
    }
  }

  /// A short account of the value, for messages.
  package var excerpt: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let number): number.text.excerpt
    case .string(let text): "\"\(text.excerpt)\""
    case .array(let items): "a list of \(items.count)"
    case .object: "an object"
    }
  }
}
