extension ElementType {
  /// Whether elements are NumPy's texts of one length: characters of four bytes (`U`), or bytes (`S`).
  package var isText: Bool { kind == .other && bits > 0 && letter != nil }

  /// The letter of a type of texts.
  private var letter: Character? {
    let rest = name.drop { "<>|=".contains($0) }
    guard let first = rest.first, "USa".contains(first), rest.dropFirst().allSatisfy(\.isNumber)
    else { return nil }
    return first
  }

  /// Decodes texts, which end before the zeros that fill them up; what is no character is U+FFFD.
  ///
  /// - Precondition: The type ``isText`` and the bytes are a whole number of elements.
  package func texts(_ bytes: [UInt8]) -> [String] {
    precondition(isText && bytes.count % (bits / 8) == 0, "whole texts' bytes")
    let isWide = letter == "U"
    return stride(from: 0, to: bytes.count, by: bits / 8).map { start in
      let element = bytes[start..<start + bits / 8]
      return isWide ? wideText(element) : Self.text(element)
    }
  }

  private static func text(_ element: ArraySlice<UInt8>) -> String {
    let end = element.lastIndex { $0 != 0 }.map { $0 + 1 } ?? element.startIndex
    return String(decoding: element[..<end], as: UTF8.self)
  }

  private func wideText(_ element: ArraySlice<UInt8>) -> String {
    var scalars = String.UnicodeScalarView()
    var waiting = 0
    for value in LittleEndian.words(Array(element), UInt32.self) {
      let value = isBigEndian ? value.byteSwapped : value
      guard value != 0 else {
        waiting += 1
        continue
      }
      // A zero that is not at the end is part of the text.
      for _ in 0..<waiting { scalars.append("\0") }
      waiting = 0
      scalars.append(Unicode.Scalar(value) ?? "\u{FFFD}")
    }
    return String(scalars)
  }
}
