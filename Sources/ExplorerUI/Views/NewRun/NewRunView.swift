import HighwayNetworks

/// Where the parts of the form lie.
struct NewRunLayout {
  /// What can be clicked on.
  enum Target: Hashable {
    /// A line, and the choice after or before the one that it shows where there are arrows.
    case field(NewRunField, step: Int)
    case train
    case cancel
  }

  /// The column of the values, counted from the lines' start.
  static let valueColumn = 17
  static let buttons = (train: "[ Train ]", cancel: "[ Cancel ]")

  let box: Rect
  /// The lines, as many as have room.
  let list: Rect
  /// What there is to say of the line at hand.
  let note: Rect
  /// How large the network becomes, and on what it trains.
  let summary: Rect
  let train: Rect
  let cancel: Rect
  /// The index of the field in the first row.
  let first: Int
  /// The number of columns of a value that something stands beside.
  let valueWidth: Int

  init(_ size: Size, _ form: NewRunForm) {
    let fields = NewRunField.allCases
    let width = min(size.width - 4, 96)
    let height = min(size.height - 2, fields.count + 7)
    box = Rect(
      x: (size.width - width) / 2, y: max(1, (size.height - 1 - height) / 2), width: width,
      height: height)
    let inner = box.inset(left: 2, top: 1, right: 2, bottom: 1)
    let (aboveButtons, buttons) = inner.splitBottom(1)
    let (aboveSummary, summary) = aboveButtons.splitBottom(1)
    let (list, note) = aboveSummary.splitBottom(size.height >= 20 ? 2 : 1)
    self.list = list
    self.note = note
    self.summary = summary
    train = buttons.splitLeft(Self.buttons.train.count).left
    cancel =
      buttons.inset(left: Self.buttons.train.count + 2)
      .splitLeft(Self.buttons.cancel.count).left
    var place = fields.count
    if case .field(let field) = form.focus { place = fields.firstIndex(of: field) ?? place }
    let last = max(0, fields.count - list.height)
    first = min(max(0, place - list.height / 2), last)
    valueWidth = max(14, min(26, list.width / 3 - 2))
  }

  /// The row of a field; nil where it is scrolled away.
  func row(_ field: NewRunField) -> Rect? {
    guard let index = NewRunField.allCases.firstIndex(of: field), first <= index,
      index < first + list.height
    else { return nil }
    return Rect(x: list.x, y: list.y + index - first, width: list.width, height: 1)
  }

  func target(at point: Point) -> Target? {
    if train.contains(point) { return .train }
    if cancel.contains(point) { return .cancel }
    for field in NewRunField.allCases {
      guard let row = row(field), row.contains(point) else { continue }
      let x = point.x - row.x - Self.valueColumn
      return .field(field, step: x < 0 ? 0 : x < 2 ? -1 : 1)
    }
    return nil
  }
}

/// The form for a new network, over the view or the list of models.
enum NewRunView {
  /// What its keys do, for the help.
  static let keys: [(keys: String, text: String)] = [
    ("↑ ↓", "the line above, or below"),
    ("← →", "another choice, or along the text"),
    ("Tab", "complete the data set's path, else the next line"),
    ("Enter", "make the network and train it"),
    ("Esc", "leave the form"),
    ("F1", "keys and words; ? too where no text is typed"),
  ]

  static func draw(_ state: ExplorerState, _ form: NewRunForm, on canvas: inout Canvas) {
    let theme = Theme(canvas.capabilities)
    let layout = NewRunLayout(canvas.size, form)
    canvas.box(layout.box, title: "New network", style: theme.rule, titleStyle: theme.title)
    for field in NewRunField.allCases {
      if let row = layout.row(field) {
        draw(field, of: form, on: &canvas, in: row, valueWidth: layout.valueWidth, theme)
      }
    }
    if layout.first + layout.list.height < NewRunField.allCases.count {
      canvas.put(
        "↓", at: Point(x: layout.box.maxX - 2, y: layout.list.maxY - 1), style: theme.focus)
    }
    if layout.first > 0 {
      canvas.put("↑", at: Point(x: layout.box.maxX - 2, y: layout.list.y), style: theme.focus)
    }
    drawNote(form, on: &canvas, in: layout.note, theme)
    drawSummary(form, on: &canvas, in: layout.summary, theme)
    for (text, rect, focus) in [
      (NewRunLayout.buttons.train, layout.train, NewRunForm.Focus.train),
      (NewRunLayout.buttons.cancel, layout.cancel, .cancel),
    ] {
      canvas.put(
        text, at: Point(x: rect.x, y: rect.y), style: form.focus == focus ? theme.cursor : theme.key
      )
    }
  }

