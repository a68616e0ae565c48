import HighwayNetworks

/// The band at the head: the program, the model, its data, and what is chosen.
enum HeaderView {
  static func draw(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    let theme = Theme(canvas.capabilities)
    canvas.fill(rect, style: theme.band)
    var x =
      rect.x
      + canvas.put(
        " tollgate  ", at: Point(x: rect.x, y: rect.y), style: theme.bandTitle, width: rect.width)
    guard let model = state.model else { return }
    // What is chosen matters most; the model's name and its data get what is left.
    var right = rect.maxX - 1
    var choice = ""
    for forms in chosen(state) {
      let longer = forms.map { choice.isEmpty ? $0 : choice + " · " + $0 }
      func fits(_ text: String, beside name: Int) -> Bool {
        right - canvas.columns(shown: text) >= x + name
      }
      let name = canvas.columns(shown: model.name) + 2
      choice =
        longer.first { fits($0, beside: max(12, name)) }
        ?? longer.last { fits($0, beside: 12) } ?? choice
    }
    right -= canvas.put(choice, endingAt: right, y: rect.y, style: theme.band)
    let nameWidth = max(0, right - x - 2)
    x += canvas.put(
      model.name, at: Point(x: x, y: rect.y), style: theme.bandStrong, width: nameWidth)
    // Each in the longest form that has room.
    for forms in [data(state), [state.shapeWords ?? ""]] {
      let part = forms.first { !$0.isEmpty && x + canvas.columns(shown: $0) + 5 <= right }
      guard let part else { continue }
      x += canvas.put(" · " + part, at: Point(x: x, y: rect.y), style: theme.band)
    }
  }

  /// What is chosen, the most telling first; each in its forms, the longest first.
  private static func chosen(_ state: ExplorerState) -> [[String]] {
    var parts = [[state.momentWords].compactMap(\.self)]
    if let held = state.clampWords { parts.append([held, "\(state.clamps.entries.count) held"]) }
    if state.hasSeveralGates { parts.append(["gate \(state.gateLetter)", state.gateLetter]) }
    if state.has(\.groups) { parts.append([state.classWords(state.selection.label)]) }
    if state.sampleCount > 0 { parts.append([state.sampleWords, state.shortSampleWords]) }
    return parts
  }

  /// The data set and the split, the longest form first.
  private static func data(_ state: ExplorerState) -> [String] {
    guard let name = state.model?.dataName else { return [] }
    if !state.has(\.samples) { return ["\(name), not here"] }
    let split = state.splitName
    guard state.sampleCount > 0 else { return ["\(name), no \(split) samples"] }
    let count = NumberFormat.count(state.sampleCount)
    return ["\(name) \(split), \(count) samples", "\(name) \(split)"]
  }
}

/// The row of tabs, with what training does at its right end.
enum TabsView {
  /// The columns that are left for what training does, where the titles need not be cut for them.
  private static let statusRoom = 24

  /// The tabs, their titles and the columns that they take; where there is no room, first the blanks between
  /// them go, then what training does, then long titles are cut.
  static func tabs(in rect: Rect) -> [(view: View, title: String, rect: Rect)] {
    func width(_ letters: Int, _ margin: Int) -> Int {
      View.allCases.reduce(0) { $0 + min($1.title.count, letters) + margin }
    }
    let longest = View.allCases.map(\.title.count).max() ?? 0
    let margin = width(longest, 4) + statusRoom <= rect.width ? 4 : 3
    let letters = (0...rect.width).last { width($0, margin) <= rect.width } ?? 0
    var x = rect.x
    return View.allCases.map { view in
      let title = String(view.title.prefix(letters))
      defer { x += title.count + margin }
      return (view, title, Rect(x: x, y: rect.y, width: title.count + margin, height: 1))
    }
  }

  static func draw(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    let theme = Theme(canvas.capabilities)
    var end = rect.x
    for (view, title, place) in tabs(in: rect) {
      let isActive = view == state.display.view
      let point = Point(x: place.x, y: place.y)
      if isActive {
        let text = " \(view.number) \(title) "
        canvas.put(text, at: point, style: theme.activeTab, width: max(place.width, text.count))
      } else {
        canvas.put(" \(view.number)", at: point, style: theme.key)
        canvas.put(title, at: Point(x: place.x + 3, y: place.y), style: theme.dim)
      }
      end = place.maxX
    }
    let (text, style) = status(state, theme)
    let room = rect.maxX - end - 3
    // Its sign says enough where words would be cut to nothing.
    canvas.put(
      room < 8 ? String(text.prefix(1)) : text, endingAt: rect.maxX - 1, y: rect.y, style: style,
      width: room)
  }

  private static func status(_ state: ExplorerState, _ theme: Theme) -> (String, Style) {
    let unsaved = state.timeline.unsavedCount
    let lost = unsaved > 0 ? "○ \(counted(unsaved, "epoch")) not saved" : ""
    switch state.training.phase {
    case .idle:
      guard lost.isEmpty, let remote = state.remote else { return (lost, theme.warning) }
      if case .connected = remote { return (remote.words, theme.dim) }
      return (remote.words, theme.warning)
    case .pausing: return ("pausing…", theme.warning)
    case .running:
      guard let progress = state.training.progress else { return ("▶ training", theme.good) }
      let percent = NumberFormat.percent(progress.fraction, 0)
      return ("▶ training epoch \(progress.epoch), \(percent)", theme.good)
    }
  }
}
