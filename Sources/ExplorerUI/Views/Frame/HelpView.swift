/// The help over a screen: the keys, from the table of commands, those of the screen first, and what words mean.
enum HelpView {
  private enum Line {
    case blank
    case chapter(String)
    case command(keys: String, text: String, isUsable: Bool)
    /// A word and the first line of what it means, or no word and a further line.
    case word(String, text: String)
  }

  private static let keyWidth = 12
  private static let termWidth = 18

  /// The last line that scrolling can bring to the top.
  static func lastScroll(_ state: ExplorerState, _ help: Help) -> Int {
    let layout = Layout(state, help)
    return max(0, layout.rows.count - max(1, layout.list.height))
  }

  /// How many lines a page has.
  static func page(_ state: ExplorerState, _ help: Help) -> Int {
    max(1, Layout(state, help).list.height)
  }

  static func draw(_ state: ExplorerState, _ help: Help, on canvas: inout Canvas) {
    let theme = Theme(canvas.capabilities)
    let layout = Layout(state, help)
    canvas.box(layout.box, title: "Keys and words", style: theme.rule, titleStyle: theme.title)
    let list = layout.list
    guard !list.isEmpty else { return }
    let line = Point(x: list.x, y: list.y - 1)
    if let filter = help.filter {
      let used = canvas.put("/" + filter, at: line, style: theme.key, width: list.width - 1)
      canvas[line.x + used, line.y] = Glyph(" ", style: theme.cursor)
    } else {
      canvas.put(
        "type to search keys and words, such as gate or carried", at: line, style: theme.dim,
        width: list.width)
    }
    let first = min(max(0, help.scroll), max(0, layout.rows.count - list.height))
    let width = list.width / layout.columns
    for (offset, row) in layout.rows.dropFirst(first).prefix(list.height).enumerated() {
      for (column, line) in row.enumerated() {
        let point = Point(x: list.x + column * width, y: list.y + offset)
        draw(line, on: &canvas, at: point, width: layout.width, theme)
      }
    }
    if layout.rows.isEmpty {
      canvas.put(
        "no key does that, and no word has it", at: Point(x: list.x, y: list.y),
        style: theme.warning, width: list.width)
    }
    if first + list.height < layout.rows.count {
      canvas.put(
        " ↓ more ", endingAt: layout.box.maxX - 2, y: layout.box.maxY - 1, style: theme.focus,
        width: layout.box.width - 4)
    }
  }

  private static func draw(
    _ line: Line, on canvas: inout Canvas, at point: Point, width: Int, _ theme: Theme
  ) {
    switch line {
    case .blank: break
    case .chapter(let title): canvas.put(title, at: point, style: theme.title, width: width)
    case .command(let keys, let text, let isUsable):
      canvas.put(keys, at: point, style: isUsable ? theme.key : theme.dim, width: keyWidth)
      canvas.put(
        text, at: Point(x: point.x + keyWidth + 1, y: point.y),
        style: isUsable ? theme.text : theme.dim, width: width - keyWidth - 1)
    case .word(let term, let text):
      canvas.put(term, at: point, style: theme.strong, width: termWidth)
      canvas.put(
        text, at: Point(x: point.x + termWidth + 1, y: point.y), style: theme.text,
        width: width - termWidth - 1)
    }
  }

  /// Where the lines lie, and the lines, side by side where there are two columns.
  private struct Layout {
    let box: Rect
    let list: Rect
    let columns: Int
    /// The columns of the screen that a line has.
    let width: Int
    let rows: [[Line]]

    init(_ state: ExplorerState, _ help: Help) {
      let size = state.size
      let boxWidth = min(size.width - 4, size.width >= 120 ? 144 : 76)
      columns = boxWidth >= 112 && help.filter == nil ? 2 : 1
      width = (boxWidth - 4) / columns - (columns > 1 ? 2 : 0)
      let chapters = HelpView.chapters(state, help, width: width)
      rows = columns == 2 ? HelpView.sideBySide(chapters) : HelpView.stacked(chapters).map { [$0] }
      // While it is searched the box stays as large as it was, so that nothing jumps.
      let wanted = help.filter == nil ? rows.count + 3 : size.height
      let height = min(size.height - 4, wanted)
      box = Rect(
        x: (size.width - boxWidth) / 2, y: max(1, (size.height - height) / 2), width: boxWidth,
        height: height)
      list = box.inset(left: 2, top: 2, right: 2, bottom: 1)
    }
  }

  private static func stacked(_ chapters: [[Line]]) -> [Line] {
    Array(chapters.joined(separator: [.blank]))
  }

