import HighwayNetworks

/// Where the parts of the list of models lie.
struct ModelsLayout {
  let header: Rect
  /// What the list is searched for, and the titles of the columns.
  let head: Rect
  /// The models, one in each row.
  let list: Rect
  /// The picture of the model at the cursor.
  let picture: Rect
  let footer: Rect
  /// The index of the model in the first row.
  let first: Int

  init(_ state: ExplorerState) {
    let screen = Rect(x: 0, y: 0, width: state.size.width, height: state.size.height)
    let (header, belowHeader) = screen.splitTop(1)
    let (body, footer) = belowHeader.splitBottom(1)
    let isBeside = body.width >= 136
    let count = state.models.shown.count
    let rows = min(max(3, count + 1), max(3, body.height * 2 / 5))
    let (left, right) = isBeside ? body.splitRight(56) : body.splitTop(rows + 2)
    let (head, list) = left.splitTop(2)
    self.header = header
    self.head = head
    self.list = list
    self.footer = footer
    picture = isBeside ? right.inset(left: 1) : right
    first = min(max(0, state.models.cursor - list.height / 2), max(0, count - list.height))
  }

  func index(at point: Point, count: Int) -> Int? {
    guard list.contains(point) else { return nil }
    let index = first + point.y - list.y
    return index < count ? index : nil
  }
}

/// The list of models to open, with a picture of the one at the cursor.
enum ModelsView {
  /// What its keys do, for the help.
  static let keys: [(keys: String, text: String)] = [
    ("↑ ↓ k j", "the model above, or below"),
    ("PgUp PgDn", "ten models up, or down"),
    ("Home End", "the first model, or the last"),
    ("Enter", "open the model"),
    ("/", "search names, gatings, data and paths"),
    ("Tab Shift-Tab", "sort by the next column, or the one before"),
    ("N", "a new network: choose its settings and train it"),
    ("T", "a tour: one network, step by step, in five minutes"),
    (":", "type a command, such as open PATH"),
    ("M Esc", "back to the model that is open"),
    ("? F1", "keys and words"),
    ("q", "leave"),
  ]

  /// A column beside the name; those of high rank go first where there is no room.
  private struct Column {
    let title: String
    let width: Int
    let rank: Int
    let order: ModelList.Order
    let text: @Sendable (ModelEntry) -> String

    init(
      _ title: String, _ width: Int, _ rank: Int, _ order: ModelList.Order,
      _ text: @escaping @Sendable (ModelEntry) -> String
    ) {
      self.title = title
      self.width = width
      self.rank = rank
      self.order = order
      self.text = text
    }
  }

  private static let columns: [Column] = [
    Column("size", 8, 1, .depth) { "\($0.depth)×\($0.width)" },
    Column("gating", 15, 2, .gating, \.gating),
    Column("trained on", 14, 3, .data, \.dataName),
    Column("test acc.", 10, 0, .accuracy) {
      $0.accuracy.map { NumberFormat.percent($0, 2) } ?? "–"
    },
    Column("epochs", 7, 4, .epochs) { $0.lastEpoch.map(String.init) ?? "–" },
    Column("test loss", 10, 5, .loss) { $0.loss.map { NumberFormat.loss($0) } ?? "–" },
    Column("highway", 8, 6, .layers) { "\($0.layers)" },
    Column("parameters", 12, 7, .parameters) { NumberFormat.count($0.parameters) },
  ]

  /// What the names get at the least.
  private static let leastName = 24

