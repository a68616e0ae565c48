/// Reads one pickle as symbols, as far as PyTorch writes them.
///
/// Names of classes and functions stay names, calls of those on the list of ``TorchCalls`` become containers
/// and tensors, and any other call an opaque node. Nothing of the file is run.
struct PickleMachine {
  /// The most values that a pickle makes; each takes a byte at least.
  static let maximumValues = 1 << 22

  /// The containers and objects, in the order in which they were made.
  private(set) var nodes: [PickleNode] = []

  private let source: PickleSource
  private var stack: [PickleValue] = []
  private var marks: [Int] = []
  private var memo: [Int: PickleValue] = [:]
  private var values = 0

  init(_ source: PickleSource) { self.source = source }

  /// Reads up to the end of the pickle.
  ///
  /// - Returns: What the pickle is of.
  /// - Throws: ``ReadError`` of a ``TorchError``, or what reading the file throws.
  mutating func run() throws(ReadError) -> PickleValue {
    while true {
      let position = source.position
      let code = try source.byte()
      // Each instruction leaves at most one value more.
      values += 1
      guard values <= Self.maximumValues else {
        throw source.failure(.tooManyValues(limit: Self.maximumValues))
      }
      guard let instruction = PickleInstruction(rawValue: code) else {
        throw source.failure(.instruction(code, at: position))
      }
      if instruction == .stop { return try pop() }
      try apply(instruction)
    }
  }

  private mutating func apply(_ instruction: PickleInstruction) throws(ReadError) {
    switch instruction {
    case .proto: _ = try source.byte()
    case .frame: _ = try source.number(8)
    case .stop: break
    case .mark: marks.append(stack.count)
    case .pop: _ = try pop()
    case .popMark: _ = try popItems()
    case .duplicate: push(try top())
    case .none: push(.none)
    case .newTrue: push(.bool(true))
    case .newFalse: push(.bool(false))
    case .binInt: push(.integer(Int(Int32(truncatingIfNeeded: try source.number(4)))))
    case .binInt1: push(.integer(Int(try source.number(1))))
    case .binInt2: push(.integer(Int(try source.number(2))))
    case .long1: push(long(try source.bytes(Int(try source.number(1)))))
    case .long4: push(long(try source.bytes(try count(4))))
    case .binFloat: push(.real(Double(bitPattern: try source.number(8).byteSwapped)))
    case .shortBinUnicode: push(.text(try text(1)))
    case .binUnicode: push(.text(try text(4)))
    case .binUnicode8: push(.text(try text(8)))
    case .shortBinString: push(.text(try latin(1)))
    case .binString: push(.text(try latin(4)))
    case .shortBinBytes: try pushBytes(1)
    case .binBytes: try pushBytes(4)
    case .binBytes8: try pushBytes(8)
    case .emptyTuple: add(.tuple, [])
    case .emptyList: add(.list, [])
    case .emptyDictionary: add(.dictionary, [])
    case .emptySet: add(.opaque("set"), [])
    case .tuple: add(.tuple, try popItems())
    case .tuple1: add(.tuple, try pop(1))
    case .tuple2: add(.tuple, try pop(2))
    case .tuple3: add(.tuple, try pop(3))
    case .list: add(.list, try popItems())
    case .dictionary: add(.dictionary, try pairs(popItems()))
    case .frozenSet:
      _ = try popItems()
      add(.opaque("frozenset"), [])
    case .binPut: memo[try count(1)] = try top()
    case .longBinPut: memo[try count(4)] = try top()
    case .memoize: memo[memo.count] = try top()
    case .binGet: try recall(try count(1))
    case .longBinGet: try recall(try count(4))
    case .global: push(.global(try name(source.line()) + "." + name(source.line())))
    case .stackGlobal:
      guard case .text(let name) = try pop(), case .text(let module) = try pop() else {
        throw source.failure(.wrongTarget(instruction: "STACK_GLOBAL", found: "no texts"))
      }
      push(.global(module + "." + name))
    case .binPersistentID: try persistent()
    case .reduce, .newObject: try call()
    case .newObjectWithKeywords:
      _ = try pop()
      try call()
    case .build:
      _ = try pop()
      try change("BUILD", [])
    case .append: try change("APPEND", [try pop()])
    case .appends: try change("APPENDS", try popItems())
    case .addItems:
      _ = try popItems()
      try change("ADDITEMS", [])
    case .setItem: try change("SETITEM", try pop(2))
    case .setItems: try change("SETITEMS", try pairs(popItems()))
    }
  }

  // MARK: - Stack and memo

  private mutating func push(_ value: PickleValue) { stack.append(value) }

  private mutating func add(_ kind: PickleNode.Kind, _ items: [PickleValue]) {
    nodes.append(PickleNode(kind: kind, items: items))
    push(.node(nodes.count - 1))
  }

  private var underflow: ReadError { source.failure(.stack(at: source.position)) }

  private func top() throws(ReadError) -> PickleValue {
    guard let value = stack.last, stack.count > marks.last ?? 0 else { throw underflow }
    return value
  }

  private mutating func pop() throws(ReadError) -> PickleValue {
    let value = try top()
    stack.removeLast()
    return value
  }

