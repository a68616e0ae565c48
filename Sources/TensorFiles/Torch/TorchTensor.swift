/// What a pickle says of a piece of tensor data, which stands elsewhere in the file.
struct TorchStorage: Hashable, Sendable {
  /// The name of the data; a text of strangers.
  let key: String
  /// The type of its elements.
  let type: ElementType
  /// The number of its elements, as the pickle says.
  let count: Int
  /// Where a view of it begins and how many elements it has; the whole where there is none.
  let view: Range<Int>
}

/// A tensor as a pickle describes it, checked against the storage that it claims.
struct TorchTensor: Hashable, Sendable {
  /// The most extents of a tensor.
  private static let maximumRank = 64

  let storage: TorchStorage
  let type: ElementType
  /// Where the first element stands in the storage.
  let offset: Int
  let shape: [Int]
  /// By how many elements each index moves on.
  let strides: [Int]
  /// The number of elements.
  let count: Int
  /// The number of elements of the storage from the first to the last.
  let span: Int

  /// Checks a tensor: every element lies in the storage, and no product overflows.
  ///
  /// - Throws: ``TorchError``.
  init(
    _ storage: TorchStorage, type: ElementType? = nil, offset: Int, shape: [Int], strides: [Int]
  ) throws(TorchError) {
    let type = type ?? storage.type
    guard shape.count == strides.count, shape.count <= Self.maximumRank else {
      throw .tensor(detail: "\(shape.count) extents and \(strides.count) strides")
    }
    guard offset >= 0, shape.allSatisfy({ $0 >= 0 }), strides.allSatisfy({ $0 >= 0 }) else {
      throw .tensor(detail: "a negative offset, extent or stride")
    }
    // Storages of bytes hold elements of any type.
    let scale = type.bits == storage.type.bits ? 1 : type.bits / 8
    let limit = storage.view.count / scale
    let beyond = TorchError.beyondStorage(
      offset: offset, shape: shape, strides: strides, count: limit)
    let isEmpty = shape.contains(0)
    var count = 1
    var last = 0
    for (extent, stride) in zip(shape, strides) where !isEmpty {
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      let (reach, overreach) = (extent - 1).multipliedReportingOverflow(by: stride)
      let (sum, excess) = last.addingReportingOverflow(reach)
      guard !overflow, !overreach, !excess, sum < limit else { throw beyond }
      (count, last) = (product, sum)
    }
    let span = isEmpty ? 0 : last + 1
    guard offset <= limit - span else { throw beyond }
    self.storage = storage
    self.type = type
    self.offset = storage.view.lowerBound / scale + offset
    self.shape = shape
    self.strides = strides
    self.count = isEmpty ? 0 : count
    self.span = span
  }

  /// Whether elements share memory.
  var overlaps: Bool {
    guard count > 0 else { return false }
    var reach = 0
    for (stride, extent) in zip(strides, shape).sorted(by: { $0.0 < $1.0 }) where extent > 1 {
      guard stride > reach else { return true }
      reach += (extent - 1) * stride
    }
    return false
  }

  /// Whether elements stand one after the other, the last index varying fastest.
  var isContiguous: Bool {
    guard count > 0 else { return true }
    var step = 1
    for (extent, stride) in zip(shape, strides).reversed() where extent > 1 {
      guard stride == step else { return false }
      step *= extent
    }
    return true
  }

  /// Whether the tensor is its storage.
  var isWhole: Bool {
    isContiguous && offset == 0 && span * type.bits == storage.count * storage.type.bits
  }
}
