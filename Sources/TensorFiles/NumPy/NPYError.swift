/// A way in which a .npy file, or an array in an .npz archive, is wrong; offsets count bytes of the header.
public enum NPYError: FormatError {
  /// The array does not start with the six bytes that all arrays start with.
  case magic(found: [UInt8])
  /// The format's version is none of 1.0, 2.0 and 3.0.
  case version(major: UInt8, minor: UInt8)
  /// The array ends inside its header.
  case headerCutOff(expected: Int, found: Int)
  /// The header is longer than any reader accepts.
  case headerTooLarge(limit: Int, found: Int)
  /// The header is not the text of a Python dictionary of plain values.
  case syntax(offset: Int, expected: String)
  /// The header's text is not UTF-8.
  case notText
  /// The dictionary lacks a key.
  case missingKey(String)
  /// The dictionary has a key that the format does not define.
  case unknownKey(String)
  /// The dictionary has a key twice.
  case duplicateKey(String)
  /// The value of a key is not of the type that it must be.
  case valueType(key: String, expected: String, found: String)
  /// An extent of the shape is not a whole number from 0.
  case extent(found: String)
  /// The shape has more dimensions than NumPy allows.
  case dimensions(limit: Int, found: Int)
  /// The elements are Python objects, which would have to be unpickled.
  case objects
  /// The element type is not known.
  case elementType(found: String)
  /// The size in bytes does not fit in an integer.
  case sizeOverflow(shape: [Int])
  /// There are fewer bytes than shape and element type need.
  case tooShort(expected: Int, found: Int)
  /// In an archive, bytes follow the array; a file may have them.
  case trailingBytes(expected: Int, found: Int)
}

extension NPYError {
  /// What is wrong, what was expected and what was found.
  public var description: String {
    switch self {
    case .magic(let found):
      "not a NumPy array: expected it to start with \\x93NUMPY, found bytes \(found)"
    case .version(let major, let minor):
      "version \(major).\(minor) of the format; expected 1.0, 2.0 or 3.0"
    case .headerCutOff(let expected, let found):
      "the header should end at byte \(expected), but there are \(found) bytes"
    case .headerTooLarge(let limit, let found):
      "the header claims \(found) bytes, and at most \(limit) are read"
    case .syntax(let offset, let expected):
      "expected \(expected) at byte \(offset) of the header"
    case .notText: "the header is not UTF-8"
    case .missingKey(let key): "the header lacks \"\(key)\""
    case .unknownKey(let key):
      "the header has \"\(key.excerpt)\"; expected only descr, fortran_order and shape"
    case .duplicateKey(let key): "the header has \"\(key.excerpt)\" twice"
    case .valueType(let key, let expected, let found):
      "\"\(key)\": expected \(expected), found \(found)"
    case .extent(let found): "\"shape\": expected whole numbers from 0, found \(found)"
    case .dimensions(let limit, let found):
      "\"shape\": \(found) dimensions, and at most \(limit) are possible"
    case .objects:
      "the elements are Python objects, which are not read, since that could run code; "
        + "save numbers instead"
    case .elementType(let found): "\"descr\": element type \"\(found.excerpt)\" is not known"
    case .sizeOverflow(let shape):
      "the shape \(StoredTensor.text(of: shape)) is beyond what any file can hold"
    case .tooShort(let expected, let found):
      "shape and element type need \(expected) bytes, found \(found)"
    case .trailingBytes(let expected, let found):
      "shape and element type need \(expected) bytes, but the archive holds \(found)"
    }
  }
}
