extension ExplorerState {
  /// The most lines that the palette remembers.
  private static let longestHistory = 100

  /// Takes a key while the palette is open.
  mutating func press(_ key: Key, in palette: Palette) -> [Effect] {
    var palette = palette
    switch key {
    case .escape, .control("c"):
      close(palette)
      return []
    case .enter: return enter(palette)
    case .tab: complete(&palette)
    case .down, .control("n"):
      if palette.historyDepth > 0 { recall(-1, &palette) } else { walk(1, &palette) }
    case .backTab: walk(-1, &palette)
    case .up, .control("p"):
      if palette.choice != nil { walk(-1, &palette) } else { recall(1, &palette) }
    case .pageDown: walk(10, &palette)
    case .pageUp: walk(-10, &palette)
    case .backspace where palette.prompt.text.isEmpty:
      close(palette)
      return []
    case .character, .control, .left, .right, .home, .end, .backspace, .delete, .function:
      let before = palette.text
      palette.prompt.edit(key)
      if palette.text != before { palette.noteTyping() }
    }
    return show(palette)
  }

  /// Takes text that was pasted while the palette is open.
  mutating func paste(_ text: String, into palette: Palette) -> [Effect] {
    var palette = palette
    palette.prompt.insert(text)
    palette.noteTyping()
    return show(palette)
  }

  /// Shows the palette and asks for the names in a directory, where a path is typed.
  private mutating func show(_ palette: Palette) -> [Effect] {
    var palette = palette
    var effects: [Effect] = []
    if let path = typedPath(palette), let directory = Self.directory(of: path),
      directory != palette.askedDirectory
    {
      palette.askedDirectory = directory
      effects = [.listPaths(directory: directory)]
    }
    mode = .palette(palette)
    return effects
  }

  /// Takes note of the names in a directory.
  mutating func list(_ listing: Palette.Listing) {
    if case .newRun(var form) = mode.underHelp, form.askedDirectory == listing.directory {
      form.listing = listing
      mode.underHelp = .newRun(form)
      return
    }
    guard case .palette(var palette) = mode.underHelp, palette.askedDirectory == listing.directory
    else {
      return
    }
    palette.listing = listing
    palette.choice = nil
    mode.underHelp = .palette(palette)
  }

  /// Moves the choice among the suggestions; above the first one nothing is chosen.
  private func walk(_ step: Int, _ palette: inout Palette) {
    let count = suggestions(for: palette).count
    let place = (palette.choice ?? -1) + step
    palette.choice = place < 0 || count == 0 ? nil : min(place, count - 1)
  }

  /// Brings back an earlier line, or a later one.
  private func recall(_ step: Int, _ palette: inout Palette) {
    let depth = min(max(0, palette.historyDepth + step), paletteHistory.count)
    guard depth != palette.historyDepth else { return }
    let draft = palette.historyDepth == 0 ? palette.text : palette.draft
    palette.replace(
      with: depth == 0 ? draft : paletteHistory[paletteHistory.count - depth])
    palette.draft = draft
    palette.historyDepth = depth
  }

  /// Puts the suggestion that is chosen, or the first one, on the line.
  private func complete(_ palette: inout Palette) {
    let suggestions = suggestions(for: palette)
    guard let first = suggestions.first else { return }
    let index = palette.choice ?? 0
    accept(suggestions.indices.contains(index) ? suggestions[index] : first, &palette)
  }

  private func accept(_ suggestion: PaletteSuggestion, _ palette: inout Palette) {
    let line = palette.line
    let entry = PaletteEntry.named(line.name)
    palette.historyDepth = 0
    if let entry, !line.arguments.isEmpty {
      let isLast = line.arguments(for: entry).count >= entry.arguments.count
      let end = isLast || suggestion.text.hasSuffix("/") ? "" : " "
      palette.replace(with: line.beginning(for: entry) + suggestion.text + end)
    } else {
      let named = PaletteEntry.table.first { $0.name == suggestion.text }
      let end = named?.arguments.isEmpty == false ? " " : ""
      palette.replace(with: suggestion.text + end)
    }
  }

  /// Does what the line says, or what is proposed for it; where it cannot, the line stays.
  mutating func enter(_ palette: Palette) -> [Effect] {
    var palette = palette
    guard palette.choice != nil || !palette.text.allSatisfy({ $0 == " " }) else {
      close(palette)
      return []
    }
    let isExact = PaletteEntry.named(palette.line.name) != nil
    if palette.choice != nil || palette.line.arguments.isEmpty && !isExact {
      complete(&palette)
    }
    let line = palette.line
    guard let entry = PaletteEntry.named(line.name) else {
      palette.problem = "no command \(line.name)"
      return show(palette)
    }
    // A name alone was accepted: its arguments come next.
    if entry.needsArguments, !line.arguments.contains(where: { !$0.isEmpty }) {
      if line.arguments.isEmpty { palette.replace(with: entry.name + " ") }
      palette.problem = entry.availability(self) ?? "expected \(entry.usage)"
      return show(palette)
    }
    mode = palette.isOverModels ? .models : .normal
    do throws(LookupError) {
      let effects = try entry.run(&self, line.arguments(for: entry))
      remember(palette.text)
      // What was done to the model that is open is there to be seen.
      if mode == .models, model != nil { mode = .normal }
      return effects
    } catch {
      palette.problem = "\(error)"
      return show(palette)
    }
  }

  /// Goes back to what is below the palette.
  mutating func close(_ palette: Palette) { mode = palette.isOverModels ? .models : .normal }

  private mutating func remember(_ text: String) {
    paletteHistory.removeAll { $0 == text }
    paletteHistory.append(text)
    if paletteHistory.count > Self.longestHistory { paletteHistory.removeFirst() }
  }
}
