import HighwayNetworks
import TensorFiles

/// T of each word by units: rows are words, columns the units of a highway layer over words, or the widths of the
/// convolutions that find their features.
enum WordPictureView {
  /// The columns for the words.
  private static let gutter = 15
  /// The columns for the mean of each row.
  private static let meanWidth = 6

  static func draw(
    _ words: WordGates, _ state: ExplorerState, on canvas: inout Canvas, in rect: Rect
  ) {
    let theme = Theme(canvas.capabilities)
    let picture = state.display.wordPicture
    let order = picture.order.places(of: words.words)
    let columns = columns(of: words, picture)
    let area = rect.inset(left: gutter, top: 1, right: meanWidth + 1, bottom: 3)
    guard area.width >= 8, area.height >= 2 else { return }
    let geometry = HeatmapGeometry(
      rows: order.count, columns: columns.count, in: area,
      halfBlocks: canvas.capabilities.unicode && canvas.capabilities.colors >= .indexed256,
      maximalScale: (4, 24))
    let scale = state.gateScale
    let right = min(rect.maxX, max(geometry.grid.maxX + meanWidth, rect.x + 60))
    let title =
      "▸T of \(NumberFormat.count(words.words.count)) words, layer \(words.layer), \(picture.order.title)"
    let legend = ColorLegend(scale).draw(
      on: &canvas, endingAt: right, y: rect.y, width: max(18, min(44, right - rect.x - 40)))
    canvas.put(
      canvas.capabilities.unicode ? title : title.replacing("▸", with: ">"),
      at: Point(x: rect.x, y: rect.y), style: theme.focus, width: right - legend - rect.x - 1)
    let rows = order.lazy.map { word in
      columns.map { mean(of: words, word, $0.units) }
    }
    Heatmap(
      HeatmapMatrix(rows: rows), scale: scale, rowNumbers: [], hasMargins: false
    ).draw(on: &canvas, at: geometry)
    drawWords(words, order, geometry, on: &canvas, in: rect)
    drawColumns(columns, geometry, picture, on: &canvas)
    let notes = [
      "row: word, the first of those that share it; right: mean T",
      "column: " + (picture.isByWidth ? "all units of filters of one width" : "unit"),
      geometry.averaged("word", "unit").map { "each cell averages \($0)" },
      "colour: T, 0 carries, 1 transforms",
    ].compactMap(\.self)
    let lines = wrapped(notes.joined(separator: " · "), to: max(20, right - rect.x - 2))
    for (offset, line) in lines.prefix(max(0, rect.maxY - geometry.grid.maxY - 1)).enumerated() {
      canvas.put(
        line, at: Point(x: rect.x + 1, y: geometry.grid.maxY + 1 + offset), style: theme.dim,
        width: right - rect.x - 1)
    }
  }

  /// A column of the picture.
  private struct Column {
    /// The units that it is the mean of.
    let units: Range<Int>
    /// The width of the convolutions that find their features; nil where there are none.
    let width: Int?
  }

  private static func columns(of words: WordGates, _ picture: WordPicture) -> [Column] {
    let widths = words.widths
    guard picture.isByWidth, !widths.isEmpty else {
      return (0..<words.units).map {
        Column(units: $0..<$0 + 1, width: widths.isEmpty ? nil : widths[$0])
      }
    }
    return runs(of: widths).map { Column(units: $0, width: widths[$0.lowerBound]) }
  }

