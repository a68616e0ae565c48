/// What one process has computed and others take over.
protocol Transferable {
  /// Appends its values.
  func write(to values: inout PackedValues)

  /// Takes on what ``write(to:)`` has appended, of a value that began like this one.
  mutating func read(from values: inout PackedValues)
}

/// A transferable value that begins empty.
protocol EmptyTransferable: Transferable {
  init()
}

/// Numbers one after the other, as they stand in memory; all processes run on processors of one kind.
struct PackedValues {
  private(set) var bytes: [UInt8]
  private var next = 0

  /// Begins with bytes to read.
  init(_ bytes: [UInt8] = []) { self.bytes = bytes }

  /// Appends numbers, and how many they are.
  mutating func append<Value: BitwiseCopyable>(_ values: [Value]) {
    append(values.count)
    unsafe values.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
  }

  /// Appends a number.
  mutating func append<Value: BitwiseCopyable>(_ value: Value) {
    unsafe withUnsafeBytes(of: value) { unsafe bytes.append(contentsOf: $0) }
  }

  /// Reads a number.
  mutating func take<Value: BitwiseCopyable>(_ type: Value.Type = Value.self) -> Value {
    let size = MemoryLayout<Value>.size
    precondition(next + size <= bytes.count, "what was written is read")
    defer { next += size }
    return unsafe bytes.withUnsafeBytes {
      unsafe $0.loadUnaligned(fromByteOffset: next, as: Value.self)
    }
  }

  /// Reads numbers.
  mutating func take<Value: BitwiseCopyable>(_ type: [Value].Type = [Value].self) -> [Value] {
    let count: Int = take()
    return (0..<count).map { _ in take() }
  }
}

extension Array: Transferable where Element: EmptyTransferable {
  func write(to values: inout PackedValues) {
    values.append(count)
    for element in self { element.write(to: &values) }
  }

  mutating func read(from values: inout PackedValues) {
    let count: Int = values.take()
    self = (0..<count).map { _ in
      var element = Element()
      element.read(from: &values)
      return element
    }
  }
}

extension Array: EmptyTransferable where Element: EmptyTransferable {}

extension Ranks {
  /// The values of all ranks in the order of ranks, each of which has computed some that began as `begin` says; nil
  /// where a rank has none, since it was stopped.
  func gather<Value: Transferable>(_ own: [Value]?, begin: () -> Value) -> [Value]? {
    var packed = PackedValues()
    if let own {
      packed.append(own.count)
      for value in own { value.write(to: &packed) }
    }
    let all = gather(packed.bytes)
    guard !all.contains(where: \.isEmpty) else { return nil }
    var values: [Value] = []
    for bytes in all {
      var packed = PackedValues(bytes)
      let count: Int = packed.take()
      for _ in 0..<count {
        var value = begin()
        value.read(from: &packed)
        values.append(value)
      }
    }
    return values
  }
}
