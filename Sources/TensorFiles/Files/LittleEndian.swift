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
    _ words: some Collection<Word>
  ) -> [UInt8] {
    encode(words) { $0 }
  }

  /// Encodes values as IEEE 754 singles.
  package static func bytes(_ values: ArraySlice<Float>) -> [UInt8] {
    encode(values, \.bitPattern)
  }

  /// Encodes the words that a function makes of values.
  @inline(__always)
  private static func encode<Value, Word: FixedWidthInteger & BitwiseCopyable>(
    _ values: some Collection<Value>, _ word: (Value) -> Word
  ) -> [UInt8] {
    let size = MemoryLayout<Word>.size
    let count = values.count * size
    return unsafe [UInt8](unsafeUninitializedCapacity: count) { bytes, initialized in
      // Every store lies within the capacity: a collection has as many values as it says.
      let raw = UnsafeMutableRawBufferPointer(bytes)
      for value in values {
        unsafe raw.storeBytes(
          of: word(value).littleEndian, toByteOffset: initialized, as: Word.self)
        initialized += size
      }
    }
  }
}
