extension ExplorerState {
  mutating func undo() {
    guard let (words, state) = history.undo() else { return }
    undoable = state
    message = Message(.notice, "undone: \(words)")
  }

  mutating func redo() {
    guard let (words, state) = history.redo() else { return }
    undoable = state
    message = Message(.notice, "redone: \(words)")
  }
}
