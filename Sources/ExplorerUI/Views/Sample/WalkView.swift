import HighwayNetworks
import TensorFiles

/// Lines written between the codes of two samples, a row for each, beside them the mean of T of every highway layer
/// before and behind the code.
struct WalkView {
  private let state: ExplorerState
  private let walk: CodeWalk
  private let rows: [WalkRow]
  private let scale: ColorScale
  private let rect: Rect
  private let capabilities: Capabilities
  /// The columns for the labels of the rows.
  private let labelWidth: Int
  /// The columns of a layer, with the gap behind them.
  private let cellWidth: Int
  /// The decimals of the numbers beside the colours; nil where there is no room for them.
  private let decimals: Int?

  /// The rows above the lines: the title, and two for the layers.
  private static let head = 3
  /// The columns that lines keep before numbers have room.
  private static let narrowestLine = 40
  /// The columns between the layers before the code and those behind it, and before the lines.
  private static let gap = 1

  /// Draws the walk, or what is said in its place.
  static func draw(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    guard rect.height > head, rect.width > 20 else { return }
    guard let walk = state.walk.value else {
      drawCentered(wrapped(state.walk.note ?? "", to: rect.width - 4), on: &canvas, in: rect)
      return
    }
    WalkView(state, walk, canvas, in: rect).draw(on: &canvas)
  }

  private init(_ state: ExplorerState, _ walk: CodeWalk, _ canvas: Canvas, in rect: Rect) {
    (self.state, self.walk, self.rect) = (state, walk, rect)
    capabilities = canvas.capabilities
    rows = state.walkRows(walk)
    let values = rows.flatMap { $0.values(walk).compactMap(\.self) }
    scale =
      state.display.fitsScale
      ? .fitting(values, map: state.display.colorMap)
      : ColorScale(state.display.colorMap, lower: 0, upper: 1)
    labelWidth = max(5, rows.map(\.label.count).max() ?? 0) + 2
    let layers = max(1, walk.layersBefore.count + walk.layers.count)
    let room = rect.width - labelWidth - 2 * Self.gap - 1
    let widths: [(cell: Int, decimals: Int?, line: Int)] = [
      (9, 3, 60), (7, 2, Self.narrowestLine), (3, nil, Self.narrowestLine), (2, nil, 20),
    ]
    let found = widths.first { room - layers * $0.cell >= $0.line }
    (cellWidth, decimals) = (found?.cell ?? 1, found?.decimals)
  }

  private var theme: Theme { Theme(capabilities) }

  /// The layers that have room, as the places of their columns.
  private func x(ofColumn column: Int) -> Int {
    let behind = column >= walk.layersBefore.count ? Self.gap : 0
    return rect.x + labelWidth + column * cellWidth + behind
  }

  /// Where the lines begin.
  private var lineX: Int {
    min(x(ofColumn: walk.layersBefore.count + walk.layers.count) + Self.gap, rect.maxX - 12)
  }

  private func draw(on canvas: inout Canvas) {
    drawTitle(on: &canvas)
    drawHeader(on: &canvas)
    let notes = notes
    let area = rect.inset(top: Self.head, bottom: notes.count)
    let width = max(8, rect.maxX - lineX)
    let lines = rows.map { wrapped(CodeWalk.line($0.tokens), to: width) }
    let cursor = min(state.shownWalkRow, rows.count - 1)
    let (first, counts) = Self.heights(lines.map(\.count), cursor: cursor, room: area.height)
    var y = area.y
    for (offset, count) in counts.enumerated() {
      let row = first + offset
      draw(row, lines[row], rows: count, isCursor: row == cursor, at: y, on: &canvas)
      y += count
    }
    for (offset, note) in notes.enumerated() {
      canvas.put(
        note, at: Point(x: rect.x + 1, y: y + offset),
        style: state.walkStart == state.selection.sample ? theme.warning : theme.dim,
        width: rect.width - 1)
    }
  }

  /// How many rows of the screen each line takes, from the first that is shown on: the one at the cursor as many as it
  /// needs, the others in turn.
  static func heights(
    _ needed: [Int], cursor: Int, room: Int
  ) -> (first: Int, counts: [Int]) {
    guard needed.count <= room else {
      let room = max(0, room)
      let first = max(0, min(cursor - room / 2, needed.count - room))
      return (first, Array(repeating: 1, count: room))
    }
    var counts = needed.map { _ in 1 }
    var free = room - needed.count
    let more = max(0, min(free, needed[cursor] - 1))
    counts[cursor] += more
    free -= more
    while free > 0,
      let next = counts.indices.filter({ counts[$0] < needed[$0] }).min(by: {
        counts[$0] < counts[$1]
      })
    {
      counts[next] += 1
      free -= 1
    }
    return (0, counts)
  }

