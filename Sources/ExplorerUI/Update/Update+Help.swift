extension ExplorerState {
  /// The longest text that help is searched for.
  private static let longestFilter = 60

  /// Opens help over what the keyboard acts on.
  mutating func openHelp() { mode = .help(Help(over: mode)) }

  /// Takes a key while help is open; what is typed is searched for.
  mutating func press(_ key: Key, in help: Help) {
    var help = help
    switch key {
    case .up: help.scroll -= 1
    case .down: help.scroll += 1
    case .pageUp: help.scroll -= HelpView.page(self, help)
    case .pageDown: help.scroll += HelpView.page(self, help)
    case .home: help.scroll = 0
    case .end: help.scroll = Int.max
    case .escape, .enter, .control("c"):
      mode = help.below
      return
    case .backspace:
      let shorter = String((help.filter ?? "").dropLast())
      help = Help(over: help.below, filter: shorter.isEmpty ? nil : shorter)
    case .control("u"): help = Help(over: help.below)
    case .character("/") where help.filter == nil: help = Help(over: help.below, filter: "")
    case .character(let character):
      search(help, for: (help.filter ?? "") + String(character))
      return
    case .control, .left, .right, .tab, .backTab, .delete, .function: break
    }
    show(help)
  }

  /// Takes what the mouse does while help is open.
  mutating func receive(_ event: MouseEvent, in help: Help) {
    var help = help
    switch event.kind {
    case .scrollUp: help.scroll -= 3
    case .scrollDown: help.scroll += 3
    case .press:
      mode = help.below
      return
    case .drag, .release: return
    }
    show(help)
  }

  /// Searches help for a text, as far as it has room.
  mutating func search(_ help: Help, for text: String) {
    let filter = String(text.prefix(Self.longestFilter))
    show(filter == " " ? help : Help(over: help.below, filter: filter))
  }

  private mutating func show(_ help: Help) {
    var help = help
    help.scroll = min(max(0, help.scroll), HelpView.lastScroll(self, help))
    mode = .help(help)
  }
}
