import HighwayNetworks

// What another program does to the run that is open.

extension ExplorerState {
  /// Takes note of new epochs; what was read of the run stays on the screen.
  mutating func follow(_ changes: FollowedRun.Changes) -> [Effect] {
    guard let path = model?.path else { return [] }
    if changes.isAnother { return reopen(path) }
    model?.writer = changes.writer
    timeline.recorded(changes.recorded)
    model?.note(changes.measured, of: changes.all)
    if let first = changes.gone.first {
      let others = changes.gone.count - 1
      message = Message(
        .warning,
        "\(path): the \(model?.isRecording == true ? "recording" : "checkpoint") of epoch \(first)"
          + (others > 0 ? " and \(others) more have" : " has")
          + " been removed; what was read stays")
    }
    if let (count, problem) = changes.unreadable {
      message = Message(.warning, problem.leavingOut(lines: count))
    }
    return []
  }

  /// Opens a run again that was deleted and made again, unless trained epochs would be lost.
  private mutating func reopen(_ path: String) -> [Effect] {
    guard unsavedCount == 0 else {
      message = Message(
        .warning, "\(path) was deleted and made again: keep your epochs with w, then open it again")
      return []
    }
    message = Message(
      .warning,
      model?.isRecording == true
        ? "\(path) was written anew: this is the new recording"
        : "\(path) was deleted and made again: this is the new run")
    return [.openModel(path: path)]
  }
}
