extension ElementType {
  private static let torchNames: [(storage: String, dtype: String, type: String)] = [
    ("FloatStorage", "float32", "F32"), ("DoubleStorage", "float64", "F64"),
    ("HalfStorage", "float16", "F16"), ("BFloat16Storage", "bfloat16", "BF16"),
    ("LongStorage", "int64", "I64"), ("IntStorage", "int32", "I32"),
    ("ShortStorage", "int16", "I16"), ("CharStorage", "int8", "I8"),
    ("ByteStorage", "uint8", "U8"), ("BoolStorage", "bool", "BOOL"),
    ("UntypedStorage", "", "U8"), ("_UntypedStorage", "", "U8"),
    ("", "uint16", "U16"), ("", "uint32", "U32"), ("", "uint64", "U64"),
    ("", "float8_e4m3fn", "F8_E4M3"), ("", "float8_e5m2", "F8_E5M2"),
    ("ComplexFloatStorage", "complex64", "C64"),
  ]

  private static let torchModules = ["torch.", "torch.cuda.", "torch.storage."]

  /// The type of the elements of a storage class such as `torch.FloatStorage`, or nil for another class.
  init?(torchStorage name: String) {
    guard let module = Self.torchModules.last(where: { name.hasPrefix($0) }) else { return nil }
    let name = name.dropFirst(module.count)
    guard let found = Self.torchNames.first(where: { !$0.storage.isEmpty && $0.storage == name })
    else { return nil }
    self.init(safetensors: found.type)
  }

  /// The type that a name such as `torch.float32` means, or nil for another name.
  init?(torch name: String) {
    guard name.hasPrefix("torch.") else { return nil }
    let name = name.dropFirst("torch.".count)
    guard let found = Self.torchNames.first(where: { !$0.dtype.isEmpty && $0.dtype == name }) else {
      return nil
    }
    self.init(safetensors: found.type)
  }

  /// The same type with the highest byte first.
  var bigEndian: ElementType { ElementType(name, kind, bits: bits, isBigEndian: true) }
}
