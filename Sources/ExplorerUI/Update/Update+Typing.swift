extension Prompt {
  /// Edits the text; keys that edit nothing are ignored.
  package mutating func edit(_ key: Key) {
    switch key {
    case .character(let character):
      guard !character.isNewline, text.count < 4096 else { return }
      text.insert(character, at: position)
      position += 1
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
    case .control, .up, .down, .pageUp, .pageDown, .tab, .backTab, .enter, .escape: break
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
}

extension Key {
  fileprivate var isCharacter: Bool { if case .character = self { true } else { false } }
}
