import HighwayNetworks
import TensorFiles

/// The probability that the network gives each class, as bars; of many classes, the likeliest and the true
/// one.
struct ProbabilityBars {
  /// So many classes are always listed by their numbers.
  static let most = 12

  let probabilities: [Float]
  let label: Int?
  let prediction: Int?
  /// The class that is chosen.
  let selected: Int
  /// What is listed where it is no class: the words that are expected.
  private var words: [String] = []
  private var title = "probability"

  init(_ record: SampleRecord, selected: Int) {
    probabilities = record.trace.probabilities
    label = record.label
    prediction = record.prediction
    self.selected = selected
  }

  /// What the network says of a step of a tagged sequence.
  init(_ tags: SampleTags, step: Int, selected: Int) {
    probabilities = tags.probabilities(at: step)
    label = tags.labels.isEmpty ? nil : tags.labels[step]
    prediction = tags.predictions[step]
    self.selected = selected
    title = "step \(step)"
  }

  /// What the network expects behind a token, and what follows there.
  init(_ step: SampleStep) {
    var listed = step.expected
    var label = listed.firstIndex { $0.word == step.next }
    if label == nil, let next = step.next, let probability = step.ofNext, !listed.isEmpty {
      label = listed.count - 1
      listed[listed.count - 1] = .init(word: next, probability: probability)
    }
    probabilities = listed.map(\.probability)
    self.label = label
    prediction = listed.isEmpty ? nil : 0
    selected = -1
    words = listed.map(\.word)
    title = "next token"
  }

  /// The rows that the bars of so many classes would like to have, with their title.
  static func rows(classes: Int) -> Int { 1 + min(classes, most) }

  /// The classes that are listed in a number of rows, and how many are left out.
  func listed(rows: Int) -> (labels: [Int], others: Int) {
    let all = Array(probabilities.indices)
    guard all.count > rows else { return (all, 0) }
    let likeliest = all.sorted {
      probabilities[$0] == probabilities[$1] ? $0 < $1 : probabilities[$0] > probabilities[$1]
    }
    // The last row says what is left out.
    var labels = Array(likeliest.prefix(max(1, rows - 1)))
    if let label, probabilities.indices.contains(label), !labels.contains(label) {
      labels[labels.count - 1] = label
    }
    return (labels, all.count - labels.count)
  }

  /// Whether there is a row for the title; where all classes but not the title have room, it goes.
  func hasTitle(_ rows: Int) -> Bool { rows != probabilities.count }

  /// The class whose bar lies in a row.
  func label(row: Int, of rows: Int) -> Int? {
    let first = hasTitle(rows) ? 1 : 0
    let labels = listed(rows: rows - first).labels
    return labels.indices.contains(row - first) ? labels[row - first] : nil
  }

  func draw(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect) {
    let theme = Theme(canvas.capabilities)
    guard rect.height > 1, rect.width >= 12 else { return }
    let first = hasTitle(rect.height) ? 1 : 0
    if first > 0 { Self.drawTitle(title, on: &canvas, in: rect) }
    let (labels, others) = listed(rows: rect.height - first)
    let names = labels.map { words.isEmpty ? state.className($0) : words[$0].excerpt }
    let nameWidth = min(rect.width * 2 / 5, names.map { canvas.columns(shown: $0) }.max() ?? 1)
    let bars = rect.inset(left: nameWidth + 4, right: 6)
    for (offset, label) in labels.enumerated() {
      let y = rect.y + first + offset
      let isTrue = label == self.label
      let isPredicted = label == prediction
      canvas.put(
        isPredicted ? "▸" : " ", at: Point(x: rect.x, y: y), style: isTrue ? theme.good : theme.bad)
      canvas.put(isTrue ? "●" : " ", at: Point(x: rect.x + 1, y: y), style: theme.good)
      let emphasis =
        label == selected && state.display.showsCursor
        ? theme.cursor : isTrue ? theme.good : isPredicted ? theme.bad : theme.dim
      canvas.put(
        names[offset], at: Point(x: rect.x + 3, y: y), style: emphasis, width: nameWidth)
      let value = probabilities[label]
      let hue = isTrue ? theme.series(2) : isPredicted ? theme.series(5) : theme.series(1)
      let glyph: Unicode.Scalar = canvas.capabilities.unicode ? "█" : "#"
      StackedBar(
        [StackedBar.Part(Double(value), ink: hue.foreground, glyph: glyph)], total: 1
      ).draw(on: &canvas, in: Rect(x: bars.x, y: y, width: bars.width, height: 1))
      canvas.put(
        NumberFormat.fixed(value, 3), endingAt: rect.maxX, y: y,
        style: isTrue || isPredicted ? theme.strong : theme.dim, width: 6)
    }
    guard others > 0 else { return }
    // Of words only the likeliest are here; all the others have the rest.
    let rest =
      words.isEmpty
      ? probabilities.indices.filter { !labels.contains($0) }.reduce(0.0) {
        $0 + Double(probabilities[$1])
      } : max(0, labels.reduce(1.0) { $0 - Double(probabilities[$1]) })
    let y = rect.y + first + labels.count
    guard y < rect.maxY else { return }
    canvas.put(
      words.isEmpty ? "\(NumberFormat.count(others)) others" : "all others",
      at: Point(x: rect.x + 3, y: y), style: theme.dim,
      width: max(1, rect.width - 9))
    canvas.put(NumberFormat.fixed(rest, 3), endingAt: rect.maxX, y: y, style: theme.dim, width: 6)
  }

  /// The title with the meaning of the marks.
  static func drawTitle(
    _ title: String = "probability", on canvas: inout Canvas, in rect: Rect
  ) {
    let theme = Theme(canvas.capabilities)
    let legend = "● true ▸ predicted"
    let isWide = rect.width >= title.count + 2 + legend.count
    var x = rect.x
    if isWide || rect.width < legend.count {
      x += canvas.put(title, at: Point(x: x, y: rect.y), style: theme.title, width: rect.width) + 2
    }
    guard x + legend.count <= rect.maxX + 1 else { return }
    canvas.put(legend, at: Point(x: x, y: rect.y), style: theme.dim, width: rect.maxX - x)
  }
}
