/// A way in which a file is not safetensors.
public enum SafetensorsError: FormatError {
  /// The file is too short to hold the eight bytes of the header's length.
  case tooShort(found: Int)
  /// The header's length is beyond what any reader accepts.
  case headerTooLarge(limit: Int, found: UInt64)
  /// The header reaches beyond the end of the file.
  case headerBeyondFile(expected: Int, found: Int)
  /// The header does not begin with `{`.
  case leadingByte(found: UInt8?)
  /// The header is not JSON, or has the same tensor or field twice.
  case header(JSONError)
  /// `__metadata__` is not an object.
  case metadataNotObject(found: String)
  /// A value of `__metadata__` is not a text.
  case metadataNotText(key: String, found: String)
  /// A tensor's entry is not an object.
  case entryNotObject(tensor: String, found: String)
  /// A tensor's entry lacks a field.
  case missingField(tensor: String, field: String)
  /// A field of a tensor's entry is not what it must be.
  case invalidField(tensor: String, field: String, expected: String, found: String)
  /// A tensor's element type is not one that the format defines.
  case unknownElementType(tensor: String, found: String)
  /// A tensor's size in bytes does not fit in an integer.
  case sizeOverflow(tensor: String, shape: [Int])
  /// A tensor of elements smaller than a byte ends inside a byte.
  case partialByte(tensor: String, bits: Int)
  /// A tensor ends before it begins.
  case reversedOffsets(tensor: String, begin: Int, end: Int)
  /// A tensor does not begin where the one before it ends: they overlap, or leave a gap.
  case offsetMismatch(tensor: String, expected: Int, found: Int)
  /// A tensor's offsets span another number of bytes than its shape and element type need.
  case byteCount(tensor: String, expected: Int, found: Int)
  /// The index of several files is not one, or names what is not there.
  case index(detail: String)
  /// The file holds more or less data than its tensors need.
  case dataCount(expected: Int, found: Int)
}

extension SafetensorsError {
  /// What is wrong, what was expected and what was found.
  public var description: String {
    switch self {
    case .tooShort(let found):
      "not a safetensors file: expected at least 8 bytes, found \(found)"
    case .headerTooLarge(let limit, let found):
      "not a safetensors file: the header claims \(found) bytes, and at most \(limit) are allowed"
    case .headerBeyondFile(let expected, let found):
      "the header ends at byte \(expected), but the file has \(found) bytes"
    case .leadingByte(let found):
      "not a safetensors file: the header must begin with \"{\", found "
        + (found.map { "byte 0x" + String($0, radix: 16) } ?? "nothing")
    case .header(let error): "the header is not valid: \(error)"
    case .metadataNotObject(let found): "__metadata__: expected an object, found \(found)"
    case .metadataNotText(let key, let found):
      "__metadata__.\(key.excerpt): expected a text, found \(found)"
    case .entryNotObject(let tensor, let found):
      "tensor \"\(tensor.excerpt)\": expected an object, found \(found)"
    case .missingField(let tensor, let field): "tensor \"\(tensor.excerpt)\": \(field) is missing"
    case .invalidField(let tensor, let field, let expected, let found):
      "tensor \"\(tensor.excerpt)\", \(field): expected \(expected), found \(found)"
    case .unknownElementType(let tensor, let found):
      "tensor \"\(tensor.excerpt)\": unknown dtype \"\(found.excerpt)\""
    case .sizeOverflow(let tensor, let shape):
      "tensor \"\(tensor.excerpt)\": the shape \(StoredTensor.text(of: shape)) is too large"
    case .partialByte(let tensor, let bits):
      "tensor \"\(tensor.excerpt)\": \(bits) bits do not fill whole bytes"
    case .reversedOffsets(let tensor, let begin, let end):
      "tensor \"\(tensor.excerpt)\": ends at \(end), before it begins at \(begin)"
    case .offsetMismatch(let tensor, let expected, let found):
      "tensor \"\(tensor.excerpt)\": must begin at byte \(expected) of the data, found \(found)"
    case .byteCount(let tensor, let expected, let found):
      "tensor \"\(tensor.excerpt)\": shape and dtype need \(expected) bytes, the offsets span \(found)"
    case .index(let detail): "the index is wrong: \(detail.excerpt(2_000))"
    case .dataCount(let expected, let found):
      "the tensors need \(expected) bytes of data, the file holds \(found); "
        + (found < expected
          ? "it is cut off, so copy or write it again"
          : "what follows the tensors does not belong there")
    }
  }
}