  /// Breaks the chapters where the longer column is shortest.
  private static func sideBySide(_ chapters: [[Line]]) -> [[Line]] {
    let columns = (0...chapters.count).map { count in
      (stacked(Array(chapters.prefix(count))), stacked(Array(chapters.dropFirst(count))))
    }
    let best = columns.min { max($0.0.count, $0.1.count) < max($1.0.count, $1.1.count) }
    guard let (left, right) = best else { return [] }
    return (0..<max(left.count, right.count)).map { index in
      [index < left.count ? left[index] : .blank, index < right.count ? right[index] : .blank]
    }
  }

  /// The chapters that have lines: what is worth knowing on the screen, then all the rest; of what is searched
  /// for, the words that have that name first.
  private static func chapters(_ state: ExplorerState, _ help: Help, width: Int) -> [[Line]] {
    let view = state.view
    let here = Here(state, help.below)
    var chapters: [(String, [Line])] = [("Here, in \(here.place)", here.lines(help.filter))]
    for chapter in Command.Chapter.allCases {
      let commands = Command.table.filter { command in
        command.chapter == chapter && !here.commands.contains { $0.name == command.name }
          && help.filter.map(command.mentions) ?? true
      }
      let lines = commands.map { command in
        Line.command(
          keys: command.keyWords, text: command.help,
          isUsable: here.isView && command.works(in: view))
      }
      chapters.append((chapter.rawValue, lines))
    }
    let keyless = TypedCommand.allCases.filter { typed in
      typed != .train && !Command.table.contains { $0.name == typed.rawValue }
    }
    let typed = keyless.filter { help.filter.map($0.mentions) ?? true }
    chapters.append(
      (
        "Typed after :",
        typed.map { .command(keys: ":" + $0.rawValue, text: $0.help, isUsable: true) }
      ))
    guard let filter = help.filter, !filter.isEmpty else {
      chapters.append(("Words", words(Glossary.entries, width: width)))
      return laidOut(chapters)
    }
    let named = Glossary.entries.filter { $0.isNamed(filter) }
    let others = Glossary.entries.filter { !$0.isNamed(filter) && $0.mentions(filter) }
    return laidOut(
      [("Words", words(named, width: width))] + chapters
        + [("Words that mention it", words(others, width: width))])
  }

  private static func laidOut(_ chapters: [(title: String, lines: [Line])]) -> [[Line]] {
    chapters.filter { !$0.lines.isEmpty }.map { [.chapter($0.title)] + $0.lines }
  }

  private static func words(_ entries: [GlossaryEntry], width: Int) -> [Line] {
    entries.flatMap { entry in
      wrapped(entry.text, to: max(8, width - termWidth - 1)).enumerated().map { index, line in
        Line.word(index == 0 ? entry.term : "", text: line)
      }
    }
  }

  /// What is worth knowing on the screen below the help.
  private struct Here {
    let place: String
    /// Whether a view is below, with its commands.
    let isView: Bool
    var commands: [Command] = []
    var keys: [(keys: String, text: String)] = []

    init(_ state: ExplorerState, _ below: Mode) {
      switch below {
      case .models:
        (place, isView, keys) = ("the list of models", false, ModelsView.keys)
      case .newRun:
        (place, isView, keys) = ("the form", false, NewRunView.keys)
      case .normal, .help, .palette, .prompt, .confirmingKeep, .confirmingExport, .confirmingLeave,
        .confirmingRecovery, .confirmingOpen, .confirmingDiscard, .confirmingBranch:
        (place, isView) = (state.view.title, true)
        commands = state.view.allHints.filter { ![.help, .leave].contains($0.id) }
          .flatMap { $0.partners(in: state.view) }
      }
    }

    func lines(_ filter: String?) -> [Line] {
      let found = commands.filter { filter.map($0.mentions) ?? true }
      let named = keys.filter { line in
        filter.map { "\(line.keys) \(line.text)".lowercased().contains($0.lowercased()) } ?? true
      }
      return found.map { .command(keys: $0.keyWords, text: $0.help, isUsable: true) }
        + named.map { .command(keys: $0.keys, text: $0.text, isUsable: true) }
    }
  }
}

extension Command {
  /// Its keys, as people write them.
  fileprivate var keyWords: String { keys.map(\.label).joined(separator: " ") }

  /// Whether its key, its name, another word for it or its description has the letters.
  fileprivate func mentions(_ text: String) -> Bool {
    let words = [title, name, help] + aliases
    return keys.contains { $0.label.lowercased() == text.lowercased() }
      || words.joined(separator: " ").lowercased().contains(text.lowercased())
  }
}
