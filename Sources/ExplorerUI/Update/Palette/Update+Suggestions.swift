extension ExplorerState {
  /// Puts into the palette, where it is open, what its line could become now.
  mutating func refreshPalette() {
    guard case .palette(var palette) = mode else { return }
    palette.suggestions = suggestions(for: palette)
    let line = palette.line
    let entry = line.arguments.isEmpty ? nil : PaletteEntry.named(line.name)
    palette.usage = entry.map { "\($0.usage) – \($0.help)" }
    mode = .palette(palette)
  }

  /// What the line in the palette could become, the likeliest first.
  package func suggestions(for palette: Palette) -> [PaletteSuggestion] {
    let line = palette.line
    guard !line.arguments.isEmpty else { return entries(for: line.name) }
    guard let entry = PaletteEntry.named(line.name) else { return [] }
    let words = line.arguments(for: entry)
    guard words.count <= entry.arguments.count, let typed = words.last else { return [] }
    switch entry.arguments[words.count - 1].source {
    case .state(let suggestions): return Self.ranked(suggestions(self), by: typed)
    case .paths:
      guard let listing = palette.listing, let start = Self.directory(of: typed),
        listing.directory == start
      else { return [] }
      let rest = String(typed.dropFirst(start.count))
      let shown = listing.names.filter { rest.hasPrefix(".") || !$0.hasPrefix(".") }
      return Self.ranked(shown.map { PaletteSuggestion(text: $0, help: "") }, by: rest).map {
        PaletteSuggestion(
          text: start + $0.text, help: $0.text.hasSuffix("/") ? "directory" : "file")
      }
    }
  }

  /// The path that is being typed, where the palette wants one.
  func typedPath(_ palette: Palette) -> String? {
    let line = palette.line
    guard let entry = PaletteEntry.named(line.name) else { return nil }
    let words = line.arguments(for: entry)
    guard !words.isEmpty, words.count <= entry.arguments.count,
      case .paths = entry.arguments[words.count - 1].source
    else { return nil }
    return words.last
  }

  /// A path up to and with its last slash.
  static func directory(of path: String) -> String? {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return String(path[...slash])
  }

  private func entries(for typed: String) -> [PaletteSuggestion] {
    let suggestions = PaletteEntry.table.map { entry in
      PaletteSuggestion(
        text: entry.name, help: entry.help, keys: entry.keys.map(\.label).joined(separator: " "),
        problem: entry.availability(self), aliases: entry.aliases)
    }
    return Self.ranked(suggestions, by: typed)
  }

  /// Those that fit what was typed, by their texts first and then by words of their help.
  private static func ranked(
    _ suggestions: [PaletteSuggestion], by typed: String
  ) -> [PaletteSuggestion] {
    guard !typed.isEmpty else { return suggestions }
    // No name is as long: what was pasted by mistake may be.
    let typed = String(typed.prefix(longest)).lowercased()
    let scored = suggestions.enumerated().compactMap { index, suggestion in
      score(suggestion, typed).map { (suggestion: suggestion, score: $0, index: index) }
    }
    return scored.sorted { ($1.score, $0.index) < ($0.score, $1.index) }.map(\.suggestion)
  }

  /// Characters beyond this many are not looked at.
  private static let longest = 200

  private static func score(_ suggestion: PaletteSuggestion, _ typed: String) -> Int? {
    // A word that people type for it is as good as its name, and its beginning nearly so.
    if suggestion.aliases.contains(typed) { return 9_000 }
    if suggestion.aliases.contains(where: { $0.hasPrefix(typed) }) { return 900 }
    if let score = FuzzyMatch.score(typed, in: suggestion.text) { return score }
    let words = suggestion.help.lowercased().split { !$0.isLetter && !$0.isNumber }
    return words.contains { $0.hasPrefix(typed) } ? -1_000 : nil
  }
}
