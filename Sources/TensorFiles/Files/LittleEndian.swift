/// Words as bytes, the lowest byte first.
package enum LittleEndian {
  /// Decodes words; bytes beyond the last whole word are left out.
  package static func words<Word: FixedWidthInteger & BitwiseCopyable>(
    _ bytes: [UInt8], _ type: Word.Type
  ) -> [Word] {
    map(bytes, type) { $0 }
  }

  /// Decodes words and hands each to a function.
  @inline(__always)
  static func map<Word: FixedWidthInteger & BitwiseCopyable, Value>(
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

  /// Encodes words.
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

  /// Encodes values as IEEE 754 singles.
  package static func bytes(_ values: some Sequence<Float>) -> [UInt8] {
    bytes(values.lazy.map(\.bitPattern))
  }
}
