/// The last row: a prompt, a question, a message, or the keys that help most in this view.
enum FooterView {
  static func draw(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    let theme = Theme(canvas.capabilities)
    let start = Point(x: rect.x + 1, y: rect.y)
    let width = rect.width - 2
    switch state.mode {
    case .prompt(let prompt): drawPrompt(prompt, on: &canvas, in: rect)
    case .confirmingKeep(_, let question):
      canvas.put(question, at: start, style: theme.warning, width: width)
    case .confirmingExport(let path, _):
      canvas.put(
        "\(path) is there already: replace it? y/n", at: start, style: theme.warning, width: width)
    case .confirmingLeave:
      let lost = counted(state.unsavedCount, "trained epoch")
      let text =
        state.keepableCount > 0
        ? "\(lost) would be lost: q leaves, w saves, any other key stays"
        : "the epoch that is not complete would be lost: q leaves, any other key stays"
      canvas.put(text, at: start, style: theme.warning, width: width)
    case .confirmingRecovery(let leftover):
      draw(Message(.warning, leftover.question), on: &canvas, in: rect)
    case .confirmingBranch:
      let lost = state.timeline.replaced.count { !$0.isSaved }
      let first = state.timeline.trainingStart?.number ?? 0
      let text =
        lost > 0
        ? "training from epoch \(first) loses \(counted(lost, "trained epoch")): "
          + "t again trains, w saves first"
        : "another process writes this run: t again trains your own branch from epoch \(first)"
      canvas.put(text, at: start, style: theme.warning, width: width)
    case .confirmingOpen(let path):
      let lost = counted(state.unsavedCount, "trained epoch")
      let text = "\(lost) would be lost: y opens \(path), w saves, any other key stays"
      canvas.put(text, at: start, style: theme.warning, width: width)
    case .confirmingDiscard(let count, let settings):
      let lost = counted(count, "trained epoch")
      let consequence = settings == nil ? "discards them" : "trains the new network"
      let other = state.model?.isNew == true ? "w saves" : "B shows them"
      let text = "\(lost) would be lost: y \(consequence), \(other), any other key stays"
      canvas.put(text, at: start, style: theme.warning, width: width)
    case .newRun:
      canvas.put(
        "Enter trains, Esc leaves, F1 helps, ↑↓ line, ←→ choose, Tab completes a path", at: start,
        style: theme.dim, width: width)
    case .help:
      canvas.put(
        "type to search, ↑↓ scroll, Ctrl-U shows all, Esc leaves", at: start, style: theme.dim,
        width: width)
    case .palette:
      canvas.put(
        "Enter does it, Tab completes, Esc leaves, F1 helps, ↓ chooses, ↑ brings back", at: start,
        style: theme.dim, width: width)
    case .normal, .models:
      guard let message = state.message else {
        drawKeys(state, on: &canvas, in: rect)
        return
      }
      draw(message, on: &canvas, in: rect)
    }
  }

  /// Draws what happened.
  static func draw(_ message: Message, on canvas: inout Canvas, in rect: Rect) {
    let theme = Theme(canvas.capabilities)
    let style =
      switch message.kind {
      case .notice: theme.good
      case .warning: theme.warning
      case .failure: theme.bad
      }
    // What is longer than the row takes rows of the timeline above it, until the next key.
    let lines = wrapped(message.text, to: max(1, rect.width - 2))
    let most = ScreenLayout(canvas.size).timeline.height + 1
    let shown = lines.prefix(most)
    for (index, line) in shown.enumerated() {
      let y = rect.y - shown.count + 1 + index
      canvas.fill(Rect(x: rect.x, y: y, width: rect.width, height: 1))
      let isCut = index == most - 1 && lines.count > most
      canvas.put(
        isCut ? lines[index...].joined(separator: " ") : line, at: Point(x: rect.x + 1, y: y),
        style: style, width: rect.width - 2)
    }
  }

  private static func drawKeys(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    let theme = Theme(canvas.capabilities)
    var x = rect.x + 1
    for hint in hints(state, width: rect.width) {
      x += canvas.put(hint.keyText, at: Point(x: x, y: rect.y), style: theme.key)
      x += canvas.put(" " + hint.title, at: Point(x: x, y: rect.y), style: theme.dim) + 2
    }
  }

