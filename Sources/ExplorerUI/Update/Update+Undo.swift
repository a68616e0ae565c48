extension ExplorerState {
  mutating func undo() {
    guard let (words, state) = history.undo() else { return }
    let before = undoable
    undoable = state
    message = Message(.notice, "undone: \(words); now \(whatDiffers(from: before))")
  }

  /// How what can be undone stands now, of what differs from before.
  private func whatDiffers(from before: Undoable) -> String {
    var parts: [String] = []
    if clamps != before.clamps { parts.append(clampWords ?? "nothing is held") }
    if display.thresholds != before.thresholds {
      parts.append("thresholds \(display.thresholds.words)")
    }
    if arrangement != before.arrangement {
      parts.append((arrangement?.order ?? .number).title)
    }
    return parts.joined(separator: ", ")
  }

  mutating func redo() {
    guard let (words, state) = history.redo() else { return }
    undoable = state
    message = Message(.notice, "redone: \(words)")
  }
}
