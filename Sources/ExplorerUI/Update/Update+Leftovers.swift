extension ExplorerState {
  /// Asks about epochs that an earlier session left unsaved, as soon as there is something else to see.
  mutating func offerLeftovers() {
    guard mode == .normal && model != nil || mode == .models, !leftovers.isEmpty else { return }
    mode = .confirmingRecovery(leftovers.removeFirst())
  }

  /// Takes the answer.
  mutating func answer(_ key: Key, about leftover: Leftover) -> [Effect] {
    mode = model == nil ? .models : .normal
    switch key {
    case .character("y"), .character("Y"):
      message = Message(.notice, "saving \(counted(leftover.epochs, "epoch"))…")
      return [.recover(leftover)]
    case .character("d"), .character("D"): return [.discardLeftover(leftover)]
    default: return []
    }
  }
}
