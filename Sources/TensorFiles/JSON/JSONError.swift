/// A way in which a text is not JSON; offsets count bytes from 0.
public enum JSONError: Error, Hashable, Sendable {
  /// The text ends inside a value.
  case unexpectedEnd(offset: Int)
  /// A byte that cannot stand where it stands.
  case unexpectedByte(offset: Int, expected: String, found: UInt8)
  /// The text starts with a byte order mark.
  case byteOrderMark
  /// A string is not UTF-8; the offset is where the string starts.
  case invalidUTF8(offset: Int)
  /// A control character stands unescaped in a string.
  case controlCharacter(offset: Int, found: UInt8)
  /// A backslash is followed by something that is no escape.
  case invalidEscape(offset: Int)
  /// Half a surrogate pair stands alone.
  case loneSurrogate(offset: Int)
  /// A number breaks JSON's grammar, such as `01`, `1.` or `+1`.
  case invalidNumber(offset: Int)
  /// An object has two members whose keys read the same.
  case duplicateKey(offset: Int, key: String)
  /// Lists and objects are nested deeper than the limit.
  case tooDeep(offset: Int, limit: Int)
  /// There are more values than the limit.
  case tooManyValues(offset: Int, limit: Int)
  /// Something other than white space follows the value.
  case trailingContent(offset: Int)
}

extension JSONError: CustomStringConvertible {
  /// What is wrong and where.
  public var description: String {
    switch self {
    case .unexpectedEnd(let offset): "the text ends inside a value, at byte \(offset)"
    case .unexpectedByte(let offset, let expected, let found):
      "expected \(expected), found byte 0x\(String(found, radix: 16)) at byte \(offset)"
    case .byteOrderMark: "the text starts with a byte order mark"
    case .invalidUTF8(let offset): "the string at byte \(offset) is not UTF-8"
    case .controlCharacter(let offset, let found):
      "unescaped control character 0x\(String(found, radix: 16)) at byte \(offset)"
    case .invalidEscape(let offset): "invalid escape at byte \(offset)"
    case .loneSurrogate(let offset): "half a surrogate pair at byte \(offset)"
    case .invalidNumber(let offset): "invalid number at byte \(offset)"
    case .duplicateKey(let offset, let key):
      "the key \"\(key.excerpt)\" stands twice, again at byte \(offset)"
    case .tooDeep(let offset, let limit):
      "nested deeper than \(limit) levels at byte \(offset)"
    case .tooManyValues(let offset, let limit): "more than \(limit) values, at byte \(offset)"
    case .trailingContent(let offset): "something follows the value, at byte \(offset)"
    }
  }
}
