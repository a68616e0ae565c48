/// How the elements of an array in a file are numbers.
package struct ElementFormat: Hashable {
  /// What the bits mean.
  package enum Kind: Hashable {
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
  }

  /// What the bits mean.
  package let kind: Kind
  /// The number of bytes of one element.
  package let size: Int
  /// Whether the highest byte comes first.
  package let isBigEndian: Bool

  /// Whether elements are whole numbers.
  package var isInteger: Bool {
    switch kind {
    case .bool, .signed, .unsigned: true
    case .float, .brainFloat: false
    }
  }

  /// Whether an element's one byte is its value.
  package var isByte: Bool { kind == .unsigned && size == 1 }

  /// Decodes elements; 64-bit integers are rounded to the nearest `Double`.
  ///
  /// - Precondition: The bytes are a whole number of elements.
  package func values(_ bytes: [UInt8]) -> [Double] {
    precondition(bytes.count % size == 0, "whole elements")
    switch size {
    case 1:
      return words(bytes, UInt8.self) {
        kind == .signed ? Double(Int8(bitPattern: $0)) : Double($0)
      }
    case 2:
      return words(bytes, UInt16.self) {
        switch kind {
        case .signed: Double(Int16(bitPattern: $0))
        case .float: Double(ElementType.float(half: $0))
        case .brainFloat: Double(Float(bitPattern: UInt32($0) << 16))
        case .unsigned, .bool: Double($0)
        }
      }
    case 4:
      return words(bytes, UInt32.self) {
        switch kind {
        case .signed: Double(Int32(bitPattern: $0))
        case .float: Double(Float(bitPattern: $0))
        case .unsigned, .bool, .brainFloat: Double($0)
        }
      }
    default:
      return words(bytes, UInt64.self) {
        switch kind {
        case .signed: Double(Int64(bitPattern: $0))
        case .float: Double(bitPattern: $0)
        case .unsigned, .bool, .brainFloat: Double($0)
        }
      }
    }
  }

  /// An element for messages; whole numbers stand without a fraction.
  package static func text(_ value: Double) -> String {
    Int(exactly: value).map(String.init) ?? "\(value)"
  }

  private func words<Word: FixedWidthInteger & BitwiseCopyable>(
    _ bytes: [UInt8], _ type: Word.Type, _ value: (Word) -> Double
  ) -> [Double] {
    ElementType.words(bytes, type).map { value(isBigEndian ? $0.byteSwapped : $0) }
  }
}

extension ElementFormat {
  /// The format of a safetensors type, or nil where elements are no numbers of whole bytes that are read.
  package init?(_ type: ElementType) {
    let kind: Kind
    switch type {
    case .bool: kind = .bool
    case .u8, .u16, .u32, .u64: kind = .unsigned
    case .i8, .i16, .i32, .i64: kind = .signed
    case .f16, .f32, .f64: kind = .float
    case .bf16: kind = .brainFloat
    case .f4, .f6e2m3, .f6e3m2, .f8e5m2, .f8e4m3, .f8e8m0, .f8e4m3fnuz, .f8e5m2fnuz, .c64:
      return nil
    }
    self.init(kind: kind, size: type.bits / 8, isBigEndian: false)
  }
}
