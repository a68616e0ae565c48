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
}
