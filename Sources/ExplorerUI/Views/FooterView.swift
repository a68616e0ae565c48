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
    case .confirmingLeave:
      let lost = counted(state.timeline.unsavedCount, "trained epoch")
      let text = "\(lost) would be lost: q leaves, w keeps, any other key stays"
      canvas.put(text, at: start, style: theme.warning, width: width)
    case .confirmingBranch:
      let lost = counted(state.timeline.replaced.count { !$0.isSaved }, "trained epoch")
      let start = state.timeline.trainingStart?.number ?? 0
      let text = "training from epoch \(start) loses \(lost): t again trains, w keeps first"
      canvas.put(text, at: Point(x: rect.x + 1, y: rect.y), style: theme.warning, width: width)
    case .help:
      canvas.put("arrows scroll, any other key closes", at: start, style: theme.dim, width: width)
    case .normal:
      guard let message = state.message else {
        drawKeys(state, on: &canvas, in: rect)
        return
      }
      let style =
        switch message.kind {
        case .notice: theme.good
        case .warning: theme.warning
        case .failure: theme.bad
        }
      drawMessage(message.text, style: style, on: &canvas, in: rect)
    }
  }

  /// A message that is longer than the row takes rows of the timeline above it, until the next key.
  private static func drawMessage(
    _ text: String, style: Style, on canvas: inout Canvas, in rect: Rect
  ) {
    let lines = wrapped(text, to: max(1, rect.width - 2))
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
    var entries = entries(state)
    // The least useful ones go first where there is no room.
    func width(_ entry: (keys: String, title: String, rank: Int)) -> Int {
      canvas.columns(shown: entry.keys) + canvas.columns(shown: entry.title) + 3
    }
    while entries.reduce(1, { $0 + width($1) }) > rect.width, entries.count > 1 {
      let candidates = entries.indices.filter { entries[$0].rank < 90 }
      guard let worst = candidates.max(by: { entries[$0].rank < entries[$1].rank }) else { break }
      entries.remove(at: worst)
    }
    var x = rect.x + 1
    for entry in entries {
      x += canvas.put(entry.keys, at: Point(x: x, y: rect.y), style: theme.key)
      x += canvas.put(" " + entry.title, at: Point(x: x, y: rect.y), style: theme.dim) + 2
    }
  }

  /// The commands worth mentioning; those with the same title share an entry.
  private static func entries(
    _ state: ExplorerState
  ) -> [(keys: String, title: String, rank: Int)] {
    let view = state.display.view
    let arrows =
      switch view {
      case .training: ("←→", "epoch", 0)
      case .lesion: ("←→", "layer", 0)
      case .compare: ("←↓↑→", "epoch, run", 0)
      case .overview, .classes, .cells, .depth: ("←↓↑→", "move", 0)
      }
    var entries: [(keys: String, title: String, rank: Int)] = [arrows]
    let ranked = Command.table.compactMap { command in
      // What cannot be done at the moment needs no mention.
      command.availability(state) == nil
        ? command.prominence[view].map { (command: command, rank: $0) } : nil
    }
    for (command, rank) in ranked.sorted(by: { $0.rank < $1.rank }) {
      guard !entries.contains(where: { $0.title == command.title && rank > 0 && $0.rank > 0 })
      else {
        continue
      }
      let partners = Command.table.filter {
        $0.title == command.title && $0.chapter == command.chapter && $0.views.contains(view)
      }
      let keys = partners.compactMap { $0.keys.first?.label }.joined(separator: "")
      entries.append((keys, title(command, state), rank))
    }
    return entries
  }

  private static func title(_ command: Command, _ state: ExplorerState) -> String {
    if command.id == .runOrPause { return state.training.isActive ? "pause" : "run" }
    if command.id == .nextPanel, state.display.view == .compare { return "picture" }
    if command.id == .nextPanel, state.display.view == .lesion { return "held" }
    if command.id == .changeScope, state.display.view == .cells { return "scope" }
    if command.id == .nextPanel, state.display.view == .depth { return "plot" }
    if command.id == .open, state.display.view == .compare { return "open" }
    if command.id == .open, state.showsUnit || state.display.enlargesPlot { return "back" }
    return command.title
  }

  private static func drawPrompt(_ prompt: Prompt, on canvas: inout Canvas, in rect: Rect) {
    let theme = Theme(canvas.capabilities)
    var x = rect.x + 1
    x += canvas.put(
      prompt.label + ": ", at: Point(x: x, y: rect.y), style: theme.title, width: rect.width / 2)
    // A long text is scrolled so that the text cursor stays in sight.
    let room = max(1, rect.maxX - 2 - x)
    let first = max(0, prompt.position - room + 1)
    let visible = prompt.text[first...].prefix(room)
    for (offset, character) in visible.enumerated() {
      let isCursor = first + offset == prompt.position
      let shown = String(character)
      let text = canvas.columns(shown: shown) == 1 ? shown : "?"
      canvas.put(
        text, at: Point(x: x + offset, y: rect.y), style: isCursor ? theme.cursor : theme.text)
    }
    if prompt.position >= prompt.text.count {
      canvas[x + visible.count, rect.y] = Cell(" ", style: theme.cursor)
    }
  }
}