  private static func draw(
    _ field: NewRunField, of form: NewRunForm, on canvas: inout Canvas, in row: Rect,
    valueWidth: Int, _ theme: Theme
  ) {
    let isFocused = form.focus == .field(field)
    let unused = form.reasonUnused(field)
    canvas.put(isFocused ? "›" : " ", at: Point(x: row.x, y: row.y), style: theme.key)
    canvas.put(
      field.title, at: Point(x: row.x + 2, y: row.y),
      style: unused != nil ? theme.dim : isFocused ? theme.strong : theme.text,
      width: NewRunLayout.valueColumn - 3)
    let place = row.inset(left: NewRunLayout.valueColumn)
    if let unused {
      canvas.put(
        "– \(unused)", at: Point(x: place.x, y: row.y), style: theme.dim, width: place.width)
      return
    }
    let problem = shortProblem(field, form)
    let width = field == .data && problem == nil ? place.width : min(valueWidth, place.width)
    let value = Rect(x: place.x, y: place.y, width: width, height: 1)
    if !isFocused {
      canvas.put(
        form.text(field), at: Point(x: value.x, y: row.y),
        style: problem == nil ? theme.strong : theme.bad, width: value.width)
    } else if field.choices.isEmpty {
      if form.isSelected {
        canvas.put(
          form.text(field), at: Point(x: value.x, y: row.y), style: theme.cursor, width: value.width
        )
      } else {
        form.prompt(field).draw(on: &canvas, in: value)
      }
    } else {
      var x = value.x + canvas.put("‹ ", at: Point(x: value.x, y: row.y), style: theme.key)
      x += canvas.put(
        form.text(field), at: Point(x: x, y: row.y), style: theme.cursor, width: value.width - 4)
      canvas.put(" ›", at: Point(x: x, y: row.y), style: theme.key)
    }
    if let problem {
      canvas.put(
        problem, at: Point(x: value.maxX + 1, y: row.y), style: theme.warning,
        width: row.maxX - value.maxX - 1)
    }
  }

  /// What a field must be, to stand beside what it is.
  private static func shortProblem(_ field: NewRunField, _ form: NewRunForm) -> String? {
    form.error(field).map { "expected \($0.expected)" } ?? form.problem(field)
  }

  /// What is wrong, or what the line at hand means.
  private static func drawNote(
    _ form: NewRunForm, on canvas: inout Canvas, in rect: Rect, _ theme: Theme
  ) {
    var text = ""
    var style = theme.dim
    if let problem = form.problem {
      (text, style) = (problem, theme.bad)
    } else if case .field(let field) = form.focus {
      if let problem = form.problem(field) {
        (text, style) = (problem, theme.warning)
      } else {
        text = form.help(field)
      }
      // What Tab would complete is seen before it is pressed, unless the path is a data set already.
      if field == .data, !form.dataSuggestions.isEmpty {
        if case .found = form.data {
        } else {
          (text, style) = ("Tab: " + form.dataSuggestions.joined(separator: " "), theme.dim)
        }
      }
    } else {
      text = form.focus == .train ? "makes the network and trains it" : "back, without a network"
    }
    let lines = wrapped(text, to: max(1, rect.width))
    for (index, line) in lines.prefix(rect.height).enumerated() {
      let isCut = index == rect.height - 1 && lines.count > rect.height
      canvas.put(
        isCut ? lines[index...].joined(separator: " ") : line,
        at: Point(x: rect.x, y: rect.y + index), style: style, width: rect.width)
    }
  }

  private static func drawSummary(
    _ form: NewRunForm, on canvas: inout Canvas, in rect: Rect, _ theme: Theme
  ) {
    var parts: [String] = []
    if let count = form.parameterCount {
      parts.append("\(counted(count, "parameter")), \(bytes(count * 4)) an epoch")
    }
    switch form.data {
    case .asked: parts.append("looking at the data…")
    case .failed: break
    case .found(let data):
      parts.append(
        "\(data.name), \(NumberFormat.count(data.trainSamples)) images, "
          + "\(data.classes) class\(data.classes == 1 ? "" : "es")")
    }
    canvas.put(
      parts.joined(separator: " · "), at: Point(x: rect.x, y: rect.y), style: theme.good,
      width: rect.width)
  }

  /// An amount of memory, such as `1.1 MiB`.
  private static func bytes(_ count: Int) -> String {
    let units = ["bytes", "KiB", "MiB", "GiB"]
    var (value, unit) = (Double(count), 0)
    while value >= 1_024, unit < units.count - 1 { (value, unit) = (value / 1_024, unit + 1) }
    return NumberFormat.fixed(value, unit == 0 ? 0 : 1) + " " + units[unit]
  }
}
