extension ElementType {
  /// Every type that the safetensors format knows, in the order in which it lists them.
  package static let safetensors: [ElementType] = [
    ElementType("BOOL", .bool, bits: 8),
    ElementType("F4", .other, bits: 4),
    ElementType("F6_E2M3", .other, bits: 6),
    ElementType("F6_E3M2", .other, bits: 6),
    u8,
    ElementType("I8", .signed, bits: 8),
    ElementType("F8_E5M2", .other, bits: 8),
    ElementType("F8_E4M3", .other, bits: 8),
    ElementType("F8_E8M0", .other, bits: 8),
    ElementType("F8_E4M3FNUZ", .other, bits: 8),
    ElementType("F8_E5M2FNUZ", .other, bits: 8),
    ElementType("I16", .signed, bits: 16),
    ElementType("U16", .unsigned, bits: 16),
    f16,
    bf16,
    ElementType("I32", .signed, bits: 32),
    ElementType("U32", .unsigned, bits: 32),
    f32,
    ElementType("C64", .other, bits: 64),
    f64,
    i64,
    u64,
  ]

  /// A byte.
  package static let u8 = ElementType("U8", .unsigned, bits: 8)
  /// IEEE 754 single precision.
  package static let f32 = ElementType("F32", .float, bits: 32)
  /// A word of 64 bits.
  package static let u64 = ElementType("U64", .unsigned, bits: 64)
  /// IEEE 754 half precision.
  package static let f16 = ElementType("F16", .float, bits: 16)
  /// The upper half of an IEEE 754 single.
  package static let bf16 = ElementType("BF16", .brainFloat, bits: 16)
  /// IEEE 754 double precision.
  package static let f64 = ElementType("F64", .float, bits: 64)
  /// A signed word of 64 bits.
  package static let i64 = ElementType("I64", .signed, bits: 64)

  private static let byName = Dictionary(uniqueKeysWithValues: safetensors.map { ($0.name, $0) })

  /// The type that a safetensors header names, or nil where the format knows none of the name.
  package init?(safetensors name: String) {
    guard let type = Self.byName[name] else { return nil }
    self = type
  }
}
