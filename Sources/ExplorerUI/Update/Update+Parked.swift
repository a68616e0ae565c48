extension ExplorerState {
  /// Sets the model that is open aside, where one is.
  mutating func park() {
    // Training ends with the model that makes room.
    training.phase = .idle
    parked = model.map {
      ParkedModel(
        model: $0, timeline: timeline, selection: selection, training: training,
        undoable: undoable, history: history)
    }
  }

  /// Changes between the model that is open and the one before it.
  mutating func turnToParked(keepsOpen: Bool) -> [Effect] {
    guard let other = parked else { return [] }
    if keepsOpen { park() } else { parked = nil }
    open(other.model)
    timeline = other.timeline
    selection = other.selection
    training = other.training
    let thresholds = undoable
    undoable = other.undoable
    // The thresholds belong to the views, not to a model.
    display.thresholds = thresholds.thresholds
    display.threeWayThresholds = thresholds.threeWayThresholds
    history = other.history
    message = Message(.notice, "back at \(other.model.name)")
    return [.turnToParked(keepsOpen: keepsOpen)]
  }
}
