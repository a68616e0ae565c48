/// What goes into a safetensors file.
package struct SafetensorsContents: Sendable {
  /// One tensor to be written.
  package struct Tensor: Sendable {
    /// The name.
    package let name: String
    /// The type of its elements.
    package let type: ElementType
    /// The extents, outermost first; empty for a single value.
    package let shape: [Int]
    /// The elements, row-major, each lowest byte first.
    package let bytes: [UInt8]

    /// Creates a tensor.
    ///
    /// - Precondition: The bytes are what shape and type need.
    package init(_ name: String, _ type: ElementType, _ shape: [Int], _ bytes: [UInt8]) {
      precondition(shape.reduce(1, *) * type.bits == bytes.count * 8, "bytes for each element")
      self.name = name
      self.type = type
      self.shape = shape
      self.bytes = bytes
    }
  }

  /// The tensors, in any order.
  package var tensors: [Tensor]
  /// The members of `__metadata__`.
  package var metadata: [(key: String, value: String)]

  /// Creates contents.
  package init(tensors: [Tensor], metadata: [(key: String, value: String)]) {
    self.tensors = tensors
    self.metadata = metadata
  }

  /// The file's bytes, laid out as the reference writer does: tensors by descending type, then by name,
  /// and the header padded with spaces to a multiple of eight bytes.
  ///
  /// - Precondition: No two tensors and no two keys have the same name.
  package var encoded: [UInt8] {
    precondition(
      Set(tensors.map(\.name)).count == tensors.count
        && Set(metadata.map(\.key)).count == metadata.count, "names are unique")
    var ranks: [ElementType: Int] = [:]
    for (rank, type) in ElementType.safetensors.enumerated() { ranks[type] = rank }
    let sorted = tensors.sorted {
      let (left, right) = (ranks[$0.type] ?? 0, ranks[$1.type] ?? 0)
      return left != right
        ? left > right : $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
    }
    var members: [JSON.Member] = []
    if !metadata.isEmpty {
      let entries = metadata.map { JSON.Member($0.key, .string($0.value)) }
      members.append(JSON.Member("__metadata__", .object(entries)))
    }
    var offset = 0
    for tensor in sorted {
      let end = offset + tensor.bytes.count
      members.append(
        JSON.Member(
          tensor.name,
          .object([
            JSON.Member("dtype", .string(tensor.type.name)),
            JSON.Member("shape", .array(tensor.shape.map { .integer($0) })),
            JSON.Member("data_offsets", .array([.integer(offset), .integer(end)])),
          ])))
      offset = end
    }
    var header = Array(JSON.object(members).text.utf8)
    header += repeatElement(UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
    var bytes = LittleEndian.bytes(CollectionOfOne(UInt64(header.count)))
    bytes.reserveCapacity(8 + header.count + offset)
    bytes += header
    for tensor in sorted { bytes += tensor.bytes }
    return bytes
  }
}
