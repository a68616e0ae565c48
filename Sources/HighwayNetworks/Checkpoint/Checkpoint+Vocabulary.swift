import TensorFiles

extension Checkpoint {
  /// Reads what a network tells apart from the metadata of its file; nil where they do not say it.
  ///
  /// - Throws: ``CheckpointError/metadata(path:key:_:)`` where a list does not go with the network.
  static func vocabulary(
    _ file: any TensorFile, _ architecture: Architecture
  ) throws(CheckpointError) -> Vocabulary? {
    guard architecture.task.readsText else { return nil }
    func list<Value>(
      _ key: String, _ read: (JSONField) throws(DescriptionError) -> Value
    ) throws(CheckpointError) -> Value? {
      guard let text = file.metadata(key) else { return nil }
      do throws(DescriptionError) { return try read(try JSONField(parsing: text)) } catch {
        throw .metadata(path: file.path, key: key, error)
      }
    }
    let words = try list("vocabulary") { field throws(DescriptionError) in
      let words = try field.strings()
      guard !words.isEmpty, words.count <= architecture.classes ?? 0 else {
        throw field.mismatch("1 to \(architecture.classes ?? 0) words, as the network has outputs")
      }
      return words
    }
    guard let words else { return nil }
    let counts = try list("vocabularyCounts") { field throws(DescriptionError) in
      var counts: [Int] = []
      for item in try field.items() { counts.append(try item.count()) }
      return counts
    }
    let alphabet = try list("alphabet") { field throws(DescriptionError) in
      let alphabet = try field.strings()
      guard let limit = architecture.alphabet, 3...max(3, limit) ~= alphabet.count else {
        throw field.mismatch(
          "at most \(architecture.alphabet ?? 0) characters, 3 marks before them")
      }
      return alphabet
    }
    return Vocabulary(words: words, counts: counts ?? [], alphabet: alphabet ?? [])
  }
}
