/// A model that makes room for another one and can be gone back to as it was left.
package struct ParkedModel: Sendable {
  /// What is known about it.
  package var model: ModelSummary
  /// Its epochs, those among them that were trained here and not kept.
  package var timeline: Timeline
  var selection: ExplorerState.Selection
  var training: TrainingStatus
  var undoable: Undoable
  var history: UndoHistory
}

extension ExplorerState {
  /// The number of trained epochs that would be lost with the program, of the model that is open and of the
  /// one that was before.
  var unsavedCount: Int { timeline.unsavedCount + (parked?.timeline.unsavedCount ?? 0) }

  /// Sets the model that is open aside, where one is.
  mutating func park() {
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
