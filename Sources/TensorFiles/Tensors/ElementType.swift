/// The type of a tensor's elements, whatever the format of its file.
public struct ElementType: Hashable, Sendable {
  /// What the bits of an element mean.
  public enum Kind: Hashable, Sendable {
    /// One byte, 0 or 1.
    case bool
    /// A whole number in two's complement.
    case signed
    /// A whole number from 0.
    case unsigned
    /// IEEE 754.
    case float
    /// The upper half of an IEEE 754 single.
    case brainFloat
    /// Something that is not read as a number: a text, a structure, a complex number, a float of 8 bits.
    case other
  }

  /// What the file calls the type, such as `F32` or `<f4`.
  public let name: String
  /// What the bits mean.
  public let kind: Kind
  /// The number of bits of one element.
  public let bits: Int
  /// Whether the highest byte comes first.
  public let isBigEndian: Bool

  init(_ name: String, _ kind: Kind, bits: Int, isBigEndian: Bool = false) {
    self.name = name
    self.kind = kind
    self.bits = bits
    self.isBigEndian = isBigEndian
  }

  /// Whether elements are read as numbers.
  public var isNumber: Bool { kind != .other }

  /// Whether elements are whole numbers.
  public var isInteger: Bool {
    switch kind {
    case .bool, .signed, .unsigned: true
    case .float, .brainFloat, .other: false
    }
  }

  /// Whether elements are floating-point numbers.
  public var isReal: Bool { isNumber && !isInteger }

  /// Whether an element's one byte is its value.
  package var isByte: Bool { kind == .unsigned && bits == 8 }
}

// MARK: - Decoding

extension ElementType {
  /// Decodes elements, rounded to the nearest `Float`.
  ///
  /// - Precondition: The type ``isNumber`` and the bytes are a whole number of elements.
  package func floats(_ bytes: [UInt8]) -> [Float] { decoded(bytes) }

  /// Decodes elements, 64-bit integers rounded to the nearest `Double`.
  ///
  /// - Precondition: The type ``isNumber`` and the bytes are a whole number of elements.
  package func doubles(_ bytes: [UInt8]) -> [Double] { decoded(bytes) }

  @inline(__always)
  private func decoded<Value: BinaryFloatingPoint>(_ bytes: [UInt8]) -> [Value] {
    precondition(isNumber && bytes.count % (bits / 8) == 0, "whole numbers' bytes")
    return switch (kind, bits) {
    case (.float, 16): map(bytes, UInt16.self) { Value(Self.float(half: $0)) }
    case (.float, 32): map(bytes, UInt32.self) { Value(Float(bitPattern: $0)) }
    case (.float, _): map(bytes, UInt64.self) { Value(Double(bitPattern: $0)) }
    case (.brainFloat, _):
      map(bytes, UInt16.self) { Value(Float(bitPattern: UInt32($0) << 16)) }
    case (.signed, 8): map(bytes, UInt8.self) { Value(Int8(bitPattern: $0)) }
    case (.signed, 16): map(bytes, UInt16.self) { Value(Int16(bitPattern: $0)) }
    case (.signed, 32): map(bytes, UInt32.self) { Value(Int32(bitPattern: $0)) }
    case (.signed, _): map(bytes, UInt64.self) { Value(Int64(bitPattern: $0)) }
    case (_, 8): map(bytes, UInt8.self) { Value($0) }
    case (_, 16): map(bytes, UInt16.self) { Value($0) }
    case (_, 32): map(bytes, UInt32.self) { Value($0) }
    case (_, _): map(bytes, UInt64.self) { Value($0) }
    }
  }

  @inline(__always)
  private func map<Word: FixedWidthInteger & BitwiseCopyable, Value>(
    _ bytes: [UInt8], _ type: Word.Type, _ value: (Word) -> Value
  ) -> [Value] {
    guard isBigEndian else { return LittleEndian.map(bytes, type, value) }
    return LittleEndian.map(bytes, type) { value($0.byteSwapped) }
  }

  /// The value of an IEEE 754 half; `Float16` itself does not exist on every platform.
  package static func float(half: UInt16) -> Float {
    let sign = UInt32(half & 0x8000) << 16
    let exponent = UInt32(half >> 10 & 0x1F)
    let fraction = UInt32(half & 0x3FF)
    switch exponent {
    case 0:
      // Zero or subnormal: fraction · 2⁻²⁴, which a Float holds exactly.
      let magnitude = Float(fraction) * 0x1p-24
      return Float(bitPattern: magnitude.bitPattern | sign)
    case 0x1F: return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
    default: return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
    }
  }

  /// An element for messages; whole numbers stand without a fraction.
  package static func text(_ value: Double) -> String {
    Int(exactly: value).map(String.init) ?? "\(value)"
  }
}
