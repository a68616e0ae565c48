/// Builds PyTorch files, right and wrong ones: a pickle of a dictionary of tensors, and the storages.
package struct TorchBuilder {
  /// One tensor of the dictionary.
  package struct Tensor {
    package var name: String
    package var shape: [Int]
    package var strides: [Int]
    package var offset = 0
    package var storage = "0"
    /// The class of the storage.
    package var type = "FloatStorage"
    /// The number of elements that the pickle says.
    package var count: Int
    package var function = "_rebuild_tensor_v2"

    /// A tensor of floats that is its storage.
    package init(_ name: String, _ shape: [Int], storage: String = "0") {
      self.name = name
      self.shape = shape
      self.storage = storage
      strides = shape.indices.map { shape[($0 + 1)...].reduce(1, *) }
      count = shape.reduce(1, *)
    }
  }

  package var tensors: [Tensor]
  /// The bytes of each storage, in the order of the file.
  package var storages: [(key: String, bytes: [UInt8])]
  package var byteOrder: String? = "little"
  package var others: [ZipBuilder.Member] = []
  /// The pickle in place of that of the tensors.
  package var pickle: [UInt8]?

  package init(_ tensors: [Tensor], storages: [(key: String, bytes: [UInt8])]) {
    self.tensors = tensors
    self.storages = storages
  }

  /// One matrix of floats.
  package static func matrix(_ values: [Float], _ shape: [Int]) -> TorchBuilder {
    TorchBuilder(
      [Tensor("weight", shape)], storages: [("0", values.flatMap { le($0.bitPattern) })])
  }

  /// The layout since PyTorch 1.6.
  package var archive: ZipBuilder {
    var members = [ZipBuilder.Member("x/data.pkl", pickle ?? dictionary)]
    if let byteOrder { members.append(.init("x/byteorder", Array(byteOrder.utf8))) }
    members += storages.map { .init("x/data/" + $0.key, $0.bytes) }
    members.append(.init("x/version", Array("3\n".utf8)))
    return ZipBuilder(members: members + others)
  }

  /// The layout before, where each storage has elements of a size.
  package func legacy(elementSize: Int = 4, version: Int = 1_001, little: Bool = true) -> [UInt8] {
    let system =
      Pickle.proto + [0x7D] + Pickle.text("little_endian") + [little ? 0x88 : 0x89, 0x73, 0x2E]
    let keys =
      Pickle.proto + [0x5D, 0x28] + storages.flatMap { Pickle.text($0.key) } + [0x65, 0x2E]
    return Pickle.magic + Pickle.proto + Pickle.integer(version) + [0x2E] + system
      + (pickle ?? dictionary) + keys
      + storages.flatMap { le(Int64($0.bytes.count / elementSize)) + $0.bytes }
  }

  private var dictionary: [UInt8] {
    Pickle.proto + Pickle.global("collections", "OrderedDict") + Pickle.emptyTuple + [0x52, 0x28]
      + tensors.flatMap { Pickle.text($0.name) + Self.pickle($0) } + [0x75, 0x2E]
  }

  /// The instructions that make a tensor.
  package static func pickle(_ tensor: Tensor) -> [UInt8] {
    let id =
      [0x28] + Pickle.text("storage") + Pickle.global("torch", tensor.type)
      + Pickle.text(tensor.storage) + Pickle.text("cpu") + Pickle.integer(tensor.count)
      + [0x74, 0x51]
    return Pickle.global("torch._utils", tensor.function) + [0x28] + id
      + Pickle.integer(tensor.offset) + Pickle.tuple(tensor.shape) + Pickle.tuple(tensor.strides)
      + [0x89] + Pickle.global("collections", "OrderedDict") + Pickle.emptyTuple + [0x52]
      + [0x74, 0x52]
  }
}

/// Instructions of pickles.
package enum Pickle {
  package static let proto: [UInt8] = [0x80, 2]
  package static let emptyTuple: [UInt8] = [0x29]
  package static let magic: [UInt8] = [
    0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E,
  ]

  package static func global(_ module: String, _ name: String) -> [UInt8] {
    [0x63] + Array("\(module)\n\(name)\n".utf8)
  }

  package static func text(_ text: String) -> [UInt8] {
    [0x58] + le(UInt32(text.utf8.count)) + Array(text.utf8)
  }

  /// A whole number in eight bytes.
  package static func integer(_ value: Int) -> [UInt8] { [0x8A, 8] + le(Int64(value)) }

  package static func tuple(_ values: [Int]) -> [UInt8] {
    [0x28] + values.flatMap(integer) + [0x74]
  }
}
