/// What calls and references in PyTorch's pickles stand for: the list of those that are understood.
enum TorchCalls {
  /// What a call becomes.
  enum Result {
    case value(PickleValue)
    case made(PickleNode)
  }

  /// What a reference to something outside the pickle becomes.
  enum Reference {
    case storage(TorchStorage)
    /// A class whose source text stands in the file, in older ones.
    case name(String)
  }

  /// What a call of a name with arguments makes; what is not on the list makes an opaque node.
  ///
  /// - Throws: ``TorchError`` where a call that makes a tensor has wrong arguments.
  static func call(
    _ callee: PickleValue, _ arguments: [PickleValue], _ nodes: [PickleNode]
  ) throws(TorchError) -> Result {
    guard case .global(let name) = callee else { return .made(PickleNode(kind: .opaque("object"))) }
    switch name {
    case "collections.OrderedDict":
      return .made(PickleNode(kind: .dictionary, items: pairs(arguments, nodes)))
    case "torch.Size":
      if let first = arguments.first, case .node(let index) = first,
        case .tuple = nodes[index].kind
      {
        return .value(first)
      }
      return opaque(name)
    case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2":
      return .made(PickleNode(kind: .tensor(try tensor(arguments, nodes, type: nil))))
    case "torch._utils._rebuild_tensor_v3":
      guard arguments.count > 6, case .global(let dtype) = arguments[6],
        let type = ElementType(torch: dtype)
      else { throw .tensor(detail: "an unknown type of elements") }
      return .made(PickleNode(kind: .tensor(try tensor(arguments, nodes, type: type))))
    case "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state",
      "torch.nn.parameter.Parameter":
      if let first = arguments.first, case .node(let index) = first,
        case .tensor = nodes[index].kind
      {
        return .value(first)
      }
      return opaque(name)
    case "copyreg._reconstructor", "copy_reg._reconstructor", "builtins.getattr",
      "__builtin__.getattr":
      // The class says more than how an object of it is made.
      if case .global(let made)? = arguments.first { return opaque(made) }
      return opaque(name)
    default: return opaque(name)
    }
  }

  /// What a reference to something outside the pickle means, or nil where it is not made as one.
  ///
  /// - Throws: ``TorchError/storage(detail:)``.
  static func persistent(
    _ id: PickleValue, _ nodes: [PickleNode]
  ) throws(TorchError) -> Reference? {
    guard case .node(let index) = id, case .tuple = nodes[index].kind else { return nil }
    let parts = nodes[index].items
    guard case .text(let what)? = parts.first else { return nil }
    if what == "module", parts.count > 1, case .global(let name) = parts[1] { return .name(name) }
    guard what == "storage", parts.count >= 5, case .global(let name) = parts[1],
      case .integer(let count) = parts[4]
    else { throw .storage(detail: "no storage") }
    let key: String
    switch parts[2] {
    case .text(let text): key = text
    case .integer(let number): key = String(number)
    default: throw .storage(detail: "its key is no text")
    }
    guard let type = ElementType(torchStorage: name) else {
      throw .storage(detail: "elements of \(name)")
    }
    guard 0...InputFile.maximumSize ~= count else {
      throw .storage(detail: "\(count) elements")
    }
    var view = 0..<count
    if parts.count > 5, case .node(let index) = parts[5], case .tuple = nodes[index].kind {
      let view3 = nodes[index].items
      guard view3.count == 3, case .integer(let offset) = view3[1],
        case .integer(let size) = view3[2], offset >= 0, size >= 0, size <= count,
        offset <= count - size
      else { throw .storage(detail: "a view beyond it") }
      view = offset..<offset + size
    }
    return .storage(TorchStorage(key: key, type: type, count: count, view: view))
  }

  private static func opaque(_ name: String) -> Result {
    .made(PickleNode(kind: .opaque(name)))
  }

  private static func tensor(
    _ arguments: [PickleValue], _ nodes: [PickleNode], type: ElementType?
  ) throws(TorchError) -> TorchTensor {
    guard arguments.count >= 4, case .node(let index) = arguments[0],
      case .storage(let storage) = nodes[index].kind, case .integer(let offset) = arguments[1],
      let shape = integers(arguments[2], nodes), let strides = integers(arguments[3], nodes)
    else { throw .tensor(detail: "its arguments are not storage, offset, shape and strides") }
    if let type, storage.type.bits != 8, type.bits != storage.type.bits {
      throw .tensor(detail: "elements of \(type.name) in a storage of \(storage.type.name)")
    }
    return try TorchTensor(storage, type: type, offset: offset, shape: shape, strides: strides)
  }

  private static func integers(_ value: PickleValue, _ nodes: [PickleNode]) -> [Int]? {
    guard case .node(let index) = value else { return nil }
    switch nodes[index].kind {
    case .tuple, .list: break
    case .dictionary, .storage, .tensor, .opaque: return nil
    }
    var result: [Int] = []
    // More extents than any tensor has need not all be read.
    for item in nodes[index].items.prefix(128) {
      guard case .integer(let value) = item else { return nil }
      result.append(value)
    }
    return result
  }

  /// The entries of an ordered dictionary that is made of a list of pairs, as Python 2 wrote it.
  private static func pairs(_ arguments: [PickleValue], _ nodes: [PickleNode]) -> [PickleValue] {
    guard let first = arguments.first, case .node(let index) = first,
      case .list = nodes[index].kind
    else { return [] }
    var items: [PickleValue] = []
    for item in nodes[index].items {
      guard case .node(let pair) = item, nodes[pair].items.count == 2 else { continue }
      switch nodes[pair].kind {
      case .tuple, .list: items += nodes[pair].items
      case .dictionary, .storage, .tensor, .opaque: break
      }
    }
    return items
  }
}
