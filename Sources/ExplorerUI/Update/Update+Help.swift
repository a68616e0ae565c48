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
      let filter = (help.filter ?? "") + String(character)
      if filter != " ", filter.count <= Self.longestFilter { help = Help(filter: filter) }
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

  private mutating func show(_ help: Help) {
    var help = help
    help.scroll = min(max(0, help.scroll), HelpView.lastScroll(self, help))
    mode = .help(help)
  }
}
