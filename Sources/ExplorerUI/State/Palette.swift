/// The command line over the views: what has been typed, and what it could become.
package struct Palette: Hashable, Sendable {
  /// Names that were found in a directory, for completion.
  package struct Listing: Hashable, Sendable {
    /// The beginning of the path, up to and with its last slash, as it was typed.
    package var directory: String
    /// The names in it; directories end in a slash.
    package var names: [String]

    /// Describes what was found.
    package init(directory: String, names: [String]) {
      self.directory = directory
      self.names = names
    }
  }

  /// The line that is typed.
  package internal(set) var prompt = Prompt(.command)
  /// The suggestion that was walked to with the arrows; nil while the first one is only proposed.
  package internal(set) var choice: Int?
  /// What was wrong with the line when it was last entered.
  package internal(set) var problem: String?
  /// What the line could become, the likeliest first; as of the last change of the state.
  package internal(set) var suggestions: [PaletteSuggestion] = []
  /// What is to be typed after the word on the line and what it does; nil where the word is still typed.
  var usage: String?
  /// The directory that was asked for last.
  var askedDirectory: String?
  /// What is in it, once that is known.
  var listing: Listing?
  /// How many lines back in the history the line is; 0 where it is being typed.
  var historyDepth = 0
  /// What was typed before the history was walked through.
  var draft = ""

  /// Whether the list of models is below it, rather than a view.
  let isOverModels: Bool

  /// Opens the palette with a line to begin with.
  package init(_ text: String = "", isOverModels: Bool = false) {
    self.isOverModels = isOverModels
    replace(with: text)
  }

  /// What has been typed.
  package var text: String { String(prompt.text) }

  /// What was chosen or wrong belongs to the line as it was.
  mutating func noteTyping() {
    choice = nil
    problem = nil
    historyDepth = 0
  }

  /// Puts another line in place of what was typed.
  mutating func replace(with text: String) {
    prompt = Prompt(.command, text: text)
    choice = nil
    problem = nil
  }
}

/// One line of the palette's list.
package struct PaletteSuggestion: Hashable, Sendable {
  /// What it puts on the line: the name of an entry, or an argument.
  package var text: String
  /// What it is or does.
  package var help: String
  /// The keys that do the same.
  package var keys = ""
  /// Why it cannot be done at the moment; nil where it can.
  package var problem: String?
  /// What people also type for it.
  var aliases: [String] = []
}
