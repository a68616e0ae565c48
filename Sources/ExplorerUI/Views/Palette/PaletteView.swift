/// Where the parts of the palette lie.
struct PaletteLayout {
  let box: Rect
  /// The line that is typed.
  let line: Rect
  /// The suggestions, one in each row.
  let list: Rect
  /// The index of the suggestion in the first row.
  let first: Int

  init(_ size: Size, count: Int, choice: Int?) {
    let width = min(size.width - 4, 96)
    let height = min(size.height - 5, 18)
    box = Rect(x: (size.width - width) / 2, y: 2, width: width, height: height)
    let inner = box.inset(left: 2, top: 1, right: 2, bottom: 1)
    line = inner.splitTop(1).top
    list = inner.inset(top: 2)
    let place = choice ?? 0
    first = min(max(0, place - list.height / 2), max(0, count - list.height))
  }

  /// The suggestion under a point.
  func index(at point: Point, count: Int) -> Int? {
    guard list.contains(point) else { return nil }
    let index = first + point.y - list.y
    return index < count ? index : nil
  }
}

/// The palette over the views: a line to type, and below it what it could become.
enum PaletteView {
  private static let keyWidth = 14

  static func draw(_ palette: Palette, on canvas: inout Canvas) {
    let theme = Theme(canvas.capabilities)
    let suggestions = palette.suggestions
    let layout = PaletteLayout(canvas.size, count: suggestions.count, choice: palette.choice)
    canvas.box(layout.box, title: "Commands", style: theme.rule, titleStyle: theme.title)
    canvas.put(":", at: Point(x: layout.line.x, y: layout.line.y), style: theme.key)
    palette.prompt.draw(on: &canvas, in: layout.line.inset(left: 1))
    drawNote(palette, on: &canvas, layout)
    let widest = suggestions.map { columns(of: $0.text) }.max() ?? 0
    let column = min(max(14, widest + 4), layout.list.width / 2)
    for offset in 0..<min(layout.list.height, suggestions.count - layout.first) {
      let index = layout.first + offset
      let row = Rect(
        x: layout.list.x, y: layout.list.y + offset, width: layout.list.width, height: 1)
      draw(
        suggestions[index], on: &canvas, in: row, column: column,
        isChosen: palette.choice == index,
        isProposed: palette.choice == nil && index == 0 && !palette.text.isEmpty)
    }
    if layout.first + layout.list.height < suggestions.count {
      canvas.put(
        " ↓ \(suggestions.count - layout.first - layout.list.height) more ",
        endingAt: layout.box.maxX - 2, y: layout.box.maxY - 1, style: theme.focus)
    }
  }

  /// The row under the line: what is wrong, or what is to be typed.
  private static func drawNote(
    _ palette: Palette, on canvas: inout Canvas, _ layout: PaletteLayout
  ) {
    let theme = Theme(canvas.capabilities)
    let point = Point(x: layout.line.x, y: layout.line.y + 1)
    let width = layout.line.width
    if let problem = palette.problem {
      canvas.put(problem, at: point, style: theme.warning, width: width)
      return
    }
    if let usage = palette.usage {
      canvas.put(usage, at: point, style: theme.dim, width: width)
    } else if palette.suggestions.isEmpty {
      canvas.put("no command fits", at: point, style: theme.warning, width: width)
    }
  }

  private static func draw(
    _ suggestion: PaletteSuggestion, on canvas: inout Canvas, in row: Rect, column: Int,
    isChosen: Bool, isProposed: Bool
  ) {
    let theme = Theme(canvas.capabilities)
    let isAvailable = suggestion.problem == nil
    let mark = isChosen || isProposed ? "›" : " "
    canvas.put(mark, at: Point(x: row.x, y: row.y), style: theme.key)
    canvas.put(
      suggestion.text, at: Point(x: row.x + 2, y: row.y),
      style: isChosen ? theme.cursor : isAvailable ? theme.strong : theme.dim, width: column - 3)
    let used = canvas.put(
      suggestion.keys, endingAt: row.maxX, y: row.y, style: isAvailable ? theme.key : theme.dim,
      width: keyWidth)
    canvas.put(
      suggestion.problem ?? suggestion.help, at: Point(x: row.x + column, y: row.y),
      style: isAvailable ? theme.text : theme.dim,
      width: row.width - column - used - (used > 0 ? 1 : 0))
  }
}
