package import HighwayNetworks

/// What of the state can be undone; what is added here is undone with the rest.
package struct Undoable: Hashable, Sendable {
  /// The gates that are held.
  package var clamps: GateClamps
  /// What counts as carried and as transformed.
  package var thresholds: Thresholds
  /// The three-way thresholds to come back to from the two-way split.
  package var threeWayThresholds: Thresholds
  /// The order of the units across.
  package var arrangement: UnitArrangement?
}

/// The changes that can be undone and redone.
package struct UndoHistory: Sendable {
  private struct Change: Sendable {
    var words: String
    var before: Undoable
    var after: Undoable
  }

  /// How many changes are remembered.
  package static let capacity = 1_000

  private var changes: [Change] = []
  /// How many of them are done; the others were undone.
  private var done = 0

  /// Creates a history without changes.
  package init() {}

  /// Whether there is something to undo.
  package var canUndo: Bool { done > 0 }

  /// Whether there is something to do again.
  package var canRedo: Bool { done < changes.count }

  /// Remembers a change; what was undone before can no longer be redone.
  package mutating func record(_ words: String, before: Undoable, after: Undoable) {
    changes.removeSubrange(done...)
    changes.append(Change(words: words, before: before, after: after))
    if changes.count > Self.capacity { changes.removeFirst() }
    done = changes.count
  }

  /// Steps back: what the last change did, and how things were before it.
  package mutating func undo() -> (words: String, state: Undoable)? {
    guard canUndo else { return nil }
    done -= 1
    return (changes[done].words, changes[done].before)
  }

  /// Steps forward: what the change that was undone last did, and how things were after it.
  package mutating func redo() -> (words: String, state: Undoable)? {
    guard canRedo else { return nil }
    done += 1
    return (changes[done - 1].words, changes[done - 1].after)
  }
}

extension ExplorerState {
  /// The part of the state that can be undone.
  var undoable: Undoable {
    get {
      Undoable(
        clamps: clamps, thresholds: display.thresholds,
        threeWayThresholds: display.threeWayThresholds, arrangement: arrangement)
    }
    set {
      clamps = newValue.clamps
      display.thresholds = newValue.thresholds
      display.threeWayThresholds = newValue.threeWayThresholds
      arrangement = newValue.arrangement
    }
  }

  /// Makes a change that can be undone, in words such as `layer 12 held at 0`.
  mutating func recording(_ words: String, _ change: (inout ExplorerState) -> Void) {
    let before = undoable
    change(&self)
    guard undoable != before else { return }
    history.record(words, before: before, after: undoable)
  }
}

extension Thresholds {
  /// The two values, such as `0.10, 0.90`.
  var words: String { NumberFormat.fixed(low, 2) + ", " + NumberFormat.fixed(high, 2) }
}
