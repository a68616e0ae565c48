extension Command {
  /// Words that people also type for a command, by its name.
  static let aliases: [String: [String]] = [
    "clamp": ["hold", "freeze"],
    "drop-run": ["remove"],
    "help": ["glossary", "words"],
    "keep": ["save", "write"],
    "leave": ["quit", "exit"],
    "lesion-layer": ["remove"],
    "order": ["sort"],
    "release": ["remove"],
    "run-or-pause": ["pause"],
    "zoom-in": ["zoom"],
  ]

  /// Words that people also type for it.
  var aliases: [String] { Self.aliases[name] ?? [] }
}