  private mutating func pop(_ count: Int) throws(ReadError) -> [PickleValue] {
    guard stack.count - (marks.last ?? 0) >= count else { throw underflow }
    defer { stack.removeLast(count) }
    return Array(stack.suffix(count))
  }

  /// What was pushed since the last mark.
  private mutating func popItems() throws(ReadError) -> [PickleValue] {
    guard let mark = marks.popLast() else { throw underflow }
    defer { stack.removeLast(stack.count - mark) }
    return Array(stack[mark...])
  }

  private func pairs(_ items: [PickleValue]) throws(ReadError) -> [PickleValue] {
    guard items.count % 2 == 0 else { throw underflow }
    return items
  }

  private mutating func recall(_ index: Int) throws(ReadError) {
    guard let value = memo[index] else { throw source.failure(.memo(index: index)) }
    push(value)
  }

  // MARK: - Literals

  private func count(_ size: Int) throws(ReadError) -> Int {
    guard let count = Int(exactly: try source.number(size)) else {
      throw source.failure(.pickleTooLarge)
    }
    return count
  }

  private func text(_ size: Int) throws(ReadError) -> String {
    let bytes = try source.bytes(try count(size))
    guard let text = String(validating: bytes, as: UTF8.self) else { throw source.failure(.text) }
    return text
  }

  /// A text of Python 2, whose bytes above 127 nobody knows the meaning of.
  private func latin(_ size: Int) throws(ReadError) -> String {
    let bytes = try source.bytes(try count(size))
    return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
  }

  private func name(_ bytes: [UInt8]) throws(ReadError) -> String {
    guard let name = String(validating: bytes, as: UTF8.self) else { throw source.failure(.text) }
    return name
  }

  private mutating func pushBytes(_ size: Int) throws(ReadError) {
    _ = try source.bytes(try count(size))
    add(.opaque("bytes"), [])
  }

  /// A whole number of any length; one of more than 64 bits is no size of anything.
  private mutating func long(_ bytes: [UInt8]) -> PickleValue {
    guard let last = bytes.last else { return .integer(0) }
    let fill: UInt8 = last >= 0x80 ? 0xFF : 0
    guard bytes.dropFirst(8).allSatisfy({ $0 == fill }),
      bytes.count <= 8 || (bytes[7] >= 0x80) == (fill != 0)
    else { return .text(bytes.reversed().map { String($0, radix: 16) }.joined()) }
    let padded = bytes.prefix(8) + repeatElement(fill, count: max(0, 8 - bytes.count))
    return .integer(LittleEndian.words(Array(padded), Int64.self).first.map { Int($0) } ?? 0)
  }

  // MARK: - Objects

  private mutating func persistent() throws(ReadError) {
    let found = try pop()
    do throws(TorchError) {
      guard let result = try TorchCalls.persistent(found, nodes) else {
        throw .storage(detail: "no tuple with what it is")
      }
      switch result {
      case .storage(let storage): add(.storage(storage), [])
      case .name(let name): push(.global(name))
      }
    } catch {
      throw source.failure(error)
    }
  }

  private mutating func call() throws(ReadError) {
    let arguments = try pop()
    let callee = try pop()
    guard case .node(let index) = arguments, case .tuple = nodes[index].kind else {
      throw source.failure(.wrongTarget(instruction: "a call", found: "no tuple of arguments"))
    }
    do throws(TorchError) {
      switch try TorchCalls.call(callee, nodes[index].items, nodes) {
      case .value(let value): push(value)
      case .made(let node):
        nodes.append(node)
        // What a call copies counts as if it had been pushed once more.
        values += node.items.count
        push(.node(nodes.count - 1))
      }
    } catch {
      throw source.failure(error)
    }
  }

  /// Adds to the container on the stack; what is added to an opaque node is left out.
  private mutating func change(
    _ instruction: String, _ items: [PickleValue]
  ) throws(ReadError) {
    let target = try top()
    let isPair = instruction.hasPrefix("SETITEM")
    let isBuild = instruction == "BUILD"
    guard case .node(let index) = target else {
      // A class that is changed where it is named: nothing that is read depends on it.
      if case .global = target { return }
      throw source.failure(.wrongTarget(instruction: instruction, found: "a plain value"))
    }
    switch nodes[index].kind {
    case .opaque: break
    case .dictionary where isPair: nodes[index].items += items
    case .list where instruction.hasPrefix("APPEND"): nodes[index].items += items
    // Attributes beside the entries, such as the metadata of a state dictionary, or hooks.
    case .dictionary where isBuild, .tensor where isBuild: break
    case .dictionary: throw wrongTarget(instruction, "a dictionary")
    case .list: throw wrongTarget(instruction, "a list")
    case .tuple: throw wrongTarget(instruction, "a tuple")
    case .storage: throw wrongTarget(instruction, "a storage")
    case .tensor: throw wrongTarget(instruction, "a tensor")
    }
  }

  private func wrongTarget(_ instruction: String, _ found: String) -> ReadError {
    source.failure(.wrongTarget(instruction: instruction, found: found))
  }
}
