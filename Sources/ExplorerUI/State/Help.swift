/// What is shown of the help: keys, and the words that screens use.
package struct Help: Hashable, Sendable {
  /// What is below the help, to come back to.
  package internal(set) var below: Mode
  /// The number of lines that are scrolled away.
  package var scroll: Int
  /// What the lines are searched for; nil where all are shown.
  package var filter: String?

  /// Opens the help.
  package init(over below: Mode = .normal, scroll: Int = 0, filter: String? = nil) {
    self.below = below
    self.scroll = scroll
    self.filter = filter
  }
}

extension Mode {
  /// What the keyboard acts on once the help is closed.
  var underHelp: Mode {
    get { if case .help(let help) = self { help.below } else { self } }
    set {
      if case .help(var help) = self {
        help.below = newValue
        self = .help(help)
      } else {
        self = newValue
      }
    }
  }

  /// Whether it is a question that one key answers.
  var isQuestion: Bool {
    switch self {
    case .confirmingKeep, .confirmingExport, .confirmingLeave, .confirmingOpen,
      .confirmingDiscard, .confirmingBranch, .confirmingRecovery:
      true
    case .normal, .models, .help, .palette, .newRun, .prompt: false
    }
  }
}
