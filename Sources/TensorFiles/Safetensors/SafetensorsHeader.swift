/// What stands in front of a safetensors file's data: where each tensor lies, and the metadata.
package struct SafetensorsHeader: Sendable {
  /// The greatest length of a header that the reference reader accepts.
  package static let maximumLength = 100_000_000

  /// The tensors in the order of their data.
  package let tensors: [StoredTensor]

  /// The members of `__metadata__` in their order; the values are texts.
  package let metadata: [(key: String, value: String)]

  private let indices: [String: Int]

  /// The tensor of a name.
  package subscript(name: String) -> StoredTensor? { indices[name].map { tensors[$0] } }

  /// The length of the header from the file's first eight bytes.
  ///
  /// - Throws: ``SafetensorsError`` where such a header cannot be in a file of that size.
  package static func length(
    prefix: [UInt8], fileSize: Int
  ) throws(SafetensorsError) -> Int {
    guard fileSize >= 8, let claimed = LittleEndian.words(prefix, UInt64.self).first else {
      throw .tooShort(found: min(fileSize, prefix.count))
    }
    guard let length = Int(exactly: claimed), length <= maximumLength else {
      throw .headerTooLarge(limit: maximumLength, found: claimed)
    }
    guard length <= fileSize - 8 else {
      throw .headerBeyondFile(expected: 8 + length, found: fileSize)
    }
    return length
  }

  /// Checks a header, the bytes behind the first eight, against the file that it stands in.
  ///
  /// As strict as the reference reader, and stricter in two things that the format's description asks
  /// for: the first byte is `{`, and no tensor stands twice.
  ///
  /// - Throws: ``SafetensorsError`` for the first thing that is wrong.
  package init(parsing header: [UInt8], fileSize: Int) throws(SafetensorsError) {
    guard header.first == UInt8(ascii: "{") else { throw .leadingByte(found: header.first) }
    let json: JSON
    do { json = try JSON(parsing: header) } catch { throw .header(error) }
    guard case .object(let members) = json else { throw .leadingByte(found: header.first) }
    let start = 8 + header.count
    var metadata: [(key: String, value: String)] = []
    var tensors: [StoredTensor] = []
    for member in members {
      if member.key == "__metadata__" {
        metadata = try Self.metadata(member.value)
      } else {
        tensors.append(try Self.tensor(member.key, member.value, dataStart: start))
      }
    }
    // An empty tensor shares its offset with the next one and comes first.
    tensors.sort {
      ($0.bytes.lowerBound, $0.bytes.upperBound) < ($1.bytes.lowerBound, $1.bytes.upperBound)
    }
    var end = start
    for tensor in tensors {
      guard tensor.bytes.lowerBound == end else {
        throw .offsetMismatch(
          tensor: tensor.name, expected: end - start, found: tensor.bytes.lowerBound - start)
      }
      end = tensor.bytes.upperBound
    }
    guard end == fileSize else { throw .dataCount(expected: end - start, found: fileSize - start) }
    self.tensors = tensors
    self.metadata = metadata
    var indices: [String: Int] = [:]
    for (index, tensor) in tensors.enumerated() { indices[tensor.name] = index }
    self.indices = indices
  }

  private static func metadata(
    _ json: JSON
  ) throws(SafetensorsError) -> [(key: String, value: String)] {
    switch json {
    case .null: return []
    case .object(let members):
      var metadata: [(key: String, value: String)] = []
      for member in members {
        guard case .string(let text) = member.value else {
          throw .metadataNotText(key: member.key, found: member.value.kind)
        }
        metadata.append((member.key, text))
      }
      return metadata
    case .bool, .number, .string, .array: throw .metadataNotObject(found: json.kind)
    }
  }

  private static func tensor(
    _ name: String, _ json: JSON, dataStart: Int
  ) throws(SafetensorsError) -> StoredTensor {
    guard case .object = json else { throw .entryNotObject(tensor: name, found: json.kind) }
    guard case .string(let typeName) = try field("dtype", of: json, name) else {
      throw .invalidField(
        tensor: name, field: "dtype", expected: "a text", found: json["dtype"]?.kind ?? "nothing")
    }
    guard let type = ElementType(safetensors: typeName) else {
      throw .unknownElementType(tensor: name, found: typeName)
    }
    let shape = try naturals("shape", of: json, name)
    let offsets = try naturals("data_offsets", of: json, name)
    guard offsets.count == 2 else {
      throw .invalidField(
        tensor: name, field: "data_offsets", expected: "two numbers", found: "\(offsets.count)")
    }
    let (begin, end) = (offsets[0], offsets[1])
    guard begin <= end else { throw .reversedOffsets(tensor: name, begin: begin, end: end) }

    var bits = type.bits
    // The product of the extents alone must fit as well, in their order, as in the reference reader.
    var elements = 1
    var overflows = false
    for extent in shape {
      let (product, overflow) = elements.multipliedReportingOverflow(by: extent)
      elements = product
      overflows = overflows || overflow
    }
    let (product, overflow) = elements.multipliedReportingOverflow(by: bits)
    bits = product
    guard !overflows, !overflow else { throw .sizeOverflow(tensor: name, shape: shape) }
    guard bits % 8 == 0 else { throw .partialByte(tensor: name, bits: bits) }
    guard end - begin == bits / 8 else {
      throw .byteCount(tensor: name, expected: bits / 8, found: end - begin)
    }
    let (lower, lowerOverflow) = begin.addingReportingOverflow(dataStart)
    let (upper, upperOverflow) = end.addingReportingOverflow(dataStart)
    guard !lowerOverflow, !upperOverflow else { throw .sizeOverflow(tensor: name, shape: shape) }
    return StoredTensor(name: name, type: type, shape: shape, bytes: lower..<upper)
  }

  private static func field(
    _ field: String, of json: JSON, _ tensor: String
  ) throws(SafetensorsError) -> JSON {
    guard let value = json[field] else { throw .missingField(tensor: tensor, field: field) }
    return value
  }

  private static func naturals(
    _ field: String, of json: JSON, _ tensor: String
  ) throws(SafetensorsError) -> [Int] {
    let value = try self.field(field, of: json, tensor)
    guard case .array(let items) = value else {
      throw .invalidField(
        tensor: tensor, field: field, expected: "a list of whole numbers", found: value.kind)
    }
    var result: [Int] = []
    for item in items {
      guard case .number(let number) = item, let integer = number.integer, integer >= 0,
        !number.text.hasPrefix("-")
      else {
        throw .invalidField(
          tensor: tensor, field: field, expected: "whole numbers from 0", found: item.excerpt)
      }
      result.append(integer)
    }
    return result
  }
}
