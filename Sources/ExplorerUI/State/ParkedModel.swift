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
  /// one that was before: those that can be kept or, without any, those that were stopped before their end.
  var unsavedCount: Int {
    if keepableCount > 0 { return keepableCount }
    return timeline.unsavedCount + (parked?.timeline.unsavedCount ?? 0)
  }

  /// The number of trained epochs that could be kept, of both models.
  var keepableCount: Int { timeline.keepableCount + (parked?.timeline.keepableCount ?? 0) }
}
