/// The named tensors that a pickle holds, found by walking through its containers.
struct TorchContents {
  /// The deepest container that is looked into; training frameworks nest five or six.
  static let maximumDepth = 32
  /// The most tensors that are read; there is one member of an archive for each.
  static let maximumTensors = 1 << 16
  /// The longest name that is read, in bytes.
  private static let maximumName = 1_024
  /// The most values and objects beside tensors that are kept.
  private static let maximumNotes = 64

  /// The tensors in the order of the pickle, named by the keys that lead to them, points between.
  private(set) var tensors: [(name: String, tensor: TorchTensor)] = []
  /// Numbers and texts beside the tensors.
  private(set) var notes: [(key: String, value: String)] = []
  /// Python objects, by the keys that lead to them and the name of what makes them.
  private(set) var objects: [(name: String, maker: String)] = []

  /// The size of an element of each storage that the pickle refers to, in bytes.
  private(set) var storageSizes: [String: Int] = [:]

  private var names: Set<String> = []

  /// Walks through what a pickle is of; a container that stands in two places counts for the first.
  ///
  /// - Throws: ``TorchError``.
  init(_ root: PickleValue, in nodes: [PickleNode]) throws(TorchError) {
    for node in nodes {
      guard case .storage(let storage) = node.kind else { continue }
      storageSizes[storage.key] = storage.type.bits / 8
    }
    struct Place {
      let value: PickleValue
      let name: String
      let depth: Int
    }
    var places = [Place(value: root, name: "", depth: 0)]
    var visited: Set<Int> = []
    while let place = places.popLast() {
      guard case .node(let index) = place.value else {
        note(place.value, place.name)
        continue
      }
      let node = nodes[index]
      var inner: [(key: String, value: PickleValue)] = []
      switch node.kind {
      case .tensor(let tensor): try add(tensor, place.name)
      case .opaque(let maker):
        if objects.count < Self.maximumNotes { objects.append((place.name, maker)) }
      case .storage: break
      case .tuple, .list:
        guard visited.insert(index).inserted else { continue }
        inner = node.items.enumerated().map { (String($0.offset), $0.element) }
      case .dictionary:
        guard visited.insert(index).inserted else { continue }
        inner = Self.entries(node.items)
      }
      guard inner.isEmpty || place.depth < Self.maximumDepth else {
        throw .tooDeep(limit: Self.maximumDepth)
      }
      for (key, value) in inner.reversed() {
        let name = place.name.isEmpty ? key : place.name + "." + key
        guard name.utf8.count <= Self.maximumName else { throw .nameTooLong }
        places.append(Place(value: value, name: name, depth: place.depth + 1))
      }
    }
  }

  private mutating func add(_ tensor: TorchTensor, _ name: String) throws(TorchError) {
    guard tensors.count < Self.maximumTensors else {
      throw .tooManyTensors(limit: Self.maximumTensors)
    }
    let name = name.isEmpty ? "tensor" : name
    guard names.insert(name).inserted else { throw .duplicateName(name) }
    tensors.append((name, tensor))
  }

  private mutating func note(_ value: PickleValue, _ name: String) {
    guard notes.count < Self.maximumNotes, !name.isEmpty else { return }
    switch value {
    case .bool(let value): notes.append((name, value ? "True" : "False"))
    case .integer(let value): notes.append((name, String(value)))
    case .real(let value): notes.append((name, "\(value)"))
    case .text(let value): notes.append((name, String(value.prefix(1_024))))
    case .none, .global, .node: break
    }
  }

  /// The entries of a dictionary whose keys can be part of a name; of two with one key, the later.
  private static func entries(_ items: [PickleValue]) -> [(key: String, value: PickleValue)] {
    var entries: [(key: String, value: PickleValue)] = []
    var indices: [String: Int] = [:]
    for index in stride(from: 0, to: items.count - 1, by: 2) {
      let key: String
      switch items[index] {
      case .text(let text): key = text
      case .integer(let number): key = String(number)
      case .none, .bool, .real, .global, .node: continue
      }
      if let known = indices[key] {
        entries[known].value = items[index + 1]
      } else {
        indices[key] = entries.count
        entries.append((key, items[index + 1]))
      }
    }
    return entries
  }
}
