extension Prompt {
  /// As long as a path can be.
  private static let longest = 4096

  /// Puts characters before the text cursor, as far as the line has room.
  package mutating func insert(_ characters: some Collection<Character>) {
    let fitting = characters.prefix(max(0, Self.longest - text.count))
    text.insert(contentsOf: fitting, at: position)
    position += fitting.count
  }

  /// Edits the text; keys that edit nothing are ignored.
  package mutating func edit(_ key: Key) {
    switch key {
    case .character(let character):
      guard !character.isNewline else { return }
      insert(CollectionOfOne(character))
    case .backspace:
      guard position > 0 else { return }
      position -= 1
      text.remove(at: position)
    case .delete:
      guard position < text.count else { return }
      text.remove(at: position)
    case .control("u"):
      text.removeFirst(position)
      position = 0
    case .left: position = max(0, position - 1)
    case .right: position = min(text.count, position + 1)
    case .home, .control("a"): position = 0
    case .end, .control("e"): position = text.count
    case .control, .up, .down, .pageUp, .pageDown, .tab, .backTab, .enter, .escape, .function:
      break
    }
  }
}

extension NewRunForm {
  /// Edits the text of a field with a key.
  mutating func edit(_ field: NewRunField, _ key: Key) {
    let replaces = isSelected && ([.backspace, .delete].contains(key) || key.isCharacter)
    var prompt = replaces ? Prompt(.field) : prompt(field)
    prompt.edit(key)
    type(prompt, in: field)
  }

  /// Puts text into a field, in place of what is selected.
  mutating func insert(_ text: String, in field: NewRunField) {
    var prompt = isSelected ? Prompt(.field) : prompt(field)
    prompt.insert(text)
    type(prompt, in: field)
  }

  /// The field that is typed into; nil where the focus is on a choice or a button.
  var typedField: NewRunField? {
    guard case .field(let field) = focus, field.choices.isEmpty else { return nil }
    return field
  }
}

extension ExplorerState {
  /// Whether keys with characters go to a line of text and do nothing else.
  package var isTyping: Bool {
    switch mode {
    case .prompt, .palette, .help: true
    case .models: models.filter != nil
    case .newRun(let form): form.typedField != nil
    case .normal, .confirmingKeep, .confirmingExport, .confirmingLeave, .confirmingOpen,
      .confirmingDiscard, .confirmingBranch, .confirmingRecovery:
      false
    }
  }

  /// Takes text that was pasted: into the line that is typed, where one is; it never acts as keys.
  mutating func paste(_ pasted: String) -> [Effect] {
    message = nil
    guard isTyping else {
      message = Message(.notice, "pasted text does nothing here; : opens a line for commands")
      return []
    }
    switch mode {
    case .prompt(var prompt):
      prompt.insert(pasted)
      mode = .prompt(prompt)
    case .palette(let palette): return paste(pasted, into: palette)
    case .help(let help): search(help, for: (help.filter ?? "") + pasted)
    case .models: models.search((models.filter ?? "") + pasted)
    case .newRun(let form): return paste(pasted, into: form)
    case .normal, .confirmingKeep, .confirmingExport, .confirmingLeave, .confirmingOpen,
      .confirmingDiscard, .confirmingBranch, .confirmingRecovery:
      break
    }
    return []
  }
}

extension Key {
  fileprivate var isCharacter: Bool { if case .character = self { true } else { false } }
}