  static func draw(_ state: ExplorerState, on canvas: inout Canvas) {
    let theme = Theme(canvas.capabilities)
    let layout = ModelsLayout(state)
    canvas.fill(layout.header, style: theme.band)
    let used = canvas.put(" tollgate  ", at: Point(x: 0, y: 0), style: theme.bandTitle)
    let count = counted(state.models.entries.count, "model")
    let more =
      state.models.left > 0 ? ", \(state.models.left) more are not listed (:open PATH)" : ""
    canvas.put("\(count) to open\(more)", at: Point(x: used, y: 0), style: theme.bandStrong)
    guard !state.models.entries.isEmpty else {
      drawNothing(on: &canvas, in: layout.head, theme)
      drawFooter(state, on: &canvas, in: layout.footer, theme)
      return
    }
    drawHead(state, on: &canvas, layout.head, theme)
    let shown = state.models.shown
    for offset in 0..<max(0, min(layout.list.height, shown.count - layout.first)) {
      let index = layout.first + offset
      draw(
        shown[index], state, on: &canvas, in: layout.list, y: layout.list.y + offset,
        isCursor: index == state.models.cursor, isOpen: shown[index].path == state.model?.path,
        theme)
    }
    if shown.isEmpty {
      canvas.put(
        " no model has that in its name, gating, data or path",
        at: Point(x: layout.list.x, y: layout.list.y), style: theme.warning,
        width: layout.list.width)
    }
    if let entry = state.models.current {
      drawPicture(entry, state, on: &canvas, in: layout.picture, theme)
    }
    drawFooter(state, on: &canvas, in: layout.footer, theme)
  }

  /// Says what to do where there is no model at all.
  private static func drawNothing(on canvas: inout Canvas, in rect: Rect, _ theme: Theme) {
    let lines = [
      ("no models are here yet, nor in models or runs", theme.warning), ("", theme.text),
      ("N trains a new network, here and now", theme.text),
      ("tollgate PATH opens a run directory or a .safetensors checkpoint", theme.text),
      ("tollgate train --help says how to train one without the explorer", theme.text),
    ]
    for (offset, line) in lines.enumerated() {
      canvas.put(
        line.0, at: Point(x: rect.x + 1, y: rect.y + 1 + offset), style: line.1,
        width: rect.width - 2)
    }
  }

  private static func drawHead(
    _ state: ExplorerState, on canvas: inout Canvas, _ rect: Rect, _ theme: Theme
  ) {
    if let filter = state.models.filter {
      let used = canvas.put(" /" + filter, at: Point(x: rect.x, y: rect.y), style: theme.key)
      canvas[rect.x + used, rect.y] = Glyph(" ", style: theme.cursor)
    } else if state.offersTour {
      canvas.put(
        " New here? T begins a tour: one network, step by step, in five minutes",
        at: Point(x: rect.x, y: rect.y), style: theme.focus, width: rect.width)
    }
    for (column, right) in places(state, in: rect) {
      canvas.put(
        column.title, endingAt: right, y: rect.y + 1,
        style: state.models.order == column.order ? theme.strong : theme.dim, width: column.width)
    }
    canvas.put(
      "  name", at: Point(x: rect.x, y: rect.y + 1),
      style: state.models.order == .name ? theme.strong : theme.dim)
  }

  /// By what a press on the titles of the columns sorts.
  static func order(at point: Point, _ state: ExplorerState, in head: Rect) -> ModelList.Order? {
    guard head.contains(point), point.y == head.y + 1 else { return nil }
    let places = places(state, in: head)
    if let first = places.first, point.x < first.right - first.column.width { return .name }
    return places.first { point.x < $0.right }?.column.order
  }

  /// The columns that have room, and where each ends; they follow the longest name, so that it stays near its row.
  private static func places(
    _ state: ExplorerState, in rect: Rect
  ) -> [(column: Column, right: Int)] {
    let room = rect.width - 2 - leastName
    var shown = columns
    while shown.reduce(0, { $0 + $1.width }) > room, shown.count > 1,
      let worst = shown.indices.max(by: { shown[$0].rank < shown[$1].rank })
    {
      shown.remove(at: worst)
    }
    let longest = state.models.entries.map { ExplorerUI.columns(of: $0.name) }.max() ?? 0
    let free = rect.width - 1 - shown.reduce(0) { $0 + $1.width }
    var right = rect.x + min(free, max(leastName, longest + 4))
    return shown.map { column in
      right += column.width
      return (column, right)
    }
  }

