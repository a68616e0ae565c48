extension ExplorerState {
  /// The longest text that help is searched for.
  private static let longestFilter = 60

  /// Takes a key while help is open.
  mutating func press(_ key: Key, in help: Help) {
    var help = help
    switch key {
    case .up: help.scroll -= 1
    case .down: help.scroll += 1
    case .pageUp: help.scroll -= 10
    case .pageDown: help.scroll += 10
    case .home: help.scroll = 0
    case .end: help.scroll = Int.max
    case .escape where help.filter != nil: help = Help()
    case .backspace where help.filter != nil:
      let shorter = String((help.filter ?? "").dropLast())
      help = Help(filter: shorter.isEmpty ? nil : shorter)
    case .character("/") where help.filter == nil: help = Help(filter: "")
    case .character("q") where help.filter == nil, .character("?") where help.filter == nil,
      .escape, .enter, .control("c"):
      mode = .normal
      return
    case .character(let character):
      search(help, for: (help.filter ?? "") + String(character))
      return
    case .control, .left, .right, .tab, .backTab, .backspace, .delete: break
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
      mode = .normal
      return
    case .drag, .release: return
    }
    show(help)
  }

  /// Searches help for a text, as far as it has room.
  mutating func search(_ help: Help, for text: String) {
    let filter = String(text.prefix(Self.longestFilter))
    show(filter == " " ? help : Help(filter: filter))
  }

  private mutating func show(_ help: Help) {
    var help = help
    help.scroll = min(max(0, help.scroll), HelpView.lastScroll(self, help))
    mode = .help(help)
  }
}