  /// The ranges of units with one width.
  static func runs(of widths: [Int]) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    for (unit, width) in widths.enumerated() {
      if let last = runs.last, widths[last.lowerBound] == width {
        runs[runs.count - 1] = last.lowerBound..<unit + 1
      } else {
        runs.append(unit..<unit + 1)
      }
    }
    return runs
  }

  private static func mean(of words: WordGates, _ word: Int, _ units: Range<Int>) -> Float {
    let start = word * words.units
    return words.gates[start + units.lowerBound..<start + units.upperBound].reduce(0, +)
      / Float(units.count)
  }

  /// The words left of the rows, and the mean of T over them at the right.
  private static func drawWords(
    _ words: WordGates, _ order: [Int], _ geometry: HeatmapGeometry, on canvas: inout Canvas,
    in rect: Rect
  ) {
    let theme = Theme(canvas.capabilities)
    let means = words.means
    var last = -1
    for row in 0..<geometry.grid.height {
      let range = geometry.matrixRows(screenRow: row)
      guard let first = range.first, first != last else { continue }
      last = first
      let y = geometry.grid.y + row
      canvas.put(
        words.words[order[first]].excerpt, endingAt: geometry.grid.x - 1, y: y, style: theme.text,
        width: gutter - 2)
      let mean = range.reduce(Float(0)) { $0 + means[order[$1]] } / Float(range.count)
      canvas.put(
        NumberFormat.fixed(mean, 2), at: Point(x: geometry.grid.maxX + 1, y: y), style: theme.dim,
        width: meanWidth - 1)
    }
  }

  /// Below the grid: the widths of the convolutions where their features begin, else the units.
  private static func drawColumns(
    _ columns: [Column], _ geometry: HeatmapGeometry, _ picture: WordPicture,
    on canvas: inout Canvas
  ) {
    let theme = Theme(canvas.capabilities)
    canvas.put(
      columns.first?.width == nil ? "unit" : "filter width", endingAt: geometry.grid.x - 1,
      y: geometry.grid.maxY, style: theme.dim, width: gutter - 2)
    var free = geometry.grid.x
    var before: Int?
    for (column, own) in columns.enumerated() {
      let isNew = own.width == nil ? column.isMultiple(of: 20) : own.width != before
      before = own.width
      guard isNew else { continue }
      let text = "\(own.width ?? column)"
      let x = geometry.x(column: column)
      guard x >= free, x + text.count <= geometry.grid.maxX + meanWidth else { continue }
      canvas.put(text, at: Point(x: x, y: geometry.grid.maxY), style: theme.dim, width: text.count)
      free = x + text.count + 1
    }
  }

  /// A row for each word in the picture's order.
  static func table(_ words: WordGates, _ picture: WordPicture) -> NumberTable {
    let means = words.means
    let columns = columns(of: words, picture)
    let names = columns.map { column in
      picture.isByWidth && column.width != nil
        ? "width\(column.width ?? 0)" : "unit\(column.units.lowerBound)"
    }
    return NumberTable(
      columns: ["word", "rank", "length", "meanT"] + names,
      rows: picture.order.places(of: words.words).map { word -> [JSON] in
        let values = columns.map { NumberTable.real(mean(of: words, word, $0.units)) }
        return [
          .string(words.words[word]), .integer(word + 1), .integer(words.words[word].count),
          NumberTable.real(means[word]),
        ] + values
      })
  }

  /// Which words the layer transforms most and least.
  static func sentence(_ words: WordGates) -> [String] {
    let means = words.means
    let order = words.words.indices.sorted { means[$0] > means[$1] }
    func list(_ some: some Sequence<Int>) -> String {
      some.map { words.words[$0].excerpt }.joined(separator: ", ")
    }
    return [
      "layer \(words.layer)",
      "mean T is highest for \(list(order.prefix(3))) and lowest for \(list(order.suffix(3).reversed()))",
    ]
  }
}

/// The keys of the picture of words.
extension ClassesView {
  static let ownCommands = [showWords, orderWords, groupColumns]

  static let showWords = Command(
    own: "show-words", [.character("i")], "words", "T of words by units, or the classes again",
    .choose, problem: wordProblem
  ) { state in
    state.display.wordPicture.isShown.toggle()
    return []
  }

  private static let orderWords = Command(
    own: "order-words", [.character("O")], "word order",
    "words by frequency, length or alphabet", .choose, problem: pictureProblem
  ) { state in
    state.display.wordPicture.order = state.display.wordPicture.order.next
    state.message = Message(.notice, "words: \(state.display.wordPicture.order.title)")
    return []
  }

  private static let groupColumns = Command(
    own: "group-columns", [.character("I")], "columns",
    "words by single units, or by the widths of filters", .choose, problem: pictureProblem
  ) { state in
    guard state.shownWords?.widths.isEmpty == false else {
      state.message = Message(
        .notice, "the layer's features are not found by filters of several widths")
      return []
    }
    state.display.wordPicture.isByWidth.toggle()
    return []
  }

  private static func wordProblem(_ state: ExplorerState) -> String? {
    state.statistics.value?.words == nil
      ? "only networks with a highway layer over words have a picture of words" : nil
  }

  private static func pictureProblem(_ state: ExplorerState) -> String? {
    wordProblem(state)
      ?? (state.display.wordPicture.isShown ? nil : "i shows the picture of words first")
  }
}
