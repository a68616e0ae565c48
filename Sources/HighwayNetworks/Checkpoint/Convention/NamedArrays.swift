import TensorFiles

/// The tensors of a file of another program, by names in one spelling.
struct NamedArrays {
  /// A tensor and its name in one spelling.
  struct Entry {
    let name: String
    let tensor: StoredTensor
  }

  /// The file.
  let file: any TensorFile
  /// Tensors of numbers that a network computes with, in the order of the file.
  let entries: [Entry]
  /// How many tensors were left aside: what an optimizer keeps.
  let asideCount: Int

  private let indices: [String: Int]

  /// Parts of names that stand around a network and say nothing of it.
  private static let wrappers: Set<String> = [
    "module", "_orig_mod", "model", "state_dict", "model_state", "model_state_dict", "params",
    "net", "network",
  ]

  init(_ file: any TensorFile) {
    var entries: [Entry] = []
    var indices: [String: Int] = [:]
    var asideCount = 0
    for tensor in file.tensors where tensor.type.isReal {
      let name = Self.spelled(tensor.name)
      if Self.isAside(name) {
        asideCount += 1
        continue
      }
      guard indices[name] == nil else { continue }
      indices[name] = entries.count
      entries.append(Entry(name: name, tensor: tensor))
    }
    // Of tensors that share their memory safetensors' `save_model` writes one, and notes the names of the others.
    for (key, value) in file.metadata {
      guard let index = indices[Self.spelled(value)] else { continue }
      let name = Self.spelled(key)
      guard indices[name] == nil, !Self.isAside(name) else { continue }
      indices[name] = entries.count
      entries.append(Entry(name: name, tensor: entries[index].tensor))
    }
    self.file = file
    self.entries = entries
    self.indices = indices
    self.asideCount = asideCount
  }

  /// The tensor of a name in one spelling.
  subscript(name: String) -> StoredTensor? { indices[name].map { entries[$0].tensor } }

  /// A name with points between its parts, without the repetitions and ends of TensorFlow and Keras.
  private static func spelled(_ name: String) -> String {
    var bytes = name.utf8[...]
    if bytes.suffix(2).elementsEqual(":0".utf8) { bytes = bytes.dropLast(2) }
    // Keras puts a layer's name before each of its tensors' once more.
    var parts: [Substring.UTF8View] = []
    for part in bytes.split(omittingEmptySubsequences: false, whereSeparator: isSeparator) {
      if let last = parts.last, part.starts(with: last), Int(Substring(last)) == nil,
        part.count == last.count
          || !last.isEmpty && part.dropFirst(last.count).first == UInt8(ascii: "_")
      {
        parts[parts.count - 1] = part
      } else {
        parts.append(part)
      }
    }
    return parts.map { Substring($0) }.joined(separator: ".")
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ".") || byte == UInt8(ascii: "/")
  }

  /// Whether a tensor is one that an optimizer keeps beside the network.
  private static func isAside(_ name: String) -> Bool {
    name.utf8.split(separator: UInt8(ascii: ".")).contains { part in
      part.starts(with: "optim".utf8) || part.starts(with: "exp_avg".utf8)
        || part.elementsEqual("momentum_buffer".utf8) || part.starts(with: "ema_".utf8)
    }
  }

  /// Whether a name is one that stands around every network.
  static func isWrapper(_ name: String) -> Bool { wrappers.contains(name) }

  /// The name of a stack without what stands around every network.
  static func shortened(_ prefix: String) -> String {
    var parts = prefix.split(separator: ".")[...]
    while let first = parts.first, parts.count > 1, wrappers.contains(String(first)) {
      parts.removeFirst()
    }
    return parts.joined(separator: ".").trimmed
  }
}

extension String {
  /// The text without underscores at its end, where a layer's number was.
  fileprivate var trimmed: String {
    var text = self[...]
    while text.last == "_", text.count > 1 { text.removeLast() }
    return String(text)
  }
}
