/// The list of keys over the views, made from the table of commands.
enum HelpView {
  private enum Line {
    case blank
    case chapter(String)
    case command(keys: String, text: String)
  }

  private static let keyWidth = 12

  /// The last line that scrolling can bring to the top.
  static func lastScroll(_ state: ExplorerState) -> Int {
    let rect = rect(state.size)
    return max(0, rows(columns: columnCount(rect)).count - max(1, rect.height - 2))
  }

  static func draw(on canvas: inout Canvas, scroll: Int) {
    let theme = Theme(canvas.capabilities)
    let rect = rect(canvas.size)
    canvas.box(rect, title: "Keys", style: theme.rule, titleStyle: theme.title)
    let inner = rect.inset(left: 2, top: 1, right: 2, bottom: 1)
    guard !inner.isEmpty else { return }
    let count = columnCount(rect)
    let rows = rows(columns: count)
    let first = min(max(0, scroll), max(0, rows.count - inner.height))
    let width = inner.width / count
    for (offset, row) in rows.dropFirst(first).prefix(inner.height).enumerated() {
      for (column, line) in row.enumerated() {
        let point = Point(x: inner.x + column * width, y: inner.y + offset)
        draw(line, on: &canvas, at: point, width: width - (column < count - 1 ? 2 : 0), theme)
      }
    }
    if first + inner.height < rows.count {
      canvas.put(
        " ↓ more ", endingAt: rect.maxX - 2, y: rect.maxY - 1, style: theme.focus,
        width: rect.width - 4)
    }
  }

  private static func draw(
    _ line: Line, on canvas: inout Canvas, at point: Point, width: Int, _ theme: Theme
  ) {
    switch line {
    case .blank: break
    case .chapter(let title): canvas.put(title, at: point, style: theme.title, width: width)
    case .command(let keys, let text):
      canvas.put(keys, at: point, style: theme.key, width: keyWidth)
      canvas.put(
        text, at: Point(x: point.x + keyWidth + 1, y: point.y), width: width - keyWidth - 1)
    }
  }

  private static func rect(_ size: Size) -> Rect {
    let wide = size.width >= 120
    let width = min(size.width - 4, wide ? 128 : 72)
    let height = min(size.height - 4, rows(columns: wide ? 2 : 1).count + 2)
    return Rect(
      x: (size.width - width) / 2, y: max(1, (size.height - height) / 2), width: width,
      height: height)
  }

  private static func columnCount(_ rect: Rect) -> Int { rect.width >= 112 ? 2 : 1 }

  /// The lines, side by side where there are two columns.
  private static func rows(columns: Int) -> [[Line]] {
    let chapters = Command.Chapter.allCases.map(lines)
    guard columns == 2 else {
      return chapters.joined(separator: [.blank]).map { [$0] }
    }
    let left = Array(chapters.prefix(3).joined(separator: [.blank]))
    let right = Array(chapters.dropFirst(3).joined(separator: [.blank]))
    return (0..<max(left.count, right.count)).map { index in
      [index < left.count ? left[index] : .blank, index < right.count ? right[index] : .blank]
    }
  }

  private static func lines(_ chapter: Command.Chapter) -> [Line] {
    let commands = Command.table.filter { $0.chapter == chapter }
    return [.chapter(chapter.rawValue)]
      + commands.map { command in
        .command(keys: command.keys.map(\.label).joined(separator: " "), text: command.help)
      }
  }
}
