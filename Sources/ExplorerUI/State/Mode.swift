package import HighwayNetworks

/// What the keyboard acts on.
package enum Mode: Hashable, Sendable {
  /// The views.
  case normal
  /// The list of models to open.
  case models
  /// The keys, and the words that screens use.
  indirect case help(Help)
  /// The commands, to be typed.
  case palette(Palette)
  /// The form for a new network.
  case newRun(NewRunForm)
  /// A line of text at the foot.
  case prompt(Prompt)
  /// Whether to add trained epochs to a run that is there already.
  case confirmingKeep(path: String, question: String)
  /// Whether to write what is shown over a file that is there already.
  case confirmingExport(path: String, PictureOptions = PictureOptions())
  /// Whether to leave and lose trained epochs.
  case confirmingLeave
  /// Whether to keep epochs that an earlier session left unsaved.
  case confirmingRecovery(Leftover)
  /// Whether to open another model and lose trained epochs.
  case confirmingOpen(path: String)
  /// Whether to throw trained epochs away, and what to begin then; nil for going back.
  case confirmingDiscard(Int, for: RunSettings?)
  /// Whether to train anew from an earlier epoch and lose trained epochs after it.
  case confirmingBranch(TrainingLength)
}

/// A line of text that is being typed.
package struct Prompt: Hashable, Sendable {
  /// What the text is for.
  package enum Purpose: Hashable, Sendable {
    /// A layer and unit to go to.
    case goTo
    /// A command for the palette.
    case command
    /// The run directory that trained epochs are written to.
    case keep
    /// A run to set beside others.
    case addRun
    /// The value to hold T at, of the unit or the layer under the cursor.
    case clamp(GateClamps.Target)
    /// The file that what is shown is written to.
    case export
    /// A line of a form.
    case field
  }

  /// What the text is for.
  package var purpose: Purpose
  /// What has been typed.
  package internal(set) var text: [Character]
  /// The number of characters before the text cursor.
  package internal(set) var position: Int

  /// Starts with a text and the text cursor at its end.
  package init(_ purpose: Purpose, text: String = "") {
    self.purpose = purpose
    self.text = Array(text)
    position = self.text.count
  }

  /// What stands before the text.
  package var label: String {
    switch purpose {
    case .goTo: "go to layer:unit, c7 or a class's name, s311"
    case .command, .field: ""
    case .clamp(let target): "hold T of \(target.words) at (or: layer 0.5)"
    case .keep: "save the trained epochs as run"
    case .addRun: "add the run"
    case .export: "write what is shown to"
    }
  }
}

/// A line at the foot that says what happened.
package struct Message: Hashable, Sendable {
  /// How urgent it is.
  package enum Kind: Hashable, Sendable {
    /// Good to know.
    case notice
    /// Something cannot be done here.
    case warning
    /// Something failed.
    case failure
  }

  /// How urgent it is.
  package var kind: Kind
  /// What happened.
  package var text: String

  /// Says what happened.
  package init(_ kind: Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }
}