  private func drawTitle(on canvas: inout Canvas) {
    let start = state.walkStart ?? state.selection.sample
    var title = "▸walk from sample \(start)"
    if start != state.selection.sample { title += " to sample \(state.selection.sample)" }
    if case .earlier(_, let note) = state.walk { title += " (\(note))" }
    let right = rect.maxX - 1
    let used = ColorLegend(scale).draw(
      on: &canvas, endingAt: right, y: rect.y,
      width: max(0, min(44, rect.width - canvas.columns(shown: title) - 4)))
    canvas.put(
      title, at: Point(x: rect.x, y: rect.y), style: theme.focus, width: right - used - rect.x - 1)
  }

  /// The numbers of the layers above their columns, and on which side of the code they are.
  private func drawHeader(on canvas: inout Canvas) {
    let split = walk.layersBefore.count
    let parts = [(0..<split, "before"), (split..<split + walk.layers.count, "behind")]
    for (columns, side) in parts where !columns.isEmpty {
      let width = min(columns.count * cellWidth - 1, rect.maxX - x(ofColumn: columns.lowerBound))
      let forms = ["T \(side) the code", "T \(side) code", side, ""]
      canvas.put(
        forms.first { $0.count <= width } ?? "",
        at: Point(x: x(ofColumn: columns.lowerBound), y: rect.y + 1), style: theme.dim)
    }
    for (column, layer) in (walk.layersBefore + walk.layers).enumerated() {
      let text = decimals == nil ? "\(layer)" : "layer \(layer)"
      guard x(ofColumn: column) + cellWidth <= lineX else { break }
      let short = text.count < cellWidth ? text : "\(layer)"
      guard short.count < max(2, cellWidth) else { continue }
      canvas.put(short, at: Point(x: x(ofColumn: column), y: rect.y + 2), style: theme.dim)
    }
    canvas.put("place", endingAt: rect.x + labelWidth - 1, y: rect.y + 2, style: theme.dim)
    canvas.put("line", at: Point(x: lineX, y: rect.y + 2), style: theme.dim)
  }

  private func draw(
    _ row: Int, _ lines: [String], rows count: Int, isCursor: Bool, at y: Int,
    on canvas: inout Canvas
  ) {
    let isRead = rows[row].place == nil
    canvas.put(
      rows[row].label, endingAt: rect.x + labelWidth - 1, y: y,
      style: isCursor && state.display.showsCursor
        ? theme.cursor : isRead ? theme.title : theme.dim)
    for (column, value) in rows[row].values(walk).enumerated() {
      guard let value, x(ofColumn: column) + cellWidth <= lineX else { continue }
      drawCell(value, at: Point(x: x(ofColumn: column), y: y), on: &canvas)
    }
    for (offset, line) in lines.prefix(count).enumerated() {
      let isCut = offset == count - 1 && lines.count > count
      canvas.put(
        isCut ? lines[offset...].prefix(2).joined(separator: " ") : line,
        at: Point(x: lineX, y: y + offset), style: isRead ? theme.strong : theme.text,
        width: rect.maxX - lineX)
    }
  }

  /// The colour of a mean, and the number where there is room.
  private func drawCell(_ value: Float, at point: Point, on canvas: inout Canvas) {
    let glyph =
      scale.position(value).map { position in
        scale.map.ink(at: position, depth: capabilities.colors).map {
          Glyph(" ", style: Style(.standard, on: $0))
        } ?? scale.glyph(at: position, capabilities)
      } ?? Glyph("?", style: theme.bad)
    for x in point.x..<point.x + max(1, min(2, cellWidth - 1)) { canvas[x, point.y] = glyph }
    guard let decimals else { return }
    canvas.put(
      NumberFormat.fixed(value, decimals), at: Point(x: point.x + 2, y: point.y),
      style: theme.text, width: cellWidth - 2)
  }

  /// What is to be done where there is one line alone, and what the columns are.
  private var notes: [String] {
    let width = max(20, rect.width - 2)
    if state.walkStart == state.selection.sample {
      return wrapped(
        "The walk begins here. Go to another sample with , . or /s and its number: lines between both follow.",
        to: width)
    }
    let most = max(0, min(2, rect.height - Self.head - rows.count))
    let parts = [
      "before the code: mean T where the row's line is read",
      "behind it: mean T where it is written", "s: a sample as it was read",
    ]
    return Array(wrapped(parts.joined(separator: " · "), to: width).prefix(most))
  }
}
