/// A word, lowest byte first.
package func le<Word: FixedWidthInteger>(_ word: Word) -> [UInt8] {
  stride(from: 0, to: Word.bitWidth, by: 8).map { UInt8(truncatingIfNeeded: word >> Word($0)) }
}

/// A .npy file with a header that is padded as NumPy pads it.
package func npy(_ header: String, _ data: [UInt8], version: UInt8 = 1) -> [UInt8] {
  let prefix = version == 1 ? 10 : 12
  let padding = (64 - (prefix + header.utf8.count + 1) % 64) % 64
  let text = Array((header + String(repeating: " ", count: padding) + "\n").utf8)
  return rawNPY(text, data, version: version)
}

/// A .npy file with just these bytes as its header.
package func rawNPY(_ header: [UInt8], _ data: [UInt8], version: UInt8 = 1) -> [UInt8] {
  [0x93] + Array("NUMPY".utf8) + [version, 0]
    + (version == 1 ? le(UInt16(header.count)) : le(UInt32(header.count))) + header + data
}

/// The dictionary of an array's header.
package func npyHeader(_ descr: String, _ shape: String, fortran: String = "False") -> String {
  "{'descr': '\(descr)', 'fortran_order': \(fortran), 'shape': \(shape), }"
}
