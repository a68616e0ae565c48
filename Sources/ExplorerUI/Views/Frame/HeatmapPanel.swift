/// Where the parts of a heatmap with title, margins and legend lie.
struct HeatmapPanelLayout: Hashable {
  let rect: Rect
  let geometry: HeatmapGeometry
  /// Whether the legend has a row of its own below, for want of width.
  let hasLegendRow: Bool
  /// The free rows below, which say what rows, columns and colours are.
  let caption: Rect

  init(
    _ rect: Rect, rows: Int, columns: Int, capabilities: Capabilities, hasMargins: Bool = true,
    hasLegend: Bool = true, isPicture: Bool = false
  ) {
    self.rect = rect
    hasLegendRow = hasLegend && rect.width < 46
    let area = rect.inset(
      left: hasMargins ? Heatmap.gutter : 0, top: 1, right: hasMargins ? 1 : 0,
      bottom: (hasMargins ? 1 : 0) + (hasLegendRow ? 1 : 0))
    geometry = HeatmapGeometry(
      rows: rows, columns: columns, in: area,
      halfBlocks: capabilities.unicode && capabilities.colors >= .indexed256,
      maximalScale: isPicture ? (8, 8) : (8, 4), isPicture: isPicture)
    let used = geometry.grid.maxY - rect.y + (hasMargins ? 1 : 0) + (hasLegendRow ? 1 : 0)
    caption =
      hasMargins && !geometry.grid.isEmpty
      ? rect.inset(left: 1, top: used).splitTop(Self.mostCaptionRows).top
      : Rect(x: rect.x, y: rect.maxY, width: 0, height: 0)
  }

  /// The most rows that a caption takes.
  static let mostCaptionRows = 2

  /// The columns that are really used.
  var naturalWidth: Int { geometry.grid.maxX - rect.x + 1 }
  /// The rows that are really used.
  var naturalHeight: Int { geometry.grid.maxY - rect.y + 1 + (hasLegendRow ? 1 : 0) }
  /// How many values share a pixel.
  var reduction: Int { geometry.rowStep * geometry.columnStep }
}

/// A heatmap with its title and legend, or what is to be said in its place.
struct HeatmapPanel {
  var title: String
  var content: Shown<HeatmapMatrix>
  var scale: ColorScale
  var rowNumbers: [Int]
  var cursor: (row: Int, column: Int)?
  var columnNumbers: [Int] = []
  /// What the title also says: always the order of the units, the samples where there is room.
  var orderNote: String?
  var detail: String?
  var isFocused = false
  var hasMargins = true
  var hasLegend = true
  /// What a row and a column stand for.
  var axes = (row: "layer", column: "unit")
  /// The rows of each stage, which brackets mark; none where there is one stage.
  var stages: [Range<Int>] = []
  /// What a colour stands for, to be read after "colour:".
  var meaning: String?

  func draw(on canvas: inout Canvas, at layout: HeatmapPanelLayout) {
    drawTitle(on: &canvas, layout)
    guard let matrix = content.value else {
      drawPlaceholder(on: &canvas, layout)
      return
    }
    Heatmap(
      matrix, scale: scale, rowNumbers: rowNumbers, cursor: cursor, columnNumbers: columnNumbers,
      stages: stages, hasMargins: hasMargins
    ).draw(on: &canvas, at: layout.geometry)
    drawCaption(on: &canvas, layout)
  }

  private func drawCaption(on canvas: inout Canvas, _ layout: HeatmapPanelLayout) {
    let rect = layout.caption
    for (offset, line) in captionLines(layout).lines.enumerated() {
      canvas.put(
        line, at: Point(x: rect.x, y: rect.y + offset), style: Theme(canvas.capabilities).dim,
        width: rect.width)
    }
  }

  /// What rows, columns and colours are, and how many values share a cell, as far as there is room.
  private func captionLines(
    _ layout: HeatmapPanelLayout
  ) -> (lines: [String], saysAverage: Bool) {
    let colour = meaning.map { "colour: \($0)" }
    let average = layout.geometry.averaged(axes.row, axes.column)
    let long = average.map { "each cell averages \($0)" }
    let short = average.map { "\($0) a cell" }
    let both = "\(axes.row) × \(axes.column)"
    let axes = ["row: \(axes.row)", "column: \(axes.column)"]
    let bracket = stages.isEmpty ? nil : "bracket: stage"
    let forms: [[String?]] = [
      axes + [bracket, long, colour], axes + [long, colour], axes + [short, colour],
      axes + [bracket, long], axes + [long], axes + [short], [both, long], [both, short], axes,
      [both],
    ]
    for form in forms {
      let parts = form.compactMap(\.self)
      let lines = Self.packed(parts, to: layout.caption.width)
      if lines.count <= layout.caption.height,
        lines.allSatisfy({ columns(of: $0) <= layout.caption.width })
      {
        return (lines, form.contains { $0 != nil && ($0 == long || $0 == short) })
      }
    }
    return ([], false)
  }

