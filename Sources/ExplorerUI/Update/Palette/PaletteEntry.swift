import HighwayNetworks

/// One thing that can be typed into the palette.
package struct PaletteEntry: Sendable {
  /// Changes the state as the arguments say and returns what is to be done.
  typealias Action =
    @Sendable (inout ExplorerState, _ arguments: [String]) throws(LookupError) -> [Effect]

  /// The word that is typed.
  package let name: String
  /// What it does.
  package let help: String
  /// What is typed after the word.
  let arguments: [PaletteArgument]
  /// The keys that do the same.
  package let keys: [Key]
  /// Why it cannot be done at the moment; nil where it can.
  let availability: @Sendable (ExplorerState) -> String?
  /// Checks the arguments and does it.
  let action: Action

  /// Describes an entry with arguments.
  init(
    _ name: String, _ arguments: [PaletteArgument] = [], _ help: String, keys: [Key] = [],
    availability: @escaping @Sendable (ExplorerState) -> String? = { _ in nil },
    action: @escaping Action
  ) {
    self.name = name
    self.help = help
    self.arguments = arguments
    self.keys = keys
    self.availability = availability
    self.action = action
  }

  /// Describes a typed command.
  init(
    _ command: TypedCommand, _ arguments: [PaletteArgument] = [], keys: [Key] = [],
    availability: @escaping @Sendable (ExplorerState) -> String? = { _ in nil },
    action: @escaping Action
  ) {
    self.init(
      command.rawValue, arguments, command.help, keys: keys, availability: availability,
      action: action)
  }

  /// Makes an entry without arguments of a command of the key table.
  init(_ command: Command) {
    self.init(
      command.name, [], command.help, keys: command.keys, availability: command.availability
    ) { state, _ in state.perform(command) }
  }

  /// The word and what is to be typed after it, such as `threshold LOW HIGH`.
  package var usage: String {
    ([name] + arguments.map { $0.isOptional ? "[\($0.name)]" : $0.name }).joined(separator: " ")
  }

  /// The entry that a word stands for: its name, or a word that people type for that one alone.
  static func named(_ word: String) -> PaletteEntry? {
    if let entry = table.first(where: { $0.name == word }) { return entry }
    let others = table.filter { $0.aliases.contains(word) }
    return others.count == 1 ? others[0] : nil
  }

  /// What people also type for it.
  var aliases: [String] { Command.aliases[name] ?? [] }

  /// Whether something has to be typed after the word.
  var needsArguments: Bool { arguments.contains { !$0.isOptional } }

  /// Does it, once the number of the arguments is right.
  func run(_ state: inout ExplorerState, _ words: [String]) throws(LookupError) -> [Effect] {
    if let reason = availability(state) { throw .unavailable(reason: reason) }
    let words = words.filter { !$0.isEmpty }
    let needed = arguments.count { !$0.isOptional }
    guard words.count >= needed else { throw .missing(expected: usage) }
    guard words.count <= arguments.count else {
      throw .tooMany(found: words[arguments.count...].joined(separator: " "), expected: usage)
    }
    return try action(&state, words)
  }
}
