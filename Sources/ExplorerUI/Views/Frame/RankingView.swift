import HighwayNetworks

/// The ranked cells as a list, in the place of the inspector; it scrolls with the cursor.
enum RankingView {
  /// The columns of an entry: its rank, its place and its value.
  private static let widths = (rank: 7, place: 9, value: 8)
  /// The columns of a list without bars.
  private static var narrow: Int { widths.rank + widths.place + widths.value }

  /// Where the entries of a list lie, in as many columns as have room.
  private struct Layout {
    let area: Rect
    let across: Int
    let width: Int
    let first: Int

    init(_ rect: Rect, cursor: Int, count: Int) {
      area = rect.inset(top: 2)
      // One column takes all the room that there is for bars; more stand where there are few rows.
      across = area.height < 12 ? max(1, area.width / (RankingView.narrow + 2)) : 1
      width = area.width / across
      let rows = max(0, area.height) * across
      first = min(max(0, cursor - rows / 2), max(0, count - rows))
    }

    var count: Int { max(0, area.height) * across }

    /// The place of an entry, by its number among those that are shown.
    func point(_ offset: Int) -> Point {
      Point(x: area.x + offset / area.height * width, y: area.y + offset % area.height)
    }

    func offset(at point: Point) -> Int? {
      guard area.contains(point), area.height > 0, width > 0 else { return nil }
      return (point.x - area.x) / width * area.height + point.y - area.y
    }
  }

  static func draw(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    let theme = Theme(canvas.capabilities)
    guard rect.height > 2 else { return }
    let shown = state.view.ranking(state)
    guard let ranking = shown.value else {
      drawCentered(wrapped(shown.note ?? "", to: max(8, rect.width - 2)), on: &canvas, in: rect)
      return
    }
    let place = ranking.place(of: state.cursorCell)
    let count = NumberFormat.count(ranking.entries.count)
    var title = ranking.title
    if case .earlier(_, let note) = shown { title += " (\(note))" }
    canvas.put(title, at: Point(x: rect.x, y: rect.y), style: theme.focus, width: rect.width)
    canvas.put(
      ranking.order.title + (rect.width >= 40 ? ", \(count) in all" : ""),
      at: Point(x: rect.x, y: rect.y + 1), style: theme.dim, width: rect.width)
    let layout = Layout(rect, cursor: place ?? 0, count: ranking.entries.count)
    let most = ranking.entries.map(\.value.magnitude).max() ?? 0
    for (offset, entry) in ranking.entries.dropFirst(layout.first).prefix(layout.count).enumerated()
    {
      let index = layout.first + offset
      draw(
        entry, index, ranking, state, most: most, isCursor: index == place, on: &canvas,
        at: layout.point(offset), width: layout.width)
    }
  }

  private static func draw(
    _ entry: Ranking.Entry, _ index: Int, _ ranking: Ranking, _ state: ExplorerState, most: Double,
    isCursor: Bool, on canvas: inout Canvas, at point: Point, width: Int
  ) {
    let theme = Theme(canvas.capabilities)
    let numbers = min(width, narrow)
    let value = max(0, min(widths.value, numbers - widths.place - 2))
    let rank = max(0, numbers - widths.place - value)
    if rank > 2 {
      canvas.put(
        NumberFormat.count(index + 1), endingAt: point.x + rank - 2, y: point.y, style: theme.dim,
        width: rank - 2)
    }
    canvas.put(
      state.words(entry), at: Point(x: point.x + rank - 1, y: point.y),
      style: isCursor ? theme.cursor : theme.text, width: widths.place)
    canvas.put(
      ranking.text(entry), endingAt: point.x + numbers, y: point.y,
      style: isCursor ? theme.strong : theme.text, width: value)
    var right = point.x + width
    if let other = entry.other, width >= narrow + 10 {
      canvas.put(
        NumberFormat.signed(other, 4), endingAt: right - 1, y: point.y, style: theme.dim, width: 9)
      right -= 11
    }
    let bar = right - point.x - numbers - 2
    guard bar >= 4, most > 0 else { return }
    let length = Int((entry.value.magnitude / most * Double(bar)).rounded())
    let ink = theme.series(entry.value < 0 ? 1 : 0).foreground
    for x in 0..<max(0, min(bar, length)) {
      canvas[point.x + numbers + 1 + x, point.y] = Glyph(
        canvas.capabilities.unicode ? "▆" : "#", style: Style(ink))
    }
  }

  /// The cell, or the layer, under a point.
  static func target(at point: Point, _ state: ExplorerState, in rect: Rect) -> Target? {
    guard rect.contains(point), let ranking = state.view.ranking(state).value else { return nil }
    let layout = Layout(
      rect, cursor: ranking.place(of: state.cursorCell) ?? 0, count: ranking.entries.count)
    guard let offset = layout.offset(at: point),
      ranking.entries.indices.contains(layout.first + offset)
    else { return nil }
    let entry = ranking.entries[layout.first + offset]
    return entry.unit.map { .unit($0, block: entry.block) } ?? .block(entry.block)
  }
}
