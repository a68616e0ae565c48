/// Keys written as words with blanks between them, such as `2 ] ] Tab / 17:23 Enter`.
///
/// A word is the name of a key as the help writes it, whatever its case; or a single character; or, where
/// something asks for a text, the text that is typed.
package struct KeyScript: Hashable, Sendable {
  /// One word.
  package enum Word: Hashable, Sendable {
    /// A key.
    case key(Key)
    /// Several characters, to be typed where something asks for a text.
    case text(String)
  }

  /// The words in order.
  package let words: [Word]

  /// Reads a script; no text is wrong as such, but ``keys(of:in:)`` refuses a text that nothing asks for.
  package init(_ text: String) {
    words = text.split(whereSeparator: \.isWhitespace).map { word in
      if let key = Self.named[word.lowercased()] { return .key(key) }
      if let first = word.first, word.count == 1 { return .key(.character(first)) }
      return .text(String(word))
    }
  }

  /// The keys of a word at a moment, or why there are none.
  ///
  /// - Throws: ``KeyScriptError`` where the word is no key and nothing asks for a text.
  package func keys(of index: Int, in state: ExplorerState) throws(KeyScriptError) -> [Key] {
    switch words[index] {
    case .key(let key): return [key]
    case .text(let text):
      switch state.mode {
      case .prompt, .palette, .help, .newRun: return text.map { .character($0) }
      case .models where state.models.filter != nil: return text.map { .character($0) }
      case .normal, .models, .confirmingKeep, .confirmingExport, .confirmingLeave, .confirmingOpen,
        .confirmingBranch, .confirmingDiscard, .confirmingRecovery:
        throw .noSuchKey(word: text, position: index + 1)
      }
    }
  }

  /// The keys that have names: those that are bound to something, and those of a line of text.
  private static let named: [String: Key] = {
    let special: [Key] = [
      .up, .down, .left, .right, .pageUp, .pageDown, .home, .end, .tab, .backTab, .enter, .escape,
      .backspace, .delete, .character(" "),
    ]
    let controls = "abcdefghijklmnopqrstuvwxyz".map { Key.control($0) }
    var named: [String: Key] = [
      "up": .up, "down": .down, "left": .left, "right": .right, "escape": .escape,
      "delete": .delete, "return": .enter,
    ]
    for key in special + controls + (1...12).map(Key.function) {
      named[key.label.lowercased()] = key
    }
    return named
  }()
}

/// Why a script of keys cannot be played.
package enum KeyScriptError: Error, Hashable, CustomStringConvertible {
  /// A word that is no key stands where nothing asks for a text; positions count from 1.
  case noSuchKey(word: String, position: Int)

  /// One line for a person.
  package var description: String {
    switch self {
    case .noSuchKey(let word, let position):
      "word \(position), “\(sanitized(String(word.prefix(40))))”: no such key, and nothing asks for a "
        + "text there; expected one character or a name such as Tab, Enter, Esc, PgDn, space, Ctrl-L"
    }
  }
}
