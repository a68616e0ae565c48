/// Paths as texts, though the system takes any bytes but zero for one.
///
/// A byte that belongs to no UTF-8 character stands as U+10FF00 and its value, the last characters for private
/// use; where a path holds one of those, its bytes do. So every path has one text, and the text leads back to it.
extension String {
  /// The text of a path that the system gave.
  package init(systemPath pointer: UnsafePointer<CChar>) {
    var bytes: [UInt8] = []
    var place = unsafe pointer
    while unsafe place.pointee != 0 {
      unsafe bytes.append(UInt8(bitPattern: place.pointee))
      unsafe place += 1
    }
    self.init(systemPath: bytes)
  }

  /// The text of the bytes of a path.
  package init(systemPath bytes: some Collection<UInt8>) {
    let bytes = Array(bytes)
    if let text = String(validating: bytes, as: UTF8.self), !text.holdsEscapes {
      self = text
      return
    }
    self = ""
    var rest = bytes[...]
    while let first = rest.first {
      let character = (1...4).lazy.filter { $0 <= rest.count }
        .compactMap { String(validating: rest.prefix($0), as: UTF8.self) }.first
      if let character, !character.holdsEscapes {
        self += character
        rest.removeFirst(character.utf8.count)
      } else {
        if let escape = Unicode.Scalar(0x10FF00 + UInt32(first)) { unicodeScalars.append(escape) }
        rest.removeFirst()
      }
    }
  }

  /// The bytes that the system knows the path by, with a zero at the end.
  package var systemPath: [CChar] {
    guard holdsEscapes else { return utf8.map(CChar.init(bitPattern:)) + [0] }
    var bytes: [CChar] = []
    for scalar in unicodeScalars {
      if let byte = scalar.escapedByte {
        bytes.append(CChar(bitPattern: byte))
      } else {
        bytes += String(scalar).utf8.map(CChar.init(bitPattern:))
      }
    }
    return bytes + [0]
  }

  private var holdsEscapes: Bool { unicodeScalars.contains { $0.escapedByte != nil } }
}

extension Unicode.Scalar {
  /// The byte of a path that it stands for, where it does.
  package var escapedByte: UInt8? {
    (0x10FF80...0x10FFFF).contains(value) ? UInt8(value & 0xFF) : nil
  }
}
