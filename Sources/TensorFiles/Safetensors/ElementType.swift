/// The type of a tensor's elements, in the order in which the safetensors format lists them.
package enum ElementType: String, Hashable, Sendable, CaseIterable {
  /// One byte, 0 or 1.
  case bool = "BOOL"
  /// 4 bits: 2 of exponent, 1 of fraction.
  case f4 = "F4"
  /// 6 bits: 2 of exponent, 3 of fraction.
  case f6e2m3 = "F6_E2M3"
  /// 6 bits: 3 of exponent, 2 of fraction.
  case f6e3m2 = "F6_E3M2"
  /// A byte.
  case u8 = "U8"
  /// A signed byte.
  case i8 = "I8"
  /// 8 bits: 5 of exponent, 2 of fraction.
  case f8e5m2 = "F8_E5M2"
  /// 8 bits: 4 of exponent, 3 of fraction.
  case f8e4m3 = "F8_E4M3"
  /// 8 bits of exponent alone.
  case f8e8m0 = "F8_E8M0"
  /// ``f8e4m3`` without infinities and negative zero.
  case f8e4m3fnuz = "F8_E4M3FNUZ"
  /// ``f8e5m2`` without infinities and negative zero.
  case f8e5m2fnuz = "F8_E5M2FNUZ"
  /// A signed word of 16 bits.
  case i16 = "I16"
  /// A word of 16 bits.
  case u16 = "U16"
  /// IEEE 754 half precision.
  case f16 = "F16"
  /// The upper half of an ``f32``.
  case bf16 = "BF16"
  /// A signed word of 32 bits.
  case i32 = "I32"
  /// A word of 32 bits.
  case u32 = "U32"
  /// IEEE 754 single precision.
  case f32 = "F32"
  /// Two ``f32``: real and imaginary part.
  case c64 = "C64"
  /// IEEE 754 double precision.
  case f64 = "F64"
  /// A signed word of 64 bits.
  case i64 = "I64"
  /// A word of 64 bits.
  case u64 = "U64"

  /// The number of bits of one element.
  package var bits: Int {
    switch self {
    case .f4: 4
    case .f6e2m3, .f6e3m2: 6
    case .bool, .u8, .i8, .f8e5m2, .f8e4m3, .f8e8m0, .f8e4m3fnuz, .f8e5m2fnuz: 8
    case .i16, .u16, .f16, .bf16: 16
    case .i32, .u32, .f32: 32
    case .c64, .f64, .i64, .u64: 64
    }
  }

  /// Whether elements can be read as `Float`, if with a loss of digits.
  package var isReal: Bool {
    switch self {
    case .f16, .bf16, .f32, .f64: true
    case .bool, .f4, .f6e2m3, .f6e3m2, .u8, .i8, .f8e5m2, .f8e4m3, .f8e8m0, .f8e4m3fnuz,
      .f8e5m2fnuz, .i16, .u16, .i32, .u32, .c64, .i64, .u64:
      false
    }
  }

  /// Decodes little-endian elements.
  ///
  /// - Precondition: The type ``isReal`` and the bytes are a whole number of elements.
  package func floats(_ bytes: [UInt8]) -> [Float] {
    precondition(isReal && bytes.count % (bits / 8) == 0, "whole elements of a real type")
    switch self {
    case .f16: return Self.map(bytes, UInt16.self, Self.float(half:))
    case .bf16: return Self.map(bytes, UInt16.self) { Float(bitPattern: UInt32($0) << 16) }
    case .f64: return Self.map(bytes, UInt64.self) { Float(Double(bitPattern: $0)) }
    default: return Self.map(bytes, UInt32.self) { Float(bitPattern: $0) }
    }
  }

  /// Decodes little-endian words; bytes beyond the last whole word are left out.
  package static func words<Word: FixedWidthInteger & BitwiseCopyable>(
    _ bytes: [UInt8], _ type: Word.Type
  ) -> [Word] {
    map(bytes, type) { $0 }
  }

  @inline(__always)
  private static func map<Word: FixedWidthInteger & BitwiseCopyable, Value>(
    _ bytes: [UInt8], _ type: Word.Type, _ value: (Word) -> Value
  ) -> [Value] {
    let size = MemoryLayout<Word>.size
    return unsafe bytes.withUnsafeBytes { buffer in
      let count = buffer.count / size
      return unsafe [Value](unsafeUninitializedCapacity: count) { values, initialized in
        // Every load lies within the buffer: its index is below the number of whole words.
        for index in 0..<count {
          let word = unsafe buffer.loadUnaligned(fromByteOffset: index * size, as: type)
          unsafe values.initializeElement(at: index, to: value(Word(littleEndian: word)))
        }
        initialized = count
      }
    }
  }

  /// Encodes words, lowest byte first.
  package static func bytes<Word: FixedWidthInteger & BitwiseCopyable>(
    _ words: some Sequence<Word>
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(words.underestimatedCount * MemoryLayout<Word>.size)
    for word in words {
      for shift in stride(from: 0, to: Word.bitWidth, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: word >> Word(shift)))
      }
    }
    return bytes
  }

  /// Encodes values as little-endian F32.
  package static func bytes(_ values: some Sequence<Float>) -> [UInt8] {
    bytes(values.lazy.map(\.bitPattern))
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
}
