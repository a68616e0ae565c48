/// The tensors of an HDF5 file, checked against its size, in the order in which Keras says its layers are.
struct HDF5Contents: Sendable {
  /// The greatest size of a data set that is compressed, or otherwise only the library's to read.
  private static let maximumUnpacked = 1 << 30
  /// How many times the size of the file all data sets may take together.
  private static let mostCopies = 64

  let tensors: [StoredTensor]
  let unreadable: [(name: String, error: HDF5Error)]
  let metadata: [(key: String, value: String)]

  private let source: HDF5Process.Source
  private let isUnpacked: Set<String>
  private let indices: [String: Int]

  /// Lists a file of a size.
  init(_ source: HDF5Process.Source, size: Int) throws(HDF5Error) {
    let list = try HDF5List(try HDF5Process.list(source))
    var tensors: [StoredTensor] = []
    var isUnpacked: Set<String> = []
    var total = 0
    for dataset in list.datasets {
      let (name, count) = (dataset.name, dataset.count)
      let beyond = HDF5Error.beyondFile(name: name, bytes: count, stored: dataset.stored)
      guard dataset.shape.allSatisfy({ $0 < Int.max }), dataset.stored <= size || count == 0 else {
        throw beyond
      }
      guard dataset.count == Self.byteCount(dataset) else { throw beyond }
      if let offset = dataset.offset, count > 0 {
        guard count <= dataset.stored, offset <= size, count <= size - offset else { throw beyond }
        tensors.append(Self.tensor(dataset, offset..<offset + count))
      } else {
        // No filter that is read packs more than deflate.
        guard count <= dataset.stored * Inflater.greatestRatio else { throw beyond }
        guard count <= Self.maximumUnpacked else {
          throw .tooLarge(name: name, bytes: count, limit: Self.maximumUnpacked)
        }
        isUnpacked.insert(name)
        tensors.append(Self.tensor(dataset, 0..<count))
      }
      if dataset.offset != nil { total += count }
      let limit = Self.mostCopies * size
      guard total <= limit else { throw .sharedTooOften(bytes: total, limit: limit) }
    }
    let ranks = Self.ranks(list.texts)
    let ordered = tensors.enumerated().sorted { left, right in
      let (first, second) = (ranks[left.element.name], ranks[right.element.name])
      return (first ?? .max, left.offset) < (second ?? .max, right.offset)
    }
    self.tensors = ordered.map(\.element)
    unreadable = list.refused
    metadata = ["keras_version", "backend", "model_config"].compactMap { key in
      guard let text = (list.texts[" " + key] ?? list.texts["model_weights " + key])?.first else {
        return nil
      }
      return (key, text)
    }
    self.source = source
    self.isUnpacked = isUnpacked
    indices = Dictionary(
      self.tensors.enumerated().map { ($0.element.name, $0.offset) }, uniquingKeysWith: min)
  }

  subscript(name: String) -> StoredTensor? { indices[name].map { tensors[$0] } }

  /// Starts reading a tensor; `stored` reads what stands in the file as it is.
  func reader(
    of tensor: StoredTensor, stored: (Range<Int>) -> any ByteReader
  ) throws(HDF5Error) -> any ByteReader {
    guard isUnpacked.contains(tensor.name) else { return stored(tensor.bytes) }
    guard tensor.bytes.count > 0 else { return BytesReader([][...]) }
    let bytes = try HDF5Process.bytes(of: tensor.name, count: tensor.bytes.count, in: source)
    return BytesReader(bytes[...])
  }

  private static func tensor(_ dataset: HDF5List.Dataset, _ bytes: Range<Int>) -> StoredTensor {
    StoredTensor(name: dataset.name, type: dataset.type, shape: dataset.shape, bytes: bytes)
  }

  /// The bytes that the shape takes; nil where that is no number.
  private static func byteCount(_ dataset: HDF5List.Dataset) -> Int? {
    if dataset.shape.contains(0) { return 0 }
    var count = dataset.type.bits / 8
    for extent in dataset.shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      guard !overflow else { return nil }
      count = product
    }
    return count
  }

  /// The places of tensors by `layer_names` and `weight_names`, which Keras writes.
  private static func ranks(_ texts: [String: [String]]) -> [String: Int] {
    var ranks: [String: Int] = [:]
    for prefix in ["", "model_weights"] {
      for layer in texts[prefix + " layer_names"] ?? [] {
        let group = prefix.isEmpty ? layer : prefix + "/" + layer
        for weight in texts[group + " weight_names"] ?? [] {
          let name = group + "/" + weight
          if ranks[name] == nil { ranks[name] = ranks.count }
        }
      }
    }
    return ranks
  }
}

/// Bytes that are in memory.
final class BytesReader: ByteReader {
  private var left: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { left = bytes }

  func read(upTo count: Int) throws(ReadError) -> [UInt8] {
    defer { left = left.dropFirst(count) }
    return Array(left.prefix(count))
  }
}
