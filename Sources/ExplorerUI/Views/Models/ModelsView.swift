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
    (":", "type a command, such as open PATH"),
    ("M Esc", "back to the model that is open"),
    ("? F1", "keys and words"),
    ("q", "leave"),
  ]

  private static let columns: [(title: String, width: Int)] = [
    ("layers", 8), ("gating", 15), ("trained on", 14), ("accuracy", 9), ("epochs", 7),
  ]

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
        shown[index], on: &canvas, in: layout.list, y: layout.list.y + offset,
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
    var right = rect.maxX - 1
    for (column, width) in visibleColumns(rect.width).reversed() {
      // The columns after the name stand in the order of what they are sorted by.
      let isOrder = state.models.order.rawValue == column + 1
      canvas.put(
        columns[column].title, endingAt: right, y: rect.y + 1,
        style: isOrder ? theme.strong : theme.dim, width: width)
      right -= width
    }
    canvas.put(
      "  name", at: Point(x: rect.x, y: rect.y + 1),
      style: state.models.order == .name ? theme.strong : theme.dim)
  }

  /// By what a press on the titles of the columns sorts.
  static func order(at point: Point, in head: Rect) -> ModelList.Order? {
    guard head.contains(point), point.y == head.y + 1 else { return nil }
    var right = head.maxX - 1
    for (column, width) in visibleColumns(head.width).reversed() {
      if point.x >= right - width, point.x < right { return ModelList.Order(rawValue: column + 1) }
      right -= width
    }
    return point.x < right ? .name : nil
  }

  /// The columns that have room beside the name; the accuracy stays longest.
  private static func visibleColumns(_ width: Int) -> [(index: Int, width: Int)] {
    var indices = Array(columns.indices)
    for dropped in [4, 2, 1] {
      if indices.reduce(26, { $0 + columns[$1].width }) <= width { break }
      indices.removeAll { $0 == dropped }
    }
    return indices.map { ($0, columns[$0].width) }
  }

  private static func draw(
    _ entry: ModelEntry, on canvas: inout Canvas, in rect: Rect, y: Int, isCursor: Bool,
    isOpen: Bool, _ theme: Theme
  ) {
    let texts = [
      "\(entry.layers)×\(entry.width)", entry.gating, entry.dataName,
      entry.accuracy.map { NumberFormat.percent($0, 2) } ?? "–",
      entry.lastEpoch.map(String.init) ?? "–",
    ]
    let row = Rect(x: rect.x + 1, y: y, width: rect.width - 1, height: 1)
    if isCursor { canvas.fill(row, style: theme.cursor) }
    let style = isCursor ? theme.cursor : entry.problem != nil ? theme.dim : theme.text
    var right = rect.maxX - 1
    if let problem = entry.problem {
      let room = max(0, rect.width - 28)
      canvas.put(
        problem, at: Point(x: rect.x + 26, y: y), style: isCursor ? theme.cursor : theme.dim,
        width: room)
      right = rect.x + 26
    } else {
      for (column, width) in visibleColumns(rect.width).reversed() {
        canvas.put(texts[column], endingAt: right, y: y, style: style, width: width - 1)
        right -= width
      }
    }
    canvas.put(
      isCursor ? "›" : isOpen ? "•" : " ", at: Point(x: rect.x, y: y), style: theme.key)
    canvas.put(
      entry.name, at: Point(x: rect.x + 2, y: y), style: style,
      width: right - rect.x - 3)
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
