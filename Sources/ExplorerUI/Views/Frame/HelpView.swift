/// The list of keys over the views, made from the table of commands, those of the view first.
enum HelpView {
  private enum Line {
    case blank
    case chapter(String)
    case command(keys: String, text: String, isUsable: Bool)
  }

  private static let keyWidth = 12

  /// The last line that scrolling can bring to the top.
  static func lastScroll(_ state: ExplorerState, _ help: Help) -> Int {
    let layout = Layout(state, help)
    return max(0, layout.rows.count - max(1, layout.list.height))
  }

  static func draw(_ state: ExplorerState, _ help: Help, on canvas: inout Canvas) {
    let theme = Theme(canvas.capabilities)
    let layout = Layout(state, help)
    canvas.box(layout.box, title: "Keys", style: theme.rule, titleStyle: theme.title)
    let list = layout.list
    guard !list.isEmpty else { return }
    if let filter = help.filter {
      let x =
        list.x
        + canvas.put(
          "/" + filter, at: Point(x: list.x, y: list.y - 1), style: theme.key, width: list.width - 1
        )
      canvas[x, list.y - 1] = Glyph(" ", style: theme.cursor)
    }
    let first = min(max(0, help.scroll), max(0, layout.rows.count - list.height))
    let width = list.width / layout.columns
    for (offset, row) in layout.rows.dropFirst(first).prefix(list.height).enumerated() {
      for (column, line) in row.enumerated() {
        let point = Point(x: list.x + column * width, y: list.y + offset)
        draw(
          line, on: &canvas, at: point, width: width - (column < layout.columns - 1 ? 2 : 0), theme)
      }
    }
    if layout.rows.isEmpty {
      canvas.put(
        "no key does that", at: Point(x: list.x, y: list.y), style: theme.warning, width: list.width
      )
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
    }
  }

  /// Where the lines lie, and the lines, side by side where there are two columns.
  private struct Layout {
    let box: Rect
    let list: Rect
    let columns: Int
    let rows: [[Line]]

    init(_ state: ExplorerState, _ help: Help) {
      let size = state.size
      let width = min(size.width - 4, size.width >= 120 ? 144 : 76)
      columns = width >= 112 && help.filter == nil ? 2 : 1
      let chapters = HelpView.chapters(state, help.filter)
      rows = columns == 2 ? HelpView.sideBySide(chapters) : HelpView.stacked(chapters).map { [$0] }
      let head = help.filter == nil ? 0 : 1
      // While it is searched the box stays as large as it was, so that nothing jumps.
      let wanted = help.filter == nil ? rows.count + 2 : size.height
      let height = min(size.height - 4, wanted)
      box = Rect(
        x: (size.width - width) / 2, y: max(1, (size.height - height) / 2), width: width,
        height: height)
      list = box.inset(left: 2, top: 1 + head, right: 2, bottom: 1)
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

  /// The chapters that have lines: what is worth knowing in the view, then all the rest.
  private static func chapters(_ state: ExplorerState, _ filter: String?) -> [[Line]] {
    let view = state.view
    let here = view.allHints.filter { ![.help, .leave].contains($0.id) }
      .flatMap { $0.partners(in: view) }
    var chapters = [("Here, in \(view.title)", here)]
    for chapter in Command.Chapter.allCases {
      let rest = Command.table.filter { command in
        command.chapter == chapter && !here.contains { $0.name == command.name }
      }
      chapters.append((chapter.rawValue, rest))
    }
    return chapters.compactMap { title, commands in
      let found = commands.filter { command in filter.map { command.mentions($0) } ?? true }
      guard !found.isEmpty else { return nil }
      return [.chapter(title)]
        + found.map { command in
          .command(
            keys: command.keys.map(\.label).joined(separator: " "), text: command.help,
            isUsable: command.works(in: view))
        }
    }
  }
}

extension Command {
  /// Whether its key, its name or its description has the letters.
  fileprivate func mentions(_ text: String) -> Bool {
    keys.contains { $0.label == text }
      || "\(title) \(name) \(help)".lowercased().contains(text.lowercased())
  }
}