  /// Puts parts side by side into lines of at most `width` columns.
  private static func packed(_ parts: [String], to width: Int) -> [String] {
    var lines: [String] = []
    for part in parts {
      if let last = lines.last, columns(of: last) + 3 + columns(of: part) <= width {
        lines[lines.count - 1] = last + " · " + part
      } else {
        lines.append(part)
      }
    }
    return lines
  }

  private func drawTitle(on canvas: inout Canvas, _ layout: HeatmapPanelLayout) {
    let theme = Theme(canvas.capabilities)
    let rect = layout.rect
    let right =
      hasMargins ? max(layout.geometry.grid.maxX, rect.x + min(rect.width, 38)) : rect.maxX
    var free = right - rect.x
    var text = title
    if let orderNote { text += ", \(orderNote)" }
    let room = free - (layout.hasLegendRow || !hasLegend ? 2 : 27)
    if hasMargins, let averaged = layout.geometry.averaged(axes.row, axes.column),
      !captionLines(layout).saysAverage
    {
      let forms = [
        ", each cell averages \(averaged)", ", \(averaged) a cell", ", \(layout.reduction) a cell",
      ]
      text += forms.first { canvas.columns(shown: text + $0) <= room + 1 } ?? forms[2]
    }
    if case .earlier(_, let note) = content { text += " (\(note))" }
    if let detail, canvas.columns(shown: text + ", " + detail) <= room { text += ", \(detail)" }
    if hasLegend, content.value != nil {
      let legend = ColorLegend(scale)
      if layout.hasLegendRow {
        let y = layout.geometry.grid.maxY + (hasMargins ? 1 : 0)
        legend.draw(on: &canvas, endingAt: right, y: y, width: free - 1)
      } else {
        let titleWidth = canvas.columns(shown: text) + 3
        free -=
          legend.draw(
            on: &canvas, endingAt: right, y: rect.y, width: max(20, min(44, free - titleWidth))) + 1
      }
    }
    let mark = isFocused ? "▸" : " "
    canvas.put(
      hasMargins ? mark + text : text, at: Point(x: rect.x, y: rect.y),
      style: isFocused ? theme.focus : theme.title, width: free)
  }

  /// Keeps the place of the data: margins as they will be, and a word in the middle.
  private func drawPlaceholder(on canvas: inout Canvas, _ layout: HeatmapPanelLayout) {
    let theme = Theme(canvas.capabilities)
    let grid = layout.geometry.grid
    guard !grid.isEmpty else { return }
    let dot: Unicode.Scalar = canvas.capabilities.unicode ? "·" : "."
    for y in grid.y..<grid.maxY {
      for x in stride(from: grid.x, to: grid.maxX, by: 2) where (y - grid.y).isMultiple(of: 2) {
        canvas[x, y] = Glyph(dot, style: theme.rule)
      }
    }
    if hasMargins {
      HeatmapMargins(
        rowNumbers: rowNumbers, cursor: cursor, columnNumbers: columnNumbers, stages: stages
      ).draw(on: &canvas, at: layout.geometry)
    }
    let width = max(grid.width, hasMargins ? min(layout.rect.width - 5, 30) : grid.width)
    let lines = wrapped(content.note ?? "", to: max(4, width - 4))
    let top = grid.y + max(0, (grid.height - lines.count) / 2)
    for (index, line) in lines.enumerated() where top + index < grid.maxY {
      let text = " \(line) "
      let used = min(width, canvas.columns(shown: text))
      canvas.put(
        text, at: Point(x: grid.x + (width - used) / 2, y: top + index), style: theme.text,
        width: width)
    }
  }
}

/// Breaks a text into lines of at most `width` columns: at blanks, and longer words, such as paths, anywhere.
func wrapped(_ text: String, to width: Int) -> [String] {
  var lines: [String] = []
  var line = ""
  for word in text.split(separator: " ") {
    if !line.isEmpty {
      if columns(of: line) + 1 + columns(of: String(word)) <= width {
        line += " " + word
        continue
      }
      lines.append(line)
      line = ""
    }
    for character in word {
      if !line.isEmpty, columns(of: line + String(character)) > width {
        lines.append(line)
        line = ""
      }
      line.append(character)
    }
  }
  if !line.isEmpty { lines.append(line) }
  return lines
}