  /// The command that a column of the footer names: under a key its own, under words the last key's.
  static func command(_ state: ExplorerState, at column: Int, width: Int) -> Command? {
    guard state.message == nil else { return nil }
    var x = 1
    for hint in hints(state, width: width) {
      for key in hint.keys {
        let end = x + columns(of: key.label)
        if x..<end ~= column { return key.command }
        x = end
      }
      let end = x + 1 + columns(of: hint.title)
      if x..<end ~= column { return hint.keys.last?.command }
      x = end + 2
    }
    return nil
  }

  /// One entry of the footer: keys and what they do.
  private struct Hint {
    var keys: [(label: String, command: Command?)]
    var title: String

    var keyText: String { keys.map(\.label).joined() }
    var width: Int { columns(of: keyText) + columns(of: title) + 3 }
    /// Whether it stays where there is little room: the way to all other keys, and the way out.
    var isKept: Bool { keys.contains { [.help, .leave].contains($0.command?.id) } }
  }

  /// The commands worth mentioning that have room; those with the same title share an entry.
  private static func hints(_ state: ExplorerState, width: Int) -> [Hint] {
    var hints = allHints(state)
    // The least useful ones go first where there is no room.
    while hints.reduce(1, { $0 + $1.width }) > width, hints.count > 1,
      let last = hints.lastIndex(where: { !$0.isKept })
    {
      hints.remove(at: last)
    }
    return hints
  }

  private static func allHints(_ state: ExplorerState) -> [Hint] {
    let view = state.view
    // What cannot be done at the moment needs no mention, nor what has lost its key to the tour.
    let useful = view.allHints.filter { command in
      let bound = command.keys.first.flatMap { Command.bound(to: $0, onTour: state.takesTourKeys) }
      return bound?.name == command.name && command.availability(state) == nil
    }
    let arrows = state.showsMap ? (keys: "←↓↑→", words: "position") : view.arrows
    return [Hint(keys: [(arrows.keys, nil)], title: arrows.words)]
      + (state.showsMap ? mapHints : [])
      + useful.map { command in
        let keys = command.partners(in: view).compactMap { partner in
          partner.keys.first.map { (label: $0.label, command: Optional(partner)) }
        }
        return Hint(keys: keys, title: title(command, state))
      }
  }

  /// What keys do in a map that Enter opened that they do not do elsewhere.
  private static var mapHints: [Hint] {
    [([Command.ID.pageUp, .pageDown], "map"), ([.first, .last], "layer")].map { ids, title in
      let commands = ids.flatMap { Command.common($0) }
      return Hint(
        keys: commands.compactMap { command in
          command.keys.first.map { ($0.label, Optional(command)) }
        }, title: title)
    }
  }

  private static func title(_ command: Command, _ state: ExplorerState) -> String {
    switch command.id {
    case .runOrPause: state.training.isActive ? "pause" : "run"
    case .zoomIn where state.display.isZoomed: "back"
    case .nextPanel where state.showsMap: "picture"
    case let id?: state.view.hintWords[id] ?? command.title
    case nil: command.title
    }
  }

  private static func drawPrompt(_ prompt: Prompt, on canvas: inout Canvas, in rect: Rect) {
    let theme = Theme(canvas.capabilities)
    let used = canvas.put(
      prompt.label + ": ", at: Point(x: rect.x + 1, y: rect.y), style: theme.title,
      width: rect.width / 2)
    prompt.draw(on: &canvas, in: rect.inset(left: used + 1, right: 1))
  }
}

extension Prompt {
  /// Draws the text and its cursor; a long text is scrolled so that the text cursor stays in sight.
  func draw(on canvas: inout Canvas, in rect: Rect) {
    let theme = Theme(canvas.capabilities)
    let room = max(1, rect.width - 1)
    let first = max(0, position - room + 1)
    let visible = text[first...].prefix(room)
    for (offset, character) in visible.enumerated() {
      let isCursor = first + offset == position
      let shown = String(character)
      let text = canvas.columns(shown: shown) == 1 ? shown : "?"
      canvas.put(
        text, at: Point(x: rect.x + offset, y: rect.y),
        style: isCursor ? theme.cursor : theme.text)
    }
    if position >= text.count {
      canvas[rect.x + visible.count, rect.y] = Glyph(" ", style: theme.cursor)
    }
  }
}