  private static func draw(
    _ entry: ModelEntry, _ state: ExplorerState, on canvas: inout Canvas, in rect: Rect, y: Int,
    isCursor: Bool, isOpen: Bool, _ theme: Theme
  ) {
    let row = Rect(x: rect.x + 1, y: y, width: rect.width - 1, height: 1)
    if isCursor { canvas.fill(row, style: theme.cursor) }
    let style = isCursor ? theme.cursor : entry.problem != nil ? theme.dim : theme.text
    var nameEnd = rect.x + 26
    if let problem = entry.problem {
      let room = max(0, rect.width - 28)
      canvas.put(
        problem, at: Point(x: rect.x + 26, y: y), style: isCursor ? theme.cursor : theme.dim,
        width: room)
    } else {
      let places = places(state, in: rect)
      for (column, right) in places {
        canvas.put(
          column.text(entry), endingAt: right, y: y, style: style, width: column.width - 1)
      }
      nameEnd = places.first.map { $0.right - $0.column.width } ?? rect.maxX
    }
    canvas.put(
      isCursor ? "›" : isOpen ? "•" : " ", at: Point(x: rect.x, y: y), style: theme.key)
    canvas.put(
      entry.name, at: Point(x: rect.x + 2, y: y), style: style,
      width: nameEnd - rect.x - 3)
  }

  private static func drawPicture(
    _ entry: ModelEntry, _ state: ExplorerState, on canvas: inout Canvas, in rect: Rect,
    _ theme: Theme
  ) {
    canvas.put(
      entry.path, at: Point(x: rect.x + 1, y: rect.y), style: theme.dim, width: rect.width - 2)
    let area = rect.inset(top: 1)
    guard area.height >= 4, entry.problem == nil, entry.layers > 0 else { return }
    let place = HeatmapPanelLayout(
      area, rows: entry.layers, columns: entry.width, capabilities: canvas.capabilities)
    let content = content(entry)
    HeatmapPanel(
      title: "gate bias", content: content,
      scale: .fitting(content.value?.values ?? [], map: state.display.colorMap),
      rowNumbers: entry.layerNumbers, meaning: "gate bias, low carries"
    ).draw(on: &canvas, at: place)
  }

  private static func content(_ entry: ModelEntry) -> Shown<HeatmapMatrix> {
    if let problem = entry.gateBiasProblem { return .unavailable(problem) }
    guard let biases = entry.gateBiases else { return .pending }
    // A file may have changed since its headers were read.
    guard biases.count == entry.layers, biases.allSatisfy({ ($0?.count ?? 0) <= entry.width })
    else { return .unavailable("the gate biases do not fit this network") }
    guard biases.contains(where: { $0 != nil }) else {
      return .unavailable("no gate bias: gating \(entry.gating)")
    }
    return .current(HeatmapMatrix(rows: biases.map { $0 ?? [] }, columns: entry.width))
  }

  private static func drawFooter(
    _ state: ExplorerState, on canvas: inout Canvas, in rect: Rect, _ theme: Theme
  ) {
    if state.mode != .models {
      FooterView.draw(state, on: &canvas, in: rect)
      return
    }
    if let message = state.message {
      FooterView.draw(message, on: &canvas, in: rect)
      return
    }
    var x = rect.x + 1
    var keys = [("↑↓", "move"), ("Enter", "open"), ("/", "search")]
    keys.append(("Tab", "sort"))
    if state.models.entries.isEmpty { keys = [] }
    if state.models.filter != nil {
      keys += [("F1", "help"), ("Esc", "show all")]
    } else {
      if state.model != nil { keys.append(("Esc", "back")) }
      keys += [("N", "new"), ("T", "tour"), ("?", "help"), ("q", "leave")]
    }
    // What is least needed goes where there is no room.
    func width() -> Int { keys.reduce(1) { $0 + ExplorerUI.columns(of: $1.0 + $1.1) + 3 } }
    for optional in ["Tab", "T"] where width() > rect.width { keys.removeAll { $0.0 == optional } }
    for (key, text) in keys {
      x += canvas.put(key, at: Point(x: x, y: rect.y), style: theme.key)
      x += canvas.put(" " + text, at: Point(x: x, y: rect.y), style: theme.dim) + 2
    }
  }
}
