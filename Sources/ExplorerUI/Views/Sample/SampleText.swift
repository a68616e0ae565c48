import HighwayNetworks
import TensorFiles

/// A segment of a text in lines, the token at the cursor marked.
enum SampleText {
  static func draw(_ steps: [SampleStep], at cursor: Int, on canvas: inout Canvas, in rect: Rect) {
    let theme = Theme(canvas.capabilities)
    let area = rect.inset(left: 1, top: 1)
    guard !area.isEmpty else { return }
    // Characters stand together; words have spaces between them.
    let gap = steps.allSatisfy { $0.token.unicodeScalars.count == 1 } ? 0 : 1
    var places: [(line: Int, x: Int, text: String)] = []
    var (line, x) = (0, 0)
    for step in steps {
      let text = step.token.excerpt
      let width = canvas.columns(shown: text)
      if x > 0, x + width > area.width { (line, x) = (line + 1, 0) }
      places.append((line, x, text))
      x += width + gap
    }
    // Where not all lines have room, those around the cursor have.
    let row = places.indices.contains(cursor) ? places[cursor].line : 0
    let first = max(0, min(row - area.height / 2, (places.last?.line ?? 0) + 1 - area.height))
    for (index, place) in places.enumerated() {
      let y = area.y + place.line - first
      guard place.line >= first, y < area.maxY else { continue }
      canvas.put(
        place.text, at: Point(x: area.x + place.x, y: y),
        style: index == cursor ? theme.cursor : theme.text,
        width: max(1, area.maxX - area.x - place.x))
    }
  }
}

extension ExplorerState {
  /// The step of a text that is looked at: that of the cursor, or the last.
  func textStep(of record: SampleRecord) -> Int {
    let last = max(0, record.steps.count - 1)
    return min(max(0, selection.position?.column ?? last), last)
  }
}
